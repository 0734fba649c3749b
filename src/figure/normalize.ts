import { between, finite, oneOf, shown } from '../check';
import { quantileSorted } from '../quantileSorted';
import { remembered } from './memo';

/** What of a value is shown: only what speaks for the class, its size, or both signs about 0. */
export type Sign = 'positive' | 'absolute' | 'signed';
export const signs: readonly Sign[] = ['positive', 'absolute', 'signed'];

/** The values that get the first and the last colour. */
export type Range = readonly [low: number, high: number];

// What one extreme pixel may exceed the rest by before it is clipped.
const tolerated = 1.25;

/**
 * The range of values that the colours span: `[0, top]` for positive and absolute, `[-top, top]` for signed.
 * `top` is the `clip`th percentile of what is shown; without `clip`, the greatest value, or the 99.5th percentile where the
 * greatest is more than a quarter above it. `[0, 0]` when there is nothing to show. NaN is left out.
 */
export function valueRange(values: Float32Array, sign: Sign, clip?: number): Range {
  oneOf('sign', sign, signs);
  if (clip !== undefined) between('clip', clip, 1, 100);
  return remembered(values, `valueRange ${sign} ${clip}`, () => spanned(values, sign, clip));
}

function spanned(values: Float32Array, sign: Sign, clip: number | undefined): Range {
  // Plain loops: a page draws this before its script is warm.
  const sizes = new Float32Array(values.length);
  let known = 0;
  let greatest = 0;
  for (let at = 0; at < values.length; at++) {
    const size = sign === 'positive' ? Math.max(0, values[at]) : Math.abs(values[at]);
    if (!Number.isFinite(size)) continue;
    sizes[known++] = size;
    if (size > greatest) greatest = size;
  }
  if (!greatest) return [0, 0];
  const sorted = (clip === undefined ? everySoMany(sizes.subarray(0, known)) : sizes.subarray(0, known)).sort();
  const percentile = quantileSorted(sorted, (clip ?? 99.5) / 100);
  // A map with a few bright pixels would vanish if the percentile fell on its zeros.
  const top = !percentile || (clip === undefined && greatest <= percentile * tolerated) ? greatest : percentile;
  return sign === 'signed' ? [-top, top] : [0, top];
}

/** A part of them that tells a percentile as well, and sorts in no time. */
function everySoMany(sizes: Float32Array): Float32Array {
  const step = Math.ceil(sizes.length / 20_000);
  if (step === 1) return sizes;
  const some = new Float32Array(Math.ceil(sizes.length / step));
  for (let at = 0; at < some.length; at++) some[at] = sizes[at * step];
  return some;
}

/** The values as positions in `range`, 0 to 1, ends clipped. Without a span everything is at the place of 0. NaN stays NaN. */
export function normalize(values: Float32Array, [low, high]: Range, sign: Sign): Float32Array {
  const flat = sign === 'signed' ? 0.5 : 0;
  const span = high - low;
  return values.map((value) => {
    if (Number.isNaN(value)) return NaN;
    const shownValue = sign === 'absolute' ? Math.abs(value) : value;
    return span > 0 ? Math.min(1, Math.max(0, (shownValue - low) / span)) : flat;
  });
}

/** Checks a range that a user gave. */
export function checkRange(range: unknown): Range {
  if (!Array.isArray(range) || range.length !== 2) throw new TypeError(`range must be [low, high], got ${shown(range)}`);
  const [low, high] = [finite('range low', range[0]), finite('range high', range[1])];
  if (low >= high) throw new RangeError(`range must rise, got ${shown(range)}`);
  return [low, high];
}
