import * as tf from '@tensorflow/tfjs';

/** What pictures are optimised for: a number for each of them, read from one value of the network, to be made large. */
export interface Objective {
  /** The value of the network that it reads. */
  of: number;
  /** The number of each picture, `[pictures]`. */
  scores(value: tf.Tensor): tf.Tensor1D;
  /** What is added to the sum of the scores when it is differentiated, and not told: a scalar. */
  beside?(value: tf.Tensor, scores: tf.Tensor1D): tf.Tensor;
}

/** The gradient of the objective with respect to the value that it reads. */
export const seedOf = ({ scores, beside }: Objective) => (value: tf.Tensor): tf.Tensor =>
  tf.grad((each) => {
    const own = scores(each);
    const sum = tf.sum(own);
    return beside ? tf.add(sum, beside(each, own)) : sum;
  })(value);

/** How far a direction of a layer is reached: the product with it, in each cell or in one, times its cosine to a power (lucid's `dot_compare`). */
export function directionScores(value: tf.Tensor, directions: tf.Tensor2D, cosine: number, at: readonly [number, number] | undefined): tf.Tensor1D {
  const [count, depth] = directions.shape;
  const cells = tf.reshape(at && value.rank === 4 ? tf.slice(value, [0, at[0], at[1], 0], [-1, 1, 1, -1]) : value, [count, -1, depth]);
  const dot = tf.sum(tf.mul(cells, tf.expandDims(directions, 1)), 2);
  if (!cosine) return tf.mean(dot, 1);
  const lengths = tf.mul(tf.sqrt(tf.add(tf.sum(tf.square(cells), 2), 1e-12)), tf.sqrt(tf.sum(tf.square(directions), 1, true)));
  // Not below a tenth: what points away must still be pulled.
  return tf.mean(tf.mul(dot, tf.pow(tf.maximum(tf.div(dot, tf.add(lengths, 1e-12)), 0.1), cosine)), 1);
}

/** Channels by channels: how strongly they go together over all cells (Gatys et al. 2016). */
export function grams(value: tf.Tensor): tf.Tensor3D {
  const depth = value.shape.at(-1) as number;
  const cells = tf.reshape(value, [value.shape[0], -1, depth]) as tf.Tensor3D;
  return tf.div(tf.matMul(cells, cells, true), cells.shape[1]);
}

/** For each picture the mean cosine of its Gram matrix with those of the others of its group of `size`. */
export function likeness(value: tf.Tensor, size: number): tf.Tensor1D {
  const groups = value.shape[0] / size;
  const flat = tf.reshape(grams(value), [groups, size, -1]);
  const unit = tf.div(flat, tf.sqrt(tf.add(tf.sum(tf.square(flat), 2, true), 1e-12)));
  const others = tf.sub(tf.sum(tf.matMul(unit, unit, false, true), 2), tf.sum(tf.square(unit), 2));
  return tf.reshape(tf.div(others, size - 1), [-1]) as tf.Tensor1D;
}
