import { quantileSorted } from '../../src/quantileSorted';

/** How often values fall into bins of equal width from `low` to `high`, 0 among them. */
export interface Histogram {
  low: number;
  high: number;
  counts: number[];
  /** The least value, the quartiles, the greatest; NaN where there are no values. */
  quartiles: readonly number[];
}

const bins = 24;

export function histogramOf(values: Float32Array): Histogram {
  const known = values.filter(Number.isFinite).sort();
  const [low, high] = [Math.min(0, known[0] ?? 0), Math.max(0, known[known.length - 1] ?? 0)];
  const counts = Array<number>(bins).fill(0);
  for (const value of known) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins))]++;
  return { low, high, counts, quartiles: [0, 0.25, 0.5, 0.75, 1].map((share) => quantileSorted(known, share)) };
}
