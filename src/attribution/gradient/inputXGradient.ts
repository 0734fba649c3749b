import * as tf from '@tensorflow/tfjs';
import type { Method } from '../method';
import { gradientAt, gradientMethod, type GradientOptions } from './gradientMethod';

/** Options of `inputXGradient`: `target`, `score`, `channels` (`'sum'` unless told), `abs` (false unless told), `layer`. */
export type InputXGradientOptions = GradientOptions;

/**
 * A map of what each pixel adds to the score, to first order: the network's input times the gradient of the target's logit
 * with respect to it, summed over the colour channels. Shape `[height, width]` of the input, in logits, signed: above 0 speaks for the
 * target, below 0 against it. A pixel at 0 of the preprocessed input gets 0, whatever its gradient.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `channels` ('sum', 'mean', 'max', or 'keep' for `[height, width, channels]`), `abs` (false),
 * `layer` (activation times gradient at a layer in place of the input). Lists of images or targets give a set of maps.
 * Throws when the target or an option is unknown, or a layer has no gradient.
 * Shrikumar et al. 2016, "Not just a black box", arXiv 1605.01713.
 *
 * @example
 * await cl.inputXGradient(model, photo, { target: 'tabby' })
 */
export const inputXGradient: Method<InputXGradientOptions> = gradientMethod({
  name: 'inputXGradient',
  method: 'input x gradient',
  channels: 'sum',
  abs: false,
  linear: true,
  unit: (abs) => (abs ? '|input x gradient| (logits)' : 'input x gradient (logits)'),
  rows: (point) => {
    const { grad, value } = gradientAt(point, 'standard');
    return tf.mul(grad, value);
  },
});
