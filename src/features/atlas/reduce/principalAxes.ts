import * as tf from '@tensorflow/tfjs';
import { PCA } from 'ml-pca';
import { normalDraws } from '../../../model/random';
import { scoped } from '../../../kernels/scoped';

/** The directions in which vectors spread most. */
export interface PrincipalAxes {
  /** `count` rows of `channels` values, each of length 1, the strongest first. */
  axes: Float32Array;
  count: number;
  /** Subtracted before; zeros where the vectors were taken as they are. */
  mean: Float32Array;
  /** The share of the whole spread that lies along each. */
  shares: number[];
}

/** More directions than wanted are followed, so that the last of those wanted come out as well as the first. */
const spare = 10;
const rounds = 12;

/**
 * The strongest principal axes by subspace iteration on the channels' Gram matrix (Halko, Martinsson & Tropp 2011): a full decomposition of 1,280 channels
 * takes half a minute, this less than a second. Vectors come in blocks `[n, channels]`, so that they need not be in memory.
 */
export function principalAxes(blocks: () => Iterable<Float32Array>, channels: number, wanted: number, centred: boolean): PrincipalAxes {
  const mean = centred ? meanOf(blocks, channels) : new Float32Array(channels);
  const sums = gramOf(blocks, mean);
  const count = Math.min(wanted, channels, sums.rows);
  const width = Math.min(channels, count + spare);
  return scoped(() => {
    const spread = tf.tensor2d(sums.gram, [channels, channels]);
    const total = traceOf(sums.gram, channels);
    // What rounding leaves of vectors that are all alike is no spread.
    if (!(total > 1e-11 * mean.reduce((sum, value) => sum + value * value, 0))) return { axes: new Float32Array(count * channels), count, mean, shares: Array<number>(count).fill(0) };
    let basis = orthonormal(normalDraws(1)(channels * width, 1), width);
    // Each round multiplies by the matrix, which brings the strongest directions forward.
    for (let round = 0; round < rounds; round++) basis = orthonormal(times(spread, basis, width), width);
    const small = inBasis(spread, basis, width);
    const within = new PCA(small, { isCovarianceMatrix: true });
    const turn = within.getEigenvectors().to2DArray();
    const axes = new Float32Array(count * channels);
    for (let axis = 0; axis < count; axis++) {
      for (let at = 0; at < width; at++) for (let channel = 0; channel < channels; channel++) axes[axis * channels + channel] += turn[at][axis] * basis[at * channels + channel];
      pointUp(axes.subarray(axis * channels, (axis + 1) * channels));
    }
    return { axes, count, mean, shares: within.getEigenvalues().slice(0, count).map((value) => Math.max(0, value / total)) };
  });
}

function meanOf(blocks: () => Iterable<Float32Array>, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  let rows = 0;
  for (const block of blocks()) {
    block.forEach((value, at) => (sums[at % channels] += value));
    rows += block.length / channels;
  }
  return Float32Array.from(sums, (sum) => sum / rows);
}

/** The mean of the outer products of the vectors, less `mean`, with themselves. */
function gramOf(blocks: () => Iterable<Float32Array>, mean: Float32Array): { gram: Float32Array; rows: number } {
  const channels = mean.length;
  const gram = new Float64Array(channels * channels);
  let rows = 0;
  for (const block of blocks()) {
    const products = scoped(() => {
      const x = tf.sub(tf.tensor2d(block, [block.length / channels, channels]), mean) as tf.Tensor2D;
      return tf.matMul(x, x, true).dataSync();
    });
    for (let at = 0; at < products.length; at++) gram[at] += products[at];
    rows += block.length / channels;
  }
  return { gram: Float32Array.from(gram, (sum) => sum / rows), rows };
}

const traceOf = (matrix: Float32Array, size: number): number => Array.from({ length: size }, (_, at) => matrix[at * (size + 1)]).reduce((sum, value) => sum + value, 0);

/** `matrix` times each of the `width` rows of `basis`. */
const times = (matrix: tf.Tensor2D, basis: Float32Array, width: number): Float32Array => scoped(() => tf.matMul(tf.tensor2d(basis, [width, basis.length / width]), matrix).dataSync() as Float32Array);

function inBasis(matrix: tf.Tensor2D, basis: Float32Array, width: number): number[][] {
  const turned = times(matrix, basis, width);
  const channels = basis.length / width;
  const small = Array.from({ length: width }, (_, a) => Array.from({ length: width }, (__, b) => dot(basis, a * channels, turned, b * channels, channels)));
  // Free of what rounding leaves, as the decomposition expects.
  return small.map((row, a) => row.map((value, b) => (value + small[b][a]) / 2));
}

/** The rows made to stand at right angles and of length 1 (Gram and Schmidt, twice over: once leaves rounding errors). */
function orthonormal(rows: Float32Array, width: number): Float32Array {
  const channels = rows.length / width;
  const basis = Float64Array.from(rows);
  for (let row = 0; row < width; row++) {
    const own = row * channels;
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other++) {
        const share = dot(basis, own, basis, other * channels, channels);
        for (let at = 0; at < channels; at++) basis[own + at] -= share * basis[other * channels + at];
      }
    }
    const length = Math.sqrt(dot(basis, own, basis, own, channels));
    for (let at = 0; at < channels; at++) basis[own + at] = length > 1e-20 ? basis[own + at] / length : 0;
  }
  return Float32Array.from(basis);
}

function dot(a: ArrayLike<number>, aFrom: number, b: ArrayLike<number>, bFrom: number, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += a[aFrom + at] * b[bFrom + at];
  return sum;
}

/** An axis has no sign of its own: the strongest channel is made positive. */
function pointUp(axis: Float32Array): void {
  const strongest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (strongest < 0) for (let at = 0; at < axis.length; at++) axis[at] = -axis[at];
}

/** The vectors of a block along the axes, `[n, count]`. */
export const along = ({ axes, count, mean }: PrincipalAxes, block: Float32Array): Float32Array => {
  const channels = mean.length;
  return scoped(() => tf.matMul(tf.sub(tf.tensor2d(block, [block.length / channels, channels]), mean) as tf.Tensor2D, tf.tensor2d(axes, [count, channels]), false, true).dataSync() as Float32Array);
};
