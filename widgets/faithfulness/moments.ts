import type { RemovalMeasure } from '../../src/metrics/removal/removal';

/** What may be gone when a picture still shows something. */
const most = 0.6;

/** Where the curves are most worth looking at first: where half of the first map's score is gone (or there); where that is late, where the maps differ most; of ROAD where the two orders do. */
export function worthALook(measure: RemovalMeasure, curves: readonly { scores: readonly number[]; weakest?: readonly number[] }[]): number {
  const [{ scores, weakest }] = curves;
  const known = [...scores.keys()].filter((at) => at > 0 && curves.every((curve) => Number.isFinite(curve.scores[at])));
  if (!known.length) return 0;
  const greatest = (of: (at: number) => number): number => known.reduce((best, at) => (of(at) > of(best) ? at : best));
  if (weakest) return greatest((at) => Math.abs(weakest[at] - scores[at]));
  const last = scores.length - 1;
  const middle = (scores[0] + scores[last]) / 2;
  const half = known.find((at) => (measure === 'insertion' ? scores[at] >= middle : scores[at] <= middle)) ?? known[0];
  if (curves.length === 1 || half <= most * last) return half;
  return greatest((at) => Math.max(...curves.map((curve) => curve.scores[at])) - Math.min(...curves.map((curve) => curve.scores[at])));
}

/** The reached point that lies nearest to a share. */
export function nearestPoint(shares: readonly number[], scores: readonly number[], share: number): number {
  const known = [...shares.keys()].filter((at) => Number.isFinite(scores[at]));
  return known.reduce((best, at) => (Math.abs(shares[at] - share) < Math.abs(shares[best] - share) ? at : best), known[0] ?? 0);
}
