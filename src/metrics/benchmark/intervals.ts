/** A number with the ends of its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

// Of the normal distribution, two-sided.
const z = 1.959963984540054;

/** A rate of hits with Wilson's interval (1927), which holds for few trials and for rates near 0 and 1. NaN for none. */
export function rateOf(hits: number, trials: number): Estimate {
  const p = hits / trials;
  const middle = (p + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const half = (z / (1 + z ** 2 / trials)) * Math.sqrt((p * (1 - p)) / trials + z ** 2 / (4 * trials ** 2));
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** A mean with the interval that its standard error gives; of one value it is that value alone. NaN for none. */
export function meanOf(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((sum, each) => sum + each, 0) / n;
  if (n < 2) return { value, low: value, high: value };
  const half = z * Math.sqrt(values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (n - 1) / n);
  return { value, low: value - half, high: value + half };
}
