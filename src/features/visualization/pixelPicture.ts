import * as tf from '@tensorflow/tfjs';
import { seedBits, stir } from '../../model/stir';
import type { Parametrization, Size } from './parametrization';

/** Around mid grey, as far either way at most. */
const grey = 127.5;
const reach = 10;

/** A picture by its pixels: noise around grey, moved along the gradient, whose root mean square is brought to 1 first (Chollet's recipe, which the article follows). */
export function pixelPicture([height, width]: Size, oneColour: boolean): Parametrization {
  const planes = oneColour ? 1 : 3;
  const shape: [number, number, number, number] = [1, height, width, planes];
  const draw = (seed: number): tf.Tensor4D => tf.tensor4d(Float32Array.from({ length: height * width * planes }, (_, at) => grey + (stir(stir(seedBits(seed)) + at) / 2 ** 31 - 1) * reach), shape);
  return {
    start: (seeds) => tf.tidy(() => tf.concat(seeds.map(draw)) as tf.Tensor4D),
    pixels: (numbers) => (oneColour ? tf.tile(numbers, [1, 1, 1, 3]) : tf.clone(numbers)) as tf.Tensor4D,
    back: (_, _pixels, grad) => (oneColour ? tf.sum(grad, 3, true) : tf.clone(grad)),
    ascend: (numbers, grad, rate) =>
      tf.tidy(() => {
        const size = tf.sqrt(tf.mean(tf.square(grad), [1, 2, 3], true));
        // A gradient of zeros stays one.
        return tf.clipByValue(tf.add(numbers, tf.mul(tf.divNoNan(grad, size), rate)), 0, 255);
      }),
    dispose: () => undefined,
  };
}
