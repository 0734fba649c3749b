/** Where a path from the baseline (0) to the image (1) is looked at, and what each place counts; the weights add up to 1. */
export interface Rule {
  nodes: readonly number[];
  weights: readonly number[];
}

/** How the path is cut: `'gauss-legendre'` is exact for the smoothest gradients, `'trapezoid'` includes both ends; the others are Riemann sums. */
export type Quadrature = 'gauss-legendre' | 'trapezoid' | 'left' | 'right' | 'middle';

const rules: Record<Quadrature, (steps: number) => Rule> = {
  'gauss-legendre': gaussLegendre,
  trapezoid: (steps) => {
    if (steps < 2) throw new RangeError(`quadrature "trapezoid" needs at least 2 steps, got ${steps}`);
    const share = 1 / (steps - 1);
    return { nodes: places(steps, (i) => i * share), weights: places(steps, (i) => (i === 0 || i === steps - 1 ? share / 2 : share)) };
  },
  left: (steps) => even(steps, 0),
  middle: (steps) => even(steps, 0.5),
  right: (steps) => even(steps, 1),
};

export const quadratures = Object.keys(rules) as Quadrature[];

export const ruleOf = (quadrature: Quadrature, steps: number): Rule => rules[quadrature](steps);

const places = (steps: number, at: (i: number) => number): number[] => Array.from({ length: steps }, (_, i) => at(i));

const even = (steps: number, shift: number): Rule => ({ nodes: places(steps, (i) => (i + shift) / steps), weights: places(steps, () => 1 / steps) });

/** The zeros of the Legendre polynomial P_n, moved from -1..1 to 0..1, found by Newton's method from a close guess (Abramowitz & Stegun 22.16.6). */
function gaussLegendre(n: number): Rule {
  const nodes = places(n, (i) => {
    let z = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    // The digits double at each turn.
    for (let turn = 0; turn < 6; turn++) {
      const { value, slope } = legendre(n, z);
      z -= value / slope;
    }
    return z;
  });
  const weights = nodes.map((z) => 1 / ((1 - z * z) * legendre(n, z).slope ** 2));
  return { nodes: nodes.map((z) => (z + 1) / 2), weights };
}

/** P_n and its derivative at z. */
function legendre(n: number, z: number): { value: number; slope: number } {
  let [before, value] = [1, z];
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * z * value - (k - 1) * before) / k];
  return { value, slope: (n * (z * value - before)) / (z * z - 1) };
}
