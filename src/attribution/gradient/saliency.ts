import type { Classifier, ImageInput } from '../../model/classifier';
import { Attribution } from '../attribution';
import { explain } from '../explain';
import { type GradientOptions, gradientOptions, inputGradient } from './inputGradient';

/** Options of `saliency`: `target`, `score`, `channels` (`'max'` unless told), `abs` (true unless told). */
export type SaliencyOptions = GradientOptions;

/**
 * A map of how much each pixel would change the score: the absolute gradient of the target's logit with respect to the
 * network's input, the largest over the colour channels. Shape `[height, width]` of the input; logit for one unit of the
 * preprocessed input; raw, neither smoothed nor clipped.
 *
 * Options: `target` (number, label, function of the logits; default the most likely class), `score` ('logit' or 'probability'),
 * `channels` ('max', 'mean', 'sum', or 'keep' for `[height, width, channels]`), `abs` (true; false keeps the sign).
 * Throws when the target or an option is unknown, or a layer has no gradient.
 * Simonyan, Vedaldi & Zisserman 2014, "Deep inside convolutional networks", arXiv 1312.6034.
 *
 * @example
 * const map = await cl.saliency(model, photo, { target: 'tabby' });
 */
export async function saliency(model: Classifier, image: ImageInput, options: SaliencyOptions = {}): Promise<Attribution> {
  const record = await explain('saliency', model, image, options, gradientOptions, (subject) => {
    const { channels = 'max', abs = true } = options;
    return { ...inputGradient(subject, 'standard', channels, abs), unit: abs ? '|d score / d input|' : 'd score / d input' };
  });
  return new Attribution(record);
}
