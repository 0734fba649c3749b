import * as tf from '@tensorflow/tfjs';

/** A tensor with as many rows as `rows`: one that has a single row is repeated. What was computed once serves several gradients so. */
export function withRows(x: tf.Tensor, rows: number): tf.Tensor {
  if (x.shape[0] === rows || x.shape[0] !== 1) return x;
  return tf.tile(x, [rows, ...x.shape.slice(1).map(() => 1)]);
}

/** The rows of a gradient with the rest of its input's shape. */
export const shapeFor = (grad: tf.Tensor, x: tf.Tensor): number[] => [grad.shape[0], ...x.shape.slice(1)];
