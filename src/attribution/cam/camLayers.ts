import type { Classifier } from '../../model/classifier';
import { findLayer, type FoundLayer, lastConvolution } from '../../model/layers';
import { mustLead } from '../site';
import type { CamOptions } from './camMethod';

/** The layers that were named, or the last convolution before what is explained. */
export function camLayers({ model: { graph }, of }: { model: Classifier; of: number }, layer: CamOptions['layer'], what: string): FoundLayer[] {
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
