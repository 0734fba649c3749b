import type { Method } from '../method';
import { gradientAt, gradientMethod, type GradientOptions } from './gradientMethod';

/** Options of `saliency`: `target`, `score`, `channels` (`'max'` unless told), `abs` (true unless told), `layer`. */
export type SaliencyOptions = GradientOptions;

/**
 * A map of how much each pixel would change the score: the absolute gradient of the target's logit with respect to the
 * network's input, the largest over the colour channels. Shape `[height, width]` of the input; logit for one unit of the
 * preprocessed input; raw, neither smoothed nor clipped.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `channels` ('max', 'mean', 'sum', or 'keep' for `[height, width, channels]`), `abs` (true; false keeps the sign),
 * `layer` (a layer's output in place of the input). Lists of images or targets give a set of maps.
 * Throws when the target or an option is unknown, or a layer has no gradient.
 * Simonyan, Vedaldi & Zisserman 2014, "Deep inside convolutional networks", arXiv 1312.6034.
 *
 * @example
 * const map = await cl.saliency(model, photo, { target: 'tabby' });
 */
export const saliency: Method<SaliencyOptions> = gradientMethod({
  name: 'saliency',
  method: 'saliency',
  channels: 'max',
  abs: true,
  linear: true,
  unit: (abs) => (abs ? '|d score / d input|' : 'd score / d input'),
  rows: (point) => gradientAt(point, 'standard').grad,
});
