import type { Attribution } from '../attribution/attribution';
import { between, knownOptions, truth } from '../check';
import { onGrid, planeOf } from './plane';

/** Options of `topOverlap`. */
export interface TopOverlapOptions {
  /** Which share of the places is the top. Default 0.1. */
  share?: number;
  /** Whether the sizes of the values are ranked, so that evidence for and against count alike. Default false. */
  abs?: boolean;
}

/**
 * How much of the strongest part of one map is also in that of another: the share of their top places that both have, from 0 (none) to 1 (all); two maps that know nothing of each other have
 * about `share`. Only the order counts. The larger map is brought to the smaller one's grid by means; of several channels the greatest size is taken; places without a
 * value (NaN) come last. Equal values at the border of the top count in part, as if drawn by lot. NaN for a map that is the same everywhere, as it has no top.
 *
 * Options: `share` (0.1), `abs` (false; true ranks |value|).
 *
 * @example
 * cl.topOverlap(await cl.gradCam(model, photo), await cl.occlusion(model, photo), { share: 0.05 })
 */
export function topOverlap(a: Attribution, b: Attribution, options: TopOverlapOptions = {}): number {
  knownOptions('topOverlap', options, ['share', 'abs']);
  const share = between('share', options.share ?? 0.1, 0, 1);
  const abs = truth('abs', options.abs ?? false);
  const planes = [a, b].map((map) => planeOf('topOverlap', map));
  const rows = Math.min(...planes.map(({ height }) => height));
  const columns = Math.min(...planes.map(({ width }) => width));
  const count = Math.max(1, Math.round(share * rows * columns));
  const [top, other] = planes.map((plane) => topOf(onGrid(abs ? { ...plane, values: plane.values.map(Math.abs) } : plane, rows, columns), count));
  return top.reduce((sum, part, at) => sum + part * other[at], 0) / count;
}

/** How much each place belongs to the top `count`: 1 above its border, 0 below, and on it the share that there is room for. NaN everywhere without an order. */
function topOf(values: Float32Array, count: number): Float64Array {
  const known = values.map((value) => (Number.isNaN(value) ? -Infinity : value));
  const sorted = known.slice().sort();
  if (sorted[0] === sorted[sorted.length - 1]) return new Float64Array(values.length).fill(NaN);
  const border = sorted[sorted.length - count];
  const above = known.reduce((sum, value) => sum + Number(value > border), 0);
  const level = known.reduce((sum, value) => sum + Number(value === border), 0);
  return Float64Array.from(known, (value) => (value > border ? 1 : value === border ? (count - above) / level : 0));
}
