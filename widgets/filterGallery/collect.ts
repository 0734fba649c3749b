import { clusterOrder } from '../../src/features/clusterOrder';
import type { Filters, FiltersRecord } from '../../src/features/filters/result';
import { kernelDistances } from '../../src/features/filters/similarity';
import type { GalleryData } from './data';

/** What of the filters is drawn, as plain data. */
export function galleryData(given: Filters): GalleryData {
  const { model, layer, kind, colours, multiplier, normalisation, note, depth, weights, shape, channels, norms, bias, order, max, maxInputs } = given;
  const [rows, columns, inputCount, chosen] = shape;
  const taps = rows * columns;
  const shown = Math.min(chosen, max);
  const inputs = strongestInputs(weights, shape, shown, maxInputs);
  const kept = new Float32Array(shown * inputs.length * taps);
  let to = 0;
  for (let filter = 0; filter < shown; filter++) for (const input of inputs) for (let tap = 0; tap < taps; tap++) kept[to++] = weights[(tap * inputCount + input) * chosen + filter];
  return {
    ...{ model, layer, kind, colours, multiplier, normalisation, note, depth, order },
    size: [rows, columns],
    chosen,
    inputCount,
    filters: Array.from({ length: shown }, (_, at) => ({ number: channels[at], l1: norms.l1[at], l2: norms.l2[at], ...(bias && { bias: bias[at] }) })),
    inputs,
    weights: kept,
    similar: clusterOrder(distancesOf(kept, shown), shown),
  };
}

/** The input channels whose weights, over the drawn filters, are greatest; by number. */
function strongestInputs(weights: Float32Array, [, , inputs, filters]: FiltersRecord['shape'], shown: number, count: number): number[] {
  const sums = new Float64Array(inputs);
  weights.forEach((value, at) => {
    if (at % filters < shown) sums[Math.floor(at / filters) % inputs] += value * value;
  });
  const places = [...sums.keys()];
  return places.sort((a, b) => sums[b] - sums[a] || a - b).slice(0, count).sort((a, b) => a - b);
}

/** How unlike the drawn filters are. */
function distancesOf(kept: Float32Array, filters: number): Float32Array {
  const each = kept.length / filters;
  const values = Float32Array.from(kept, (_, at) => kept[(at % filters) * each + Math.floor(at / filters)]);
  return kernelDistances({ shape: [1, 1, each, filters], values });
}
