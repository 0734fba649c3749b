import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { preprocessed } from '../../model/preprocess';
import { forward } from '../../model/run';
import type { Size } from './parametrization';

/** A size of picture that the network takes up to a value, and the shape of that value for one picture. */
export interface Site {
  size: Size;
  shape: number[];
}

/** The side that is taken unless told, for a layer that looks at any size. */
const usual = 128;

/** The size that is asked for, where the layers up to the value take it; else the network's own. `small`: whether less than the input will do. */
export function siteOf(model: Classifier, of: number, wanted: number | undefined, small: boolean): Site {
  const [height, width] = model.inputShape;
  const at = (size: Size): Site => ({ size, shape: shapeAt(model, of, size) });
  if (wanted !== undefined && (wanted !== height || wanted !== width)) {
    const { site, why } = attempt(() => at([wanted, wanted]));
    if (site) return site;
    const maker = model.graph.steps.find(({ outputs }) => outputs.includes(of));
    throw new RangeError(`size ${wanted} does not go through the layers up to ${JSON.stringify(maker?.layer ?? 'the input')}, which take ${height} x ${width} (${why})`);
  }
  if (small && wanted === undefined && Math.min(height, width) > usual) {
    const { site } = attempt(() => at([usual, usual]));
    if (site) return site;
  }
  return at([height, width]);
}

/** The value for a grey picture: it throws where a layer cannot take the size. */
function shapeAt({ graph, preprocess, inputShape }: Classifier, of: number, [height, width]: Size): number[] {
  return scoped(() => {
    const [value] = forward(graph, preprocessed(tf.fill([1, height, width, 3], 127.5), preprocess, inputShape[2]), [of]);
    if (!value.size) throw new RangeError('nothing is left of it');
    return value.shape;
  });
}

function attempt(make: () => Site): { site?: Site; why?: string } {
  try {
    return { site: make() };
  } catch (error) {
    return { why: error instanceof Error ? error.message.split('\n')[0] : String(error) };
  }
}
