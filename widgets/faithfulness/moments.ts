import type { RemovalMeasure } from '../../src/metrics/removal/removal';

/** Where the curves are most worth looking at first: where the maps differ most; of one map where half of the score is gone (or there), and of ROAD where the two orders differ most. */
export function worthALook(measure: RemovalMeasure, curves: readonly { scores: readonly number[]; weakest?: readonly number[] }[]): number {
  const [{ scores, weakest }] = curves;
  const known = [...scores.keys()].filter((at) => at > 0 && curves.every((curve) => Number.isFinite(curve.scores[at])));
  if (!known.length) return 0;
  const most = (of: (at: number) => number): number => known.reduce((best, at) => (of(at) > of(best) ? at : best));
  if (weakest) return most((at) => Math.abs(weakest[at] - scores[at]));
  if (curves.length > 1) return most((at) => Math.max(...curves.map((curve) => curve.scores[at])) - Math.min(...curves.map((curve) => curve.scores[at])));
  const half = (scores[0] + scores[scores.length - 1]) / 2;
  return known.find((at) => (measure === 'insertion' ? scores[at] >= half : scores[at] <= half)) ?? known[0];
}

/** The reached point that lies nearest to a share. */
export function nearestPoint(shares: readonly number[], scores: readonly number[], share: number): number {
  const known = [...shares.keys()].filter((at) => Number.isFinite(scores[at]));
  return known.reduce((best, at) => (Math.abs(shares[at] - share) < Math.abs(shares[best] - share) ? at : best), known[0] ?? 0);
}
