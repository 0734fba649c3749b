import type { GradCamParts } from '../../src/attribution/cam/gradCam';
import type { Seen } from '../../src/figure/shown';
import { shrink } from '../../src/image/shrink';
import { rectified, stopsOf, trailOf } from './trail';

/** Everything that the steps are drawn from: no tensors, and small enough to travel in a notebook. */
export interface StepsData {
  /** What the network saw. */
  image: Seen;
  model: string;
  layer: string;
  target: GradCamParts['target'];
  score: GradCamParts['score'];
  explained: GradCamParts['explained'];
  /** `[height, width, channels]` of the layer. */
  shape: [number, number, number];
  /** The grid that is drawn: the layer's own, or a coarser one of means where that would be too fine to send. */
  grid: [number, number];
  /** One for each channel, by number. */
  weights: number[];
  /** What each channel, by number, makes of the final map. */
  shares: number[];
  /** The channels by the size of what they add, the largest first. */
  order: number[];
  /** How many of them are 0 in every cell. */
  silent: number;
  /** How many channels are added at each stop, and what is known of each. */
  stops: number[];
  shareAt: number[];
  correlationAt: (number | null)[];
  /** The running sum at each stop, one grid after the other. */
  sums: Float32Array;
  /** The same after the ReLU, where the grid is coarser than the layer's: of means it would be another map. Else empty. */
  maps: Float32Array;
  /** So many of the first channels of the order have their values here, one grid after the other. */
  detailed: number;
  activations: Float32Array;
  /** Empty where a channel's gradient is the same in every cell, and so its weight. */
  gradients: Float32Array;
  /** Whether that is so. */
  even: boolean;
  /** The stop at which the picture begins. */
  first: number;
  /** What the reader must know. */
  notes: string[];
}

// Values of channels that are sent, of each kind, and the finest grid that is: an output stays near half a megabyte.
const budget = { even: 65_536, apart: 32_768 };
const finest = 28;
const fewest = 24;

/** The data of a figure that begins with `added` channels. */
export function stepsData(parts: GradCamParts, added: number): StepsData {
  const { shape, weights, image, layer, model, target, score, explained } = parts;
  const [height, width, depth] = shape;
  const stops = stopsOf(depth, [added]);
  const trail = trailOf(parts, stops);
  const grid = gridOf(height, width);
  const coarse = grid[0] < height || grid[1] < width;
  const drawn = (values: Float32Array): Float32Array => (coarse ? shrink(values, width, height, grid[1], grid[0]) : values);
  const even = isEven(parts);
  const detailed = Math.min(depth, Math.max(fewest, Math.floor(budget[even ? 'even' : 'apart'] / (grid[0] * grid[1]))));
  const channelsOf = (values: Float32Array): Float32Array => joined(trail.order.slice(0, detailed).map((channel) => drawn(gridOfChannel(values, channel, depth))));
  return {
    image: { width: image.width, height: image.height, data: image.data, name: image.name },
    model,
    layer,
    target,
    score,
    explained,
    shape,
    grid,
    weights: Array.from(weights, short),
    shares: trail.shares.map(short),
    order: trail.order,
    silent: trail.silent,
    stops,
    shareAt: trail.shareAt.map(short),
    correlationAt: trail.correlationAt.map((r) => r && short(r)),
    sums: joined(trail.sums.map(drawn)),
    maps: coarse ? joined(trail.sums.map((sum) => drawn(rectified(sum)))) : new Float32Array(0),
    detailed,
    activations: channelsOf(parts.activations),
    gradients: even ? new Float32Array(0) : channelsOf(parts.gradients),
    even,
    first: stops.indexOf(added),
    notes: notesOf(parts, grid, coarse),
  };
}

/** The same with the values of fewer channels. */
export function withLess(data: StepsData, detail: number): StepsData {
  const detailed = Math.min(data.detailed, Math.max(fewest, Math.floor(data.detailed * detail)));
  const end = detailed * data.grid[0] * data.grid[1];
  return { ...data, detailed, activations: data.activations.subarray(0, end), gradients: data.gradients.subarray(0, end) };
}

/** The finest grid of whole means that may be sent. */
function gridOf(height: number, width: number): [number, number] {
  const factor = Math.ceil(Math.max(height, width) / finest);
  return [Math.ceil(height / factor), Math.ceil(width / factor)];
}

/** Whether the gradient is the same in every cell of each channel, as before global average pooling. */
function isEven({ gradients, weights, shape: [height, width, depth] }: GradCamParts): boolean {
  if (height * width === 1) return true;
  return gradients.every((gradient, at) => Math.abs(gradient - weights[at % depth]) <= 1e-5 * Math.abs(weights[at % depth]));
}

function notesOf({ note, sum, shape: [height, width] }: GradCamParts, grid: readonly [number, number], coarse: boolean): string[] {
  const notes = note ? [note] : [];
  if (coarse) notes.push(`the layer's ${height} × ${width} cells are drawn as ${grid.join(' × ')} means; all numbers are of the layer's own`);
  if (sum.every((value) => value <= 0)) notes.push('no positive evidence for this target at this layer: the ReLU leaves nothing');
  return notes;
}

const gridOfChannel = (values: Float32Array, channel: number, depth: number): Float32Array => Float32Array.from({ length: values.length / depth }, (_, cell) => values[cell * depth + channel]);

function joined(grids: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(grids.reduce((sum, { length }) => sum + length, 0));
  grids.reduce((at, grid) => (all.set(grid, at), at + grid.length), 0);
  return all;
}

/** As many digits as are ever read; a number that is sent is text. */
const short = (value: number): number => Number(value.toPrecision(5));
