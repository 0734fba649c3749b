import * as tf from '@tensorflow/tfjs';

/** What the picture is kept from, beside the pull of the activation: each as strong as that at 1. */
export interface Penalties {
  /** Total variation: neighbours that differ. */
  tv: number;
  /** Distance from mid grey, squared. */
  l2: number;
}

const grey = 127.5;
/** So that the slope of total variation is finite where neighbours are alike, in shades. */
const soft = 1;

/** The gradient with what the penalties take off, for each picture in proportion to its own. */
export function penalized(grad: tf.Tensor4D, pixels: tf.Tensor4D, { tv, l2 }: Penalties): tf.Tensor4D {
  if (!tv && !l2) return grad;
  return tf.tidy(() => {
    const size = norm(grad);
    const less = (sum: tf.Tensor, strength: number, slope: (pixels: tf.Tensor4D) => tf.Tensor): tf.Tensor => {
      if (!strength) return sum;
      const own = slope(pixels);
      return tf.sub(sum, tf.mul(own, tf.mul(tf.divNoNan(size, norm(own)), strength)));
    };
    return less(less(grad, tv, variationSlope), l2, (values) => tf.sub(values, grey)) as tf.Tensor4D;
  });
}

const norm = (values: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(values), [1, 2, 3], true));

/** The gradient of the sum over pixels of √(down² + across² + 1), down and across being the differences to the next. */
export function variationSlope(pixels: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [count, height, width, colours] = pixels.shape;
    // The last row and column have no next: their difference is 0.
    const down = tf.pad(tf.sub(tf.slice(pixels, [0, 1, 0, 0], [count, height - 1, width, colours]), tf.slice(pixels, [0, 0, 0, 0], [count, height - 1, width, colours])), [[0, 0], [0, 1], [0, 0], [0, 0]]) as tf.Tensor4D;
    const across = tf.pad(tf.sub(tf.slice(pixels, [0, 0, 1, 0], [count, height, width - 1, colours]), tf.slice(pixels, [0, 0, 0, 0], [count, height, width - 1, colours])), [[0, 0], [0, 0], [0, 1], [0, 0]]) as tf.Tensor4D;
    const length = tf.sqrt(tf.add(tf.add(tf.square(down), tf.square(across)), soft));
    const [steepDown, steepAcross] = [tf.div(down, length), tf.div(across, length)] as [tf.Tensor4D, tf.Tensor4D];
    const above = tf.pad(tf.slice(steepDown, [0, 0, 0, 0], [count, height - 1, width, colours]), [[0, 0], [1, 0], [0, 0], [0, 0]]);
    const before = tf.pad(tf.slice(steepAcross, [0, 0, 0, 0], [count, height, width - 1, colours]), [[0, 0], [0, 0], [1, 0], [0, 0]]);
    return tf.sub(tf.add(above, before), tf.add(steepDown, steepAcross)) as tf.Tensor4D;
  });
}
