import * as tf from '@tensorflow/tfjs';
import { normalDraws } from '../model/random';
import type { LayerOutput } from './layerOutputs';

// Texture is what the Gram matrix of a layer holds: which channels go together, summed over all positions, whatever their
// order (Gatys, Ecker & Bethge 2016). Layout is what position-by-position comparison sees and the Gram matrix does not.
// Each channel's mean over the positions is taken off first: what is the same everywhere is neither, and behind a ReLU
// it is so large that all likenesses would be near 1.

/** Likeness is told from how many positions; with fewer in a quarter a Gram matrix is mere chance. */
const fewest = 4;

/**
 * How alike the four quarters of the picture are to this layer as textures, 0 to 1: the mean cosine between the quarters'
 * Gram matrices, divided by what it is when the positions are shuffled first (which a Gram matrix of the whole does not notice).
 * 1: where things are makes no difference to it, one Gram matrix says it all. Null for a grid with a side below 4, or without variation.
 */
export function textureEvenness(output: LayerOutput): number | null {
  const [height, width, depth] = output.shape;
  if (depth === undefined || Math.min(height, width) < fewest) return null;
  const quarters = quartersOf(height, width);
  const { likeness, shuffled } = tf.tidy(() => {
    const cells = centred(output);
    return { likeness: meanLikeness(cells, quarters), shuffled: meanLikeness(cells, shuffle(quarters)) };
  });
  return known(Math.min(1, likeness / shuffled));
}

/** Positions of each quarter. */
function quartersOf(height: number, width: number): number[][] {
  const quarters: number[][] = [[], [], [], []];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) quarters[Number(2 * y >= height) * 2 + Number(2 * x >= width)].push(y * width + x);
  return quarters;
}

/** The same positions dealt out by chance, always the same chance, to groups of the same sizes. */
function shuffle(groups: readonly (readonly number[])[]): number[][] {
  const all = groups.flat();
  const draws = normalDraws(1)(all.length, 1);
  const dealt = [...all.keys()].sort((a, b) => draws[a] - draws[b]);
  let start = 0;
  return groups.map(({ length }) => dealt.slice(start, (start += length)));
}

/** The mean cosine between the Gram matrices of two groups of positions. */
function meanLikeness(cells: tf.Tensor2D, groups: readonly number[][]): number {
  const cosines = gramCosines(groups.map((positions) => tf.gather(cells, tf.tensor1d(positions, 'int32')) as tf.Tensor2D));
  const pairs = cosines.flatMap((row, at) => row.slice(0, at));
  return pairs.reduce((sum, cosine) => sum + cosine, 0) / pairs.length;
}

/**
 * How far, in pixels of the network's input, the picture can be moved before the layer's output has lost half of its match with itself
 * position by position (correlation 1/2 over all channels): small where layout is kept to the pixel, large where only roughly.
 * A convolution's output moves with its picture, so one output tells it. Null without variation, or when half the picture is not far enough.
 */
export function layoutTolerance({ values, shape, image }: LayerOutput): number | null {
  const [height, width, depth] = shape;
  if (depth === undefined) return null;
  const matchAfter = selfMatch(withoutMean(values, depth), height, width, depth);
  const most = Math.floor(Math.min(height, width) / 2);
  let [last, lastMatch] = [0, 1];
  for (let shift = 1; shift <= most; shift = Math.max(shift + 1, Math.floor(shift * 1.25))) {
    const match = matchAfter(shift);
    if (Number.isNaN(match)) return null;
    if (match < 0.5) return (last + ((shift - last) * (lastMatch - 0.5)) / (lastMatch - match)) * (image.width / width);
    [last, lastMatch] = [shift, match];
  }
  return null;
}

/** For each shift, the correlation of a map with itself moved by so many cells to the right, and down. */
function selfMatch(cells: Float32Array, height: number, width: number, depth: number): (shift: number) => number {
  const row = width * depth;
  const [byColumn, byRow] = [new Float64Array(width), new Float64Array(height)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = y * row + x * depth;
      const energy = dot(cells, cells, start, start, depth);
      byColumn[x] += energy;
      byRow[y] += energy;
    }
  }
  const sum = (energies: Float64Array): number => energies.reduce((total, energy) => total + energy, 0);
  return (shift) => {
    let product = dot(cells, cells, 0, shift * row, (height - shift) * row);
    for (let y = 0; y < height; y++) product += dot(cells, cells, y * row, y * row + shift * depth, (width - shift) * depth);
    const here = sum(byColumn.subarray(0, width - shift)) + sum(byRow.subarray(0, height - shift));
    const there = sum(byColumn.subarray(shift)) + sum(byRow.subarray(shift));
    return product / Math.sqrt(here * there);
  };
}

function dot(a: Float32Array, b: Float32Array, fromA = 0, fromB = 0, length = a.length): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[fromA + i] * b[fromB + i];
  return sum;
}

/** Cosine between the Gram matrices of two images at one layer, 0 to 1: alike in texture, wherever things are. Null without variation. */
export const textureLikeness = (a: LayerOutput, b: LayerOutput): number | null => known(tf.tidy(() => gramCosines([centred(a), centred(b)])[1][0]));

/**
 * Correlation of two images at one layer, position by position over all channels, -1 to 1: alike in layout. 0 is what is
 * expected when the positions of one of them are shuffled. Null without variation, or for a layer without a grid.
 */
export function layoutLikeness(a: LayerOutput, b: LayerOutput): number | null {
  if (a.shape.length < 3) return null;
  const [x, y] = [a, b].map(({ values, channels }) => withoutMean(values, channels.length));
  return known(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)));
}

/** Positions as rows, channels as columns, the mean of each channel taken off. */
export const centred = ({ values, channels: { length } }: LayerOutput): tf.Tensor2D => tf.tensor2d(withoutMean(values, length), [values.length / length, length]);

// A channel that is constant but for the last digit of a 32-bit number has no pattern.
const rounding = 1e-6;

function withoutMean(values: Float32Array, depth: number): Float32Array {
  const means = new Float64Array(depth);
  for (let at = 0, channel = 0; at < values.length; at++, channel = channel + 1 === depth ? 0 : channel + 1) means[channel] += values[at];
  for (let channel = 0; channel < depth; channel++) means[channel] /= values.length / depth;
  const cells = new Float32Array(values.length);
  for (let at = 0, channel = 0; at < values.length; at++, channel = channel + 1 === depth ? 0 : channel + 1) {
    const away = values[at] - means[channel];
    if (!(Math.abs(away) <= rounding * Math.abs(means[channel]))) cells[at] = away;
  }
  return cells;
}

/** The cosine between each two of the Gram matrices AᵀA; NaN for one that is zero. The product of two of them is also the sum of the squares of ABᵀ: whichever is smaller. */
function gramCosines(parts: readonly tf.Tensor2D[]): number[][] {
  return tf.tidy(() => {
    const [positions, depth] = parts[0].shape;
    const grams = (): tf.Tensor2D => tf.stack(parts.map((part) => tf.reshape(tf.matMul(part, part, true), [-1]))) as tf.Tensor2D;
    const product = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor => tf.sum(tf.square(tf.matMul(a, b, false, true)));
    const products = positions < depth ? tf.stack(parts.map((a) => tf.stack(parts.map((b) => product(a, b))))) : tf.matMul(grams(), grams(), false, true);
    const rows = products.arraySync() as number[][];
    return rows.map((row, i) => row.map((value, j) => value / Math.sqrt(rows[i][i] * rows[j][j])));
  });
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
