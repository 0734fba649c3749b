import type { RemovalMeasure } from '../../src/metrics/removal/removal';

/** Where a curve is most worth looking at first: where half of the score is gone (or there), and of ROAD where the two orders differ most. */
export function largestGap(measure: RemovalMeasure, { scores, weakest }: { scores: readonly number[]; weakest?: readonly number[] }): number {
  const known = [...scores.keys()].filter((at) => Number.isFinite(scores[at]) && at > 0);
  if (weakest) return known.reduce((best, at) => (Math.abs(weakest[at] - scores[at]) > Math.abs(weakest[best] - scores[best]) ? at : best), known[0] ?? 0);
  const half = (scores[0] + scores[scores.length - 1]) / 2;
  const past = (score: number): boolean => (measure === 'insertion' ? score >= half : score <= half);
  return known.find((at) => past(scores[at])) ?? known[0] ?? 0;
}

/** The reached point that lies nearest to a share. */
export function nearestPoint(shares: readonly number[], scores: readonly number[], share: number): number {
  const known = [...shares.keys()].filter((at) => Number.isFinite(scores[at]));
  return known.reduce((best, at) => (Math.abs(shares[at] - share) < Math.abs(shares[best] - share) ? at : best), known[0] ?? 0);
}
