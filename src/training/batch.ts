import * as tf from '@tensorflow/tfjs';
import type { Image } from '../image/image';
import { type PreprocessName, preprocessed } from '../model/preprocess';

/** Images as a network's input, and for each the classes that are seen in it, in equal shares. */
export interface Batch {
  x: tf.Tensor4D;
  y: tf.Tensor2D;
}

/** Painted images as a batch; their masks tell which classes they show. */
export function batchOf(images: readonly Image[], classes: readonly string[], preprocess: PreprocessName): Batch {
  const { width, height } = images[0];
  const pixels = new Float32Array(images.length * height * width * 3);
  const shares = new Float32Array(images.length * classes.length);
  images.forEach(({ data, masks }, at) => {
    for (let from = 0, to = at * height * width * 3; from < data.length; from += 4) {
      pixels[to++] = data[from];
      pixels[to++] = data[from + 1];
      pixels[to++] = data[from + 2];
    }
    const shown = masks.map(({ label }) => classes.indexOf(label as string)).filter((index) => index >= 0);
    for (const index of shown) shares[at * classes.length + index] += 1 / shown.length;
  });
  return tf.tidy(() => ({ x: preprocessed(tf.tensor4d(pixels, [images.length, height, width, 3]), preprocess, 3), y: tf.tensor2d(shares, [images.length, classes.length]) }));
}
