import * as tf from '@tensorflow/tfjs';
import { nativeOp } from './native';
import { type Op, unary } from './op';
import { shapeFor } from './rows';

/** What dropout, noise and regularisation layers do at inference. */
export const identity = (): Op => unary((x) => tf.clone(x), (grad) => tf.clone(grad), { reshapes: true });

export const reshape = (shape: (x: tf.Tensor) => number[]): Op =>
  unary((x) => tf.reshape(x, shape(x)), (grad, x) => tf.reshape(grad, shapeFor(grad, x)), { reshapes: true });

/** What TensorFlow.js calls a product is a batch of them to TensorFlow, which takes twice as long over one row. */
const product = (a: tf.Tensor, b: tf.Tensor2D, turned: boolean): tf.Tensor =>
  nativeOp('MatMul', [a, b], { transpose_a: false, transpose_b: turned }) ?? tf.matMul(a as tf.Tensor2D, b, false, turned);

/** A fully connected layer on `[n, features]`. */
export const dense = (kernel: () => tf.Tensor2D, bias: () => tf.Tensor | undefined): Op =>
  unary(
    (x) => {
      const y = product(x, kernel(), false);
      const b = bias();
      return b ? tf.add(y, b) : y;
    },
    // Of a few rows at once the first form takes TensorFlow six times as long; of one row, the second copies.
    (grad) => (grad.shape[0] === 1 ? product(grad, kernel(), true) : tf.transpose(tf.matMul(kernel(), grad as tf.Tensor2D, false, true))),
  );

/** Batch normalisation at inference on the last axis: a factor and a shift for each channel. */
export function batchNorm(parts: () => { gamma?: tf.Tensor; beta?: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor }, epsilon: number): Op {
  const scale = (): tf.Tensor => {
    const { gamma, variance } = parts();
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    return gamma ? tf.mul(gamma, inverse) : inverse;
  };
  const shift = (): tf.Tensor => {
    const { beta, mean } = parts();
    const moved = tf.neg(tf.mul(mean, scale()));
    return beta ? tf.add(beta, moved) : moved;
  };
  return unary((x) => tf.add(tf.mul(x, scale()), shift()), (grad) => tf.mul(grad, scale()), { affine: { scale, shift, weights: () => Object.values(parts()).filter((weight) => weight !== undefined) } });
}

/** Each cell repeated `rows` times down and `columns` times across. TensorFlow.js's own gradient for it is wrong on cpu beyond the first row. */
export const repeatCells = ([rows, columns]: [number, number]): Op =>
  unary(
    (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [(x.shape[1] as number) * rows, (x.shape[2] as number) * columns]),
    (grad) => tf.mul(tf.avgPool(grad as tf.Tensor4D, [rows, columns], [rows, columns], 'valid'), rows * columns),
  );

/** Zeros around the image: `[[top, bottom], [left, right]]`. */
export const zeroPad = (rows: [number, number], columns: [number, number]): Op =>
  unary(
    (x) => tf.pad(x, [[0, 0], rows, columns, [0, 0]]),
    (grad, x) => tf.slice(grad, [0, rows[0], columns[0], 0], shapeFor(grad, x)),
    {
      // The zeros come with the patch.
      window: {
        slides: () => [{ reach: 1, stride: 1, before: rows[0] }, { reach: 1, stride: 1, before: columns[0] }],
        outside: 'zeros',
        work: () => 0,
        apply: ([patches]) => tf.clone(patches),
      },
    },
  );

/** The sum of branches of one shape. */
export const addBranches = (): Op => ({
  forward: (inputs) => [tf.addN(inputs)],
  backward: ({ inputs, grads: [grad] }) => inputs.map(() => tf.clone(grad)),
});

export const concatenate = (axis: number): Op => ({
  forward: (inputs) => [tf.concat(inputs, axis)],
  backward: ({ inputs, grads: [grad] }) => tf.split(grad, inputs.map((x) => x.shape.at(axis) as number), axis),
});
