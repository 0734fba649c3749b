import type { LayerOutput } from '../../src/features/layerOutputs';
import { normalize, valueRange } from '../../src/figure/normalize';
import { shrink } from '../../src/image/shrink';
import type { OutputData } from './data';

/** How many maps of a layer are kept, and how many cells the longer side of one may have. */
export interface MapSize {
  maps: number;
  side: number;
}

/** What a drawing shows of a layer's output: its figures, and small maps of the channels that vary most, or of the given ones. */
export function outputData({ values, shape, channels }: Pick<LayerOutput, 'values' | 'shape' | 'channels'>, { maps: count, side }: MapSize, chosen?: readonly number[]): OutputData {
  const [height, width] = shape.length === 3 ? shape : [0, 0];
  const positions = width ? (chosen?.map((channel) => channels.indexOf(channel)) ?? liveliest(values, channels.length)).slice(0, count) : [];
  const scale = Math.min(1, side / Math.max(height, width));
  const [rows, columns] = [height, width].map((length) => Math.max(1, Math.round(length * scale)));
  const maps = positions.map((at) => shrink(channelOf(values, channels.length, at), width, height, columns, rows));
  const all = Float32Array.from(maps.flatMap((map) => [...map]));
  const sign = all.some((value) => value < 0) ? 'signed' : 'positive';
  const range = valueRange(all, sign, 100);
  return {
    ...figuresOf(values),
    channels: positions.map((at) => channels[at]),
    ...(width ? { width: columns, height: rows } : { width: 0, height: 0 }),
    codes: Uint8Array.from(normalize(all, range, sign), (place) => Math.round(place * 255)),
    range,
  };
}

const channelOf = (values: Float32Array, depth: number, at: number): Float32Array => Float32Array.from({ length: values.length / depth }, (_, cell) => values[cell * depth + at]);

/** The channels by their variance, the greatest first: what is bright everywhere shows nothing. */
function liveliest(values: Float32Array, depth: number): number[] {
  const [sums, squares] = [new Float64Array(depth), new Float64Array(depth)];
  values.forEach((value, at) => {
    sums[at % depth] += value;
    squares[at % depth] += value * value;
  });
  const cells = values.length / depth;
  const variance = squares.map((square, at) => square / cells - (sums[at] / cells) ** 2);
  return [...variance.keys()].sort((a, b) => variance[b] - variance[a]);
}

function figuresOf(values: Float32Array): Pick<OutputData, 'mean' | 'least' | 'most' | 'zeros'> {
  let [sum, least, most, zeros] = [0, Infinity, -Infinity, 0];
  for (const value of values) {
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
    if (value === 0) zeros += 1;
  }
  return { mean: sum / values.length, least, most, zeros: zeros / values.length };
}
