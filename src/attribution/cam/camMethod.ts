import type * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { findLayer, type FoundLayer, lastConvolution } from '../../model/layers';
import { gradient } from '../../model/run';
import { type Found, type Method, method, type Subject, type TargetOptions } from '../method';
import { ownSeeds, type Seed } from '../seeds';
import { mustLead } from '../site';
import { finished, type Finish, finishNames, type FinishOptions } from './finish';

/** Options of the class activation maps. */
export interface CamOptions extends TargetOptions, FinishOptions {
  /** The layer to look at, by name or by its place in `model.layers()` (-1 is the last), or a list of layers for a map of each. Default: the last convolution, after its activation. */
  layer?: string | number | readonly (string | number)[];
}

export const camOptions = ['layer', ...finishNames] as const;

/** A layer's output A for each image, and the gradient of each target's score with respect to it: `[n, height, width, channels]`. */
export interface Evidence {
  activations: tf.Tensor4D;
  gradients: tf.Tensor4D;
}

/** What a class activation map's own file says of it. */
export interface CamSpec {
  name: string;
  method: string;
  /** What a value of the map is, for the colour bar. */
  unit: string;
  /** The map before ReLU and resize, `[n, height, width, 1]`. */
  sum(evidence: Evidence): tf.Tensor;
}

/** A class activation map of one pass forward, and one back from the score to the layer. */
export const camMethod = (spec: CamSpec): Method<CamOptions> =>
  method<CamOptions>({
    name: spec.name,
    method: spec.method,
    options: camOptions,
    find(subject, options) {
      const layers = camLayers(subject, options.layer, spec.method);
      return scoped(() => {
        const sums = evidenceAt(subject, subject.x, layers, ownSeeds(subject.aims)).map((evidence) => spec.sum(evidence));
        return camMaps(sums, layers, subject.model, spec.unit, options);
      });
    },
  });

/** What the layers put out and the gradients there, from one pass. */
export function evidenceAt({ model, of }: Pick<Subject, 'model' | 'of'>, x: tf.Tensor4D, layers: readonly FoundLayer[], seed: Seed): Evidence[] {
  const values = layers.map(({ value }) => value);
  const { grads, also } = gradient(model.graph, x, { of, wrt: values, seed, also: values });
  return layers.map((_, i) => ({ activations: also[i] as tf.Tensor4D, gradients: grads[i] as tf.Tensor4D }));
}

/** The finished maps of every aim, the layers of one aim together, from a sum for each layer. */
export function camMaps(sums: readonly tf.Tensor[], layers: readonly FoundLayer[], model: Classifier, unit: string, options: FinishOptions): Found[] {
  const [height, width] = model.inputShape;
  const perLayer = sums.map((sum, i) => finished(sum as tf.Tensor4D, [height, width], options).map((map) => foundOf(map, layers[i].name, unit)));
  return perLayer[0].flatMap((_, aim) => perLayer.map((maps) => maps[aim]));
}

const foundOf = ({ values, shape, relu, told, signed }: Finish, layer: string, unit: string): Found => ({
  values,
  shape,
  signed,
  unit,
  layer,
  options: told,
  note: values.some((value) => value !== 0) ? undefined : emptyNote(relu),
});

const emptyNote = (relu: boolean): string =>
  relu ? 'no positive evidence for this target at this layer (relu: false shows the negative)' : 'the map is 0 everywhere: the score does not depend on this layer';

/** The layers that were named, or the last convolution. */
export function camLayers({ model: { graph }, of }: Pick<Subject, 'model' | 'of'>, layer: CamOptions['layer'], what: string): FoundLayer[] {
  if (layer === undefined) return [lastConvolution(graph, of)];
  const names = (Array.isArray(layer) ? layer : [layer]) as (string | number)[];
  if (!names.length) throw new RangeError('layer is an empty list; give at least one');
  return names.map((name) => {
    const found = findLayer(graph, name);
    if (found.shape.length !== 4) {
      throw new RangeError(`layer ${JSON.stringify(found.name)} (${found.kind}) puts out [${found.shape.slice(1).join(', ')}], ${what} needs [height, width, channels]; the last convolution is ${JSON.stringify(lastConvolution(graph).name)}`);
    }
    mustLead(graph, found, of);
    return found;
  });
}
