import * as tf from '@tensorflow/tfjs';
import type { Aim } from './aim';

/** The gradient with which a pass back starts, from the value that is explained. */
export type Seed = (value: tf.Tensor) => tf.Tensor;

/** Each aim on its own image's row; several aims on the one row of one image. Settles the aims: the rows are the images themselves. */
export const ownSeeds = (aims: readonly Aim[]): Seed => (value) => {
  const rows = value.shape[0] === aims.length ? tf.split(value, aims.length) : aims.map(() => value);
  return tf.concat(
    aims.map((aim, i) => {
      aim.see(rows[i]);
      return aim.seed(rows[i]);
    }),
  );
};

/** Every aim on all rows, which are variations of one image: first all rows of the first aim. */
export const eachSeed = (aims: readonly Aim[]): Seed => (value) => tf.concat(aims.map((aim) => aim.seed(value)));
