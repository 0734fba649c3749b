import { powerOfTen } from '../../src/figure/numbers';

/** How the numbers of a grid are written: all with as many decimals, very small or large ones as multiples of a power of ten. */
export interface NumberStyle {
  text(value: number): string;
  /** `× 10⁻³`, where they are multiples. */
  factor?: string;
}

/** For numbers up to this size, in `letters` letters at most: a sign, a point and the digits. */
export function numberStyle(greatest: number, letters: number): NumberStyle {
  const plain = greatest === 0 || (greatest >= 0.1 && greatest < 1000);
  const exponent = plain ? 0 : 3 * Math.floor(Math.log10(greatest) / 3);
  const before = Math.max(1, Math.floor(Math.log10(greatest / 10 ** exponent || 1)) + 1);
  const decimals = Math.max(0, letters - 2 - before);
  // Nothing that rounds to 0 keeps a minus sign.
  const written = (value: number): string => (value / 10 ** exponent).toFixed(decimals).replace(/^-(?=[0.]*$)/, '').replace('-', '−');
  return { text: (value) => (value === 0 ? '0' : written(value)), factor: exponent ? `× ${powerOfTen(exponent)}` : undefined };
}
