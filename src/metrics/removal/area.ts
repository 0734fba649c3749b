/** The area under the points that have a score, by trapezoids, over the width that they span; NaN for fewer than two. */
export function areaUnder(shares: readonly number[], scores: readonly number[]): number {
  const known = [...shares.keys()].filter((at) => !Number.isNaN(scores[at]));
  if (known.length < 2) return NaN;
  const area = known.slice(1).reduce((sum, at, i) => sum + ((shares[at] - shares[known[i]]) * (scores[at] + scores[known[i]])) / 2, 0);
  return area / (shares[known[known.length - 1]] - shares[known[0]]);
}
