import * as tf from '@tensorflow/tfjs';

/** A variation of the image, and how its map is turned back. */
export interface View {
  of(x: tf.Tensor4D): tf.Tensor4D;
  back(map: tf.Tensor4D): tf.Tensor4D;
}

const itself = <T>(same: T): T => same;
const mirrored = (x: tf.Tensor4D): tf.Tensor4D => tf.reverse(x, 2);

const view = (factor: number, turn: (x: tf.Tensor4D) => tf.Tensor4D): View => ({ of: (x) => turn(factor === 1 ? x : tf.mul(x, factor)), back: turn });

/** The image as it is. */
export const plainView: readonly View[] = [view(1, itself)];

/** The image and its mirror image, each in three strengths. As it is comes first: it settles the target. */
export const augmentedViews: readonly View[] = [itself, mirrored].flatMap((turn) => [1, 0.9, 1.1].map((factor) => view(factor, turn)));
