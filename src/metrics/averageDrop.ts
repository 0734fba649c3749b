import type { Attribution } from '../attribution/attribution';
import type { Attributions } from '../attribution/attributions';
import { joined } from '../attribution/notes';
import { truth } from '../check';
import type { Classifier, ImageInput } from '../model/classifier';
import { confidencePairs, type ConfidenceOptions } from './confidence/change';
import { ConfidenceChange } from './confidence/record';

/** Options of `averageDrop`. */
export interface AverageDropOptions extends ConfidenceOptions {
  /** Whether a drop is a share of the score of the whole image, as in the paper and in Xplique; false: of itself, as in pytorch-grad-cam. Default true. */
  relative?: boolean;
}

/**
 * How much the score falls when images are seen only through their maps: a ConfidenceChange whose `value` is the mean of max(0, before - after) / before, 0 to 1 for probabilities; the lower, the more of what the
 * network needs the maps keep. A map that keeps everything has 0 too: see `averageIncrease` and the maps' own `sparseness`. `pairs` has both scores of each image.
 *
 * @param images one image, or a list with a map for each; one image may have several maps
 * @param options `scale` ('positive' or 'minmax': how a map becomes a mask), `fill` ('zero': the network's input times the mask; 'black': the image times the mask), `relative` (true), `score` ('probability'),
 * `target` (what each map explains), `signal`, `onProgress`. Stopped early, it is the mean of the images that there are.
 * Throws for lists of different lengths. Chattopadhyay et al. 2018, "Grad-CAM++", arXiv 1710.11063.
 *
 * @example
 * const maps = await cl.gradCam(model, photos);
 * (await cl.averageDrop(model, photos, maps)).value
 */
export async function averageDrop(model: Classifier, images: ImageInput | readonly ImageInput[], maps: Attribution | Iterable<Attribution | Attributions>, options: AverageDropOptions = {}): Promise<ConfidenceChange> {
  const relative = truth('relative', options?.relative ?? true);
  const { pairs, note } = await confidencePairs('averageDrop', model, images, maps, options, ['relative']);
  const { score = 'probability', scale = 'positive' } = options;
  // A share of nothing, or of a negative logit, is none.
  const rated = pairs.filter(({ before }) => !relative || before > 0);
  const drops = rated.map(({ before, after }) => Math.max(0, before - after) / (relative ? before : 1));
  const left = rated.length < pairs.length ? `left out: ${pairs.length - rated.length} of which the score is not above 0` : undefined;
  return new ConfidenceChange('average drop', drops.reduce((sum, drop) => sum + drop, 0) / drops.length, pairs, { score, scale, relative }, joined(note, left));
}
