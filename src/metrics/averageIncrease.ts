import type { Attribution } from '../attribution/attribution';
import type { Attributions } from '../attribution/attributions';
import type { Classifier, ImageInput } from '../model/classifier';
import { confidencePairs, type ConfidenceOptions } from './confidence/change';
import { ConfidenceChange } from './confidence/record';

/**
 * How often the score rises when images are seen only through their maps, so that what is hidden was only in the way: a ConfidenceChange whose `value` is the share of the images, 0 to 1; the higher, the better.
 * `pairs` has both scores of each image.
 *
 * @param images one image, or a list with a map for each; one image may have several maps
 * @param options `scale` ('positive' or 'minmax': how a map becomes a mask), `fill` ('zero': the network's input times the mask; 'black': the image times the mask), `score` ('probability'),
 * `target` (what each map explains), `signal`, `onProgress`. Stopped early, it is the share of the images that there are.
 * Throws for lists of different lengths. Chattopadhyay et al. 2018, "Grad-CAM++", arXiv 1710.11063.
 *
 * @example
 * (await cl.averageIncrease(model, photos, await cl.gradCam(model, photos))).value
 */
export async function averageIncrease(model: Classifier, images: ImageInput | readonly ImageInput[], maps: Attribution | Iterable<Attribution | Attributions>, options: ConfidenceOptions = {}): Promise<ConfidenceChange> {
  const { pairs, note } = await confidencePairs('averageIncrease', model, images, maps, options, []);
  const { score = 'probability', scale = 'positive' } = options;
  return new ConfidenceChange('average increase', pairs.filter(({ before, after }) => after > before).length / pairs.length, pairs, { score, scale }, note);
}
