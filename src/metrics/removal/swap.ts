import * as tf from '@tensorflow/tfjs';
import { coverOf, type Fill, fillName, fillOf } from '../../attribution/perturbation/fill';
import { whole } from '../../check';
import type { Image } from '../../image/image';
import { scoped } from '../../kernels/scoped';
import type { Classifier, ImageInput, Prepared } from '../../model/classifier';
import { pixelsOf } from '../../model/preprocess';
import type { Changing } from './run';

/** What stands in for pixels that are hidden: `'zero'` is 0 after preprocessing, with most networks the mean colour of their training data; the others as `occlusion` has them. */
export type RemovalFill = Fill | 'zero';

/** What an image is like with everything hidden, as the network takes it and as it is seen. */
export function hiddenWith(fill: RemovalFill, { model, input, x, image }: Prepared & { model: Classifier; input: ImageInput }): { values: Float32Array; cover: Image; name: unknown } {
  if (fill !== 'zero') return { values: fillOf(fill, model, input, x, image), cover: coverOf(fill, model, input, x, image), name: fillName(fill, input) };
  return { values: new Float32Array(x.size), cover: scoped(() => pixelsOf(tf.zerosLike(x), model.preprocess, x)), name: 'zero' };
}

/** Pixels change from one picture's to another's. */
export function swap(from: Float32Array, to: Float32Array, channels: number): Changing['write'] {
  return (row, steps, step) => {
    row.set(from);
    for (let pixel = 0; pixel < steps.length; pixel++) {
      if (steps[pixel] > step) continue;
      for (let i = pixel * channels; i < (pixel + 1) * channels; i++) row[i] = to[i];
    }
  };
}

/** From 0 to 1 in so many equal steps. */
export function evenShares(steps: number): number[] {
  whole('steps', steps, 1, 10_000);
  return Array.from({ length: steps + 1 }, (_, at) => at / steps);
}
