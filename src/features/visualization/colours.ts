import * as tf from '@tensorflow/tfjs';

/**
 * How the three colours of photographs go together: a square root of their covariance over ImageNet, from red, green and blue (down) to three directions that do not
 * (across): light, blue to yellow, green to violet. The figures are those that lucid measured (Olah et al. 2017).
 */
const together = [
  [0.26, 0.09, 0.02],
  [0.27, 0.0, -0.05],
  [0.27, -0.09, 0.03],
];

/** So that the largest direction has length 1. */
const largest = Math.max(...[0, 1, 2].map((direction) => Math.hypot(...together.map((row) => row[direction]))));

/** Planes of uncorrelated colours, in which each step of an optimiser is as large to the eye, to pixels 0..255, and the gradient back. */
export class Colours {
  /** Planes of an image: three, or one for a network that sees no colours. */
  readonly planes: number;
  private readonly mix: tf.Tensor2D;

  constructor(grey: boolean) {
    this.planes = grey ? 1 : 3;
    const columns = together.map((row) => row.slice(0, this.planes).map((each) => each / largest));
    const light = columns.reduce((sum, [first]) => sum + first, 0) / 3;
    // Directions down, red, green and blue across.
    this.mix = tf.tensor2d(grey ? [[light, light, light]] : [0, 1, 2].map((direction) => columns.map((row) => row[direction])));
  }

  /** `[height, images * planes, width]` to pixels `[images, height, width, 3]`. */
  pixels(values: tf.Tensor3D): tf.Tensor4D {
    const { planes, mix } = this;
    const [height, count, width] = values.shape;
    return tf.tidy(() => {
      const last = tf.transpose(tf.reshape(values, [height, count / planes, planes, width]), [1, 0, 3, 2]);
      const mixed = tf.matMul(tf.reshape(last, [-1, planes]) as tf.Tensor2D, mix);
      return tf.reshape(tf.mul(tf.sigmoid(mixed), 255), [count / planes, height, width, 3]);
    });
  }

  /** The gradient with respect to the planes, from the pixels and the gradient with respect to them. */
  back(pixels: tf.Tensor4D, grad: tf.Tensor4D): tf.Tensor3D {
    const { planes, mix } = this;
    const [count, height, width] = pixels.shape;
    return tf.tidy(() => {
      // The slope of 255 s is 255 s (1 - s).
      const slope = tf.mul(pixels, tf.sub(1, tf.div(pixels, 255)));
      const mixed = tf.matMul(tf.reshape(tf.mul(grad, slope), [-1, 3]) as tf.Tensor2D, mix, false, true);
      return tf.reshape(tf.transpose(tf.reshape(mixed, [count, height, width, planes]), [1, 0, 3, 2]), [height, count * planes, width]);
    });
  }

  dispose(): void {
    this.mix.dispose();
  }
}
