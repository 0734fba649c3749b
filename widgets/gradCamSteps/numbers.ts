import { powerOfTen } from '../../src/figure/numbers';

/** How a set of numbers is written: all as multiples of one power of ten, with as many decimals as their size asks for. */
export interface Notation {
  /** What a number is multiplied by before it is written. */
  factor: number;
  /** ` × 10⁻³`, or nothing. */
  power: string;
  /** Without the power: `3.31`, `−0.42`, `0`. */
  text(value: number): string;
  /** The same with a plus sign. */
  signed(value: number): string;
}

/** The notation for numbers up to `size`, in so many digits; a power of ten for what is smaller than `least`. */
export function notationFor(size: number, digits = 3, least = 0.1): Notation {
  const power = powerIn(size);
  const exponent = size > 0 && (size < least || size >= 1000) ? power : 0;
  return notation(exponent, Math.max(0, digits - 1 - Math.max(0, power - exponent)));
}

/** The notation in whole numbers of two digits at most. */
export const wholeNotation = (size: number): Notation => notation(size > 0 ? powerIn(size) - 1 : 0, 0);

const powerIn = (size: number): number => (size > 0 ? Math.floor(Math.log10(size)) : 0);

function notation(exponent: number, decimals: number): Notation {
  const factor = 10 ** -exponent;
  const text = (value: number): string => (value === 0 ? '0' : minus((value * factor).toFixed(decimals).replace(/^-(0\.?0*)$/, '$1')));
  return { factor, power: exponent ? `\u00a0×\u00a0${powerOfTen(exponent)}` : '', text, signed: (value) => `${value > 0 ? '+' : ''}${text(value)}` };
}

const minus = (text: string): string => text.replace('-', '−');

/** A share of the final map: +5.3 %, −0.02 %, 0 %. */
export function shareText(share: number): string {
  const size = Math.abs(share * 100);
  if (!Number.isFinite(size)) return '–';
  if (size === 0) return '0\u00a0%';
  const digits = size >= 99.95 ? size.toFixed(0) : size >= 0.995 ? size.toFixed(1) : size >= 0.0095 ? size.toFixed(2) : '<0.01';
  return `${share < 0 ? '−' : '+'}${digits}\u00a0%`;
}

/** The same of several channels together, where a plus would say nothing. */
export const totalText = (share: number): string => shareText(share).replace('+', '');

/** A correlation: 0.94; a dash where there is none. 1 only where it is. */
export const correlationText = (r: number | null): string => (r === null ? '–' : r > 0.995 && r < 0.9995 ? r.toFixed(3) : minus(r.toFixed(2)));
