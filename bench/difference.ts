import { existsSync, readFileSync } from 'node:fs';

/** |a - b| / |b| of two maps in files; undefined where one was not left. `scaled` first brings both to 0..1. */
export function difference(ours: string, theirs: string, scaled: boolean): number | undefined {
  if (!existsSync(ours) || !existsSync(theirs)) return undefined;
  const [a, b] = [ours, theirs].map((file) => (scaled ? toUnit(floats(file)) : floats(file)));
  if (a.length !== b.length) return NaN;
  return relative(a, b);
}

export const relative = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let apart = 0;
  let whole = 0;
  for (let i = 0; i < b.length; i++) {
    apart += (a[i] - b[i]) ** 2;
    whole += b[i] ** 2;
  }
  return Math.sqrt(apart / whole);
};

function floats(file: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function toUnit(values: Float32Array): Float32Array {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return values.map((value) => (value - least) / (most - least));
}
