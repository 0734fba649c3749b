import { remembered } from './memo';
import type { Sign } from './normalize';

/** Which values are among the strongest share `keep` of all: 1 or 0 for each. Zero is no evidence, whatever the share asked for. */
export function strongest(values: Float32Array, keep: number, sign: Sign = 'positive'): Uint8Array {
  const size = sign === 'positive' ? (value: number) => value : Math.abs;
  const sorted = remembered(values, `sorted ${sign}`, () => values.map(size).filter((value) => !Number.isNaN(value)).sort());
  const kept = Math.round(sorted.length * keep);
  const limit = kept ? sorted[sorted.length - kept] : Infinity;
  return Uint8Array.from(values, (value) => (size(value) > 0 && size(value) >= limit ? 1 : 0));
}
