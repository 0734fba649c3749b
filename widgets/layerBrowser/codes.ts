// A byte for a value: 0 to 254, the value 0 exactly at one of them; the last byte is for what is no number.
export const broken = 255;
const last = 254;

/** The code of the value 0, and how many codes lie between it and the greatest. */
const zeroOf = (signed: boolean): number => (signed ? last / 2 : 0);
const stepsOf = (signed: boolean): number => last - zeroOf(signed);

/** Maps of one size as bytes, one after the other; each value within half a step, a 508th of its map's greatest, or of a map with both signs a 254th. */
export function encodeMaps(maps: readonly Float32Array[], signed: boolean): { codes: Uint8Array; tops: Float32Array } {
  const size = maps[0].length;
  const codes = new Uint8Array(maps.length * size);
  const zero = zeroOf(signed);
  const tops = Float32Array.from(maps, greatest);
  maps.forEach((map, at) => {
    const scale = tops[at] ? stepsOf(signed) / tops[at] : 0;
    codes.set(Uint8Array.from(map, (value) => (Number.isFinite(value) ? Math.round(value * scale) + zero : broken)), at * size);
  });
  return { codes, tops };
}

/** The greatest size of a value; what is not finite is left out. */
export function greatest(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** The value of each code, for a map with this top; NaN for what is none. */
export function valuesOfCodes(top: number, signed: boolean): Float32Array {
  const table = Float32Array.from({ length: 256 }, (_, code) => ((code - zeroOf(signed)) * top) / stepsOf(signed));
  table[broken] = NaN;
  return table;
}

/** How far apart two neighbouring values are. */
export const stepOf = (top: number, signed: boolean): number => top / stepsOf(signed);
