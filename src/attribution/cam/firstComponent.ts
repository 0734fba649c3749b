import * as tf from '@tensorflow/tfjs';

/** Squarings of the Gram matrix: as many steps of a power iteration as 2 to this power. */
const most = 16;

/** The cells of each row `[n, h, w, c]` along the direction in which their channels vary most: `[n, h, w, 1]`. 0 where nothing varies. */
export function firstComponent(parts: tf.Tensor4D): tf.Tensor4D {
  const [rows, height, width, channels] = parts.shape;
  return tf.tidy(() => {
    const cells = tf.reshape(parts, [rows, height * width, channels]);
    const centred = tf.sub(cells, tf.mean(cells, 1, true));
    const each = tf.unstack(centred).map((one) => tf.matMul(one as tf.Tensor2D, direction(one as tf.Tensor2D)));
    return tf.reshape(tf.stack(each), [rows, height, width, 1]);
  });
}

/** The first right singular vector, `[channels, 1]`, of length 1. Of its two signs the one that agrees with the sum of the channels. */
function direction(centred: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [cells, channels] = centred.shape;
    // Either Gram matrix tells it; the smaller one is less work.
    const few = cells < channels;
    const strongest = topVector(tf.matMul(centred, centred, !few, few));
    const vector = few ? tf.matMul(centred, strongest, true) : strongest;
    const sign = tf.sum(vector).dataSync()[0] < 0 ? -1 : 1;
    return tf.divNoNan(tf.mul(vector, sign), tf.norm(vector));
  });
}

/** The eigenvector of the largest eigenvalue, as a column of any length. A power of the matrix tends to its outer product with itself. */
function topVector(gram: tf.Tensor2D): tf.Tensor2D {
  let power = ofTraceOne(gram);
  for (let i = 0; i < most; i++) {
    const before = power;
    // The squares of a matrix of trace 1 add up to 1 when only one eigenvalue is left.
    const alone = tf.sum(tf.square(before)).dataSync()[0] > 1 - 1e-5;
    power = ofTraceOne(tf.matMul(before, before));
    if (alone) break;
  }
  const diagonal = diagonalOf(power).dataSync() as Float32Array;
  const best = diagonal.reduce((top, value, i) => (value > diagonal[top] ? i : top), 0);
  return tf.slice(power, [0, best], [-1, 1]);
}

const ofTraceOne = (matrix: tf.Tensor2D): tf.Tensor2D => tf.tidy(() => tf.divNoNan(matrix, tf.sum(diagonalOf(matrix))));

const diagonalOf = (matrix: tf.Tensor2D): tf.Tensor1D => tf.sum(tf.mul(matrix, tf.eye(matrix.shape[0])), 1);
