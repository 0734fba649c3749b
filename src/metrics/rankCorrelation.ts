import type { Attribution } from '../attribution/attribution';
import type { Attributions } from '../attribution/attributions';
import { mapsIn } from '../attribution/mapsIn';
import { knownOptions, shown, truth } from '../check';
import { correlator } from './correlator';

/** Options of `rankCorrelation` and `agreement`. */
export interface RankOptions {
  /** Whether the sizes of the values are ranked, so that evidence for and against count alike. Default false. */
  abs?: boolean;
}

/**
 * How far two maps agree on which places matter more: Spearman's rank correlation of their values, from -1 (reversed) over 0 (nothing in common) to 1 (the same order).
 * Only the order counts, so maps of different methods and units can be compared. Equal values share the mean of their ranks; of several channels the greatest size is
 * taken; the larger map is brought to the smaller one's grid by means; places without a value (NaN) are left out. NaN for a map that is the same everywhere, as it has no order.
 *
 * Two maps of one photograph often agree a little only because both are high in its middle: compare with what `randomMap` gives. The measure is the one of
 * "Sanity Checks for Saliency Maps" (Adebayo et al. 2018), with `abs` and without.
 *
 * Options: `abs` (false; true ranks |value|).
 *
 * @example
 * cl.rankCorrelation(await cl.gradCam(model, photo), await cl.occlusion(model, photo))
 */
export function rankCorrelation(a: Attribution, b: Attribution, options: RankOptions = {}): number {
  const abs = absOf('rankCorrelation', options);
  for (const map of [a, b]) if (!ArrayBuffer.isView(map?.values)) throw new TypeError(`rankCorrelation takes two attributions, got ${shown(map)}`);
  return correlator([a, b], abs)(0, 1);
}

/**
 * The rank correlation of every two of the maps, as a list of rows: `agreement(maps)[i][j]` is what `rankCorrelation` gives for maps i and j, and 1 where i is j.
 * A map that is the same everywhere has NaN in its row and column. `compare` draws it below the maps.
 *
 * Options: `abs` (false; true ranks |value|).
 *
 * @example
 * cl.agreement([await cl.saliency(model, photo), await cl.gradCam(model, photo)])   // [[1, 0.02], [0.02, 1]]
 */
export function agreement(maps: Iterable<Attribution | Attributions>, options: RankOptions = {}): number[][] {
  const abs = absOf('agreement', options);
  const list = mapsIn('agreement', maps);
  const correlation = correlator(list, abs);
  const rows: number[][] = list.map(() => []);
  rows.forEach((row, i) => {
    for (let j = i; j < list.length; j++) row[j] = rows[j][i] = correlation(i, j);
  });
  return rows;
}

function absOf(method: string, options: RankOptions): boolean {
  knownOptions(method, options, ['abs']);
  return truth('abs', options.abs ?? false);
}
