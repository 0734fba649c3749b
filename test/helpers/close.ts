import * as assert from 'uvu/assert';

/** |a - b| / |b|, as vectors. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.is(a.length, b.length, `lengths differ: ${a.length} and ${b.length}`);
  let difference = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference) / (Math.sqrt(size) || 1);
}

export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  const error = relativeError(actual, expected);
  assert.ok(error <= tolerance, `relative error ${error.toExponential(2)} > ${tolerance}\n  actual   ${head(actual)}\n  expected ${head(expected)}`);
}

const head = (values: ArrayLike<number>): string => Array.from(values).slice(0, 12).map((value) => value.toPrecision(6)).join(', ');
