/** Float values as 16-bit codes: `(code - zero) * step`, so that 0 stays exactly 0. */
export interface Coded {
  step: number;
  zero: number;
}

/** The code of what is not finite. */
const missing = 65535;
const highest = 65534;

/** Codes the values between their least and greatest, and 0; of 65,534 steps each is half a step off at most. */
export function encodeFloats(values: Float32Array): { codes: Uint16Array; coded: Coded } {
  const { low, step } = stepOf(values);
  const zero = Math.round(-low / step) + 1;
  const codes = Uint16Array.from(values, (value) => (Number.isFinite(value) ? Math.round(value / step) + zero : missing));
  return { codes, coded: { step, zero } };
}

function stepOf(values: Float32Array): { low: number; step: number } {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // One step to spare at each end, for rounding zero's place.
  return { low, step: (high - low) / (highest - 2) || 1 };
}

/** The values in steps of a thousandth of their range, the ends as they are: what has no smooth places packs into half. */
export function coarsened(values: Float32Array): Float32Array {
  const { low, step } = stepOf(values);
  const high = low + step * (highest - 2);
  return values.map((value) => (value === low || value >= high || !Number.isFinite(value) ? value : Math.round(value / (64 * step)) * 64 * step));
}

export function decodeFloats(codes: Uint16Array, { step, zero }: Coded): Float32Array {
  const values = new Float32Array(codes.length);
  for (let at = 0; at < codes.length; at++) values[at] = codes[at] === missing ? NaN : (codes[at] - zero) * step;
  return values;
}

/** Differences between neighbours, small ones near 0 whatever their sign, high bytes before low ones: a smooth map packs into a quarter. */
export function toPlanes(codes: Uint16Array): Uint8Array {
  const planes = new Uint8Array(codes.length * 2);
  let last = 0;
  codes.forEach((code, at) => {
    const change = ((code - last) << 16) >> 16;
    const folded = ((change << 1) ^ (change >> 15)) & 0xffff;
    planes[at] = folded >> 8;
    planes[codes.length + at] = folded & 0xff;
    last = code;
  });
  return planes;
}

export function fromPlanes(planes: Uint8Array): Uint16Array {
  const count = planes.length / 2;
  const codes = new Uint16Array(count);
  let last = 0;
  for (let at = 0; at < count; at++) {
    const folded = (planes[at] << 8) | planes[count + at];
    last = (last + ((folded >> 1) ^ -(folded & 1))) & 0xffff;
    codes[at] = last;
  }
  return codes;
}
