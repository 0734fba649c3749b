import { areaUnder } from './removal/area';
import { removal, type RemovalOptions } from './removal/run';
import { evenShares, hiddenWith, type RemovalFill, swap } from './removal/swap';

/** Options of `insertion`. */
export interface InsertionOptions extends RemovalOptions {
  /** In how many steps the whole image comes. Default 20; the paper takes a row of pixels at a time, 224. */
  steps?: number;
  /** What the picture is before: as `deletion` has it. Default `'blur'`: on one colour, edges of what comes first would be objects of their own. */
  fill?: RemovalFill;
}

/**
 * How fast the network finds its answer in a blurred image when the pixels that a map calls the most important come first: a Removal whose `value` is the area under the curve, 0 to 1 for
 * probabilities: the higher, the better the map. Several maps of one image at once are compared on one figure, with the picture as it is at any point; `values` has the area of each.
 *
 * Options: `steps` (20), `fill` ('blur', a Gaussian one with a deviation of a 16th of the longer side; or as `deletion` has it), `score` ('probability'), `target` (what each map explains),
 * `random` (0; so many random maps beside each map, as coarse or fine as it is), `seed` (0), `batchSize`, `signal`, `onProgress`. The rest as in `deletion`.
 * Petsiuk, Das & Saenko 2018, "RISE", arXiv 1806.07421.
 *
 * @example
 * const found = await cl.insertion(model, photo, [cam, occluded]);
 * cl.faithfulness([await cl.deletion(model, photo, [cam, occluded]), found])
 */
export const insertion = removal<InsertionOptions>({
  name: 'insertion',
  measure: 'insertion',
  options: ['steps', 'fill'],
  reverse: false,
  shares: ({ steps = 20 }) => evenShares(steps),
  start(given, { fill = 'blur' }) {
    const { values, cover, name } = hiddenWith(fill, given);
    return { cover, write: swap(values, given.x.dataSync() as Float32Array, given.x.shape[3]), options: { fill: name } };
  },
  value: areaUnder,
});
