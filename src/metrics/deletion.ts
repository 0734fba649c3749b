import { areaUnder } from './removal/area';
import { removal, type RemovalOptions } from './removal/run';
import { evenShares, hiddenWith, type RemovalFill, swap } from './removal/swap';

/** Options of `deletion`. */
export interface DeletionOptions extends RemovalOptions {
  /** In how many steps the whole image goes. Default 20; the paper takes a row of pixels at a time, 224. */
  steps?: number;
  /** What stands in for the pixels that are gone: `'zero'` (0 after preprocessing, as in the authors' code), a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'black'`, `'mean'`, `'blur'`, an image or a tensor. Default `'zero'`. */
  fill?: RemovalFill;
}

/**
 * How fast the network loses its answer when the pixels that a map calls the most important go first: a Removal whose `value` is the area under the curve, 0 to 1 for probabilities: the lower,
 * the better the map. Several maps of one image at once are compared on one figure, with the picture as it is at any point; `values` has the area of each.
 *
 * Options: `steps` (20), `fill` ('zero': 0 after preprocessing; or as `occlusion`: a number, [r, g, b], 'black', 'mean', 'blur', an image or a tensor), `score` ('probability'),
 * `target` (what each map explains), `random` (0; so many random maps beside each map, as coarse or fine as it is), `seed` (0), `batchSize`, `signal`, `onProgress`.
 * Equal values go as drawn by lot, what has no value (NaN) last; of several channels the greatest size counts; a smaller map is enlarged. The network never saw images with holes:
 * where random maps do as well, the curve tells of the holes. Stopped early, it has fewer points spread over all of the curve, and a note.
 * Petsiuk, Das & Saenko 2018, "RISE", arXiv 1806.07421.
 *
 * @example
 * const maps = [await cl.gradCam(model, photo), await cl.occlusion(model, photo)];
 * await cl.deletion(model, photo, maps, { random: 5 })
 */
export const deletion = removal<DeletionOptions>({
  name: 'deletion',
  measure: 'deletion',
  options: ['steps', 'fill'],
  reverse: false,
  shares: ({ steps = 20 }) => evenShares(steps),
  start(given, { fill = 'zero' }) {
    const { values, cover, name } = hiddenWith(fill, given);
    return { cover, write: swap(given.x.dataSync() as Float32Array, values, given.x.shape[3]), options: { fill: name } };
  },
  value: areaUnder,
});
