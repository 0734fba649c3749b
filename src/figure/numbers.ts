import { format } from 'd3-format';

/** With a real minus sign. */
export const minus = (text: string): string => text.replace('-', '−');

/** A number for reading: a whole one as it is, else three significant digits; a real minus sign; powers of ten only where needed: 1.2 × 10⁻⁵. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (needsPower(value)) {
    const [digits, power] = value.toExponential(1).split('e');
    return `${minus(digits)}\u00a0×\u00a0${powerOfTen(Number(power))}`;
  }
  return minus(String(Number.isInteger(value) ? value : Number(value.toPrecision(3))));
}

/** Whether a number this size is easier read with a power of ten. */
export const needsPower = (value: number): boolean => value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3);

/** 10⁻⁵ */
export const powerOfTen = (exponent: number): string => `10${[...String(exponent)].map((sign) => superscripts[sign]).join('')}`;

const superscripts: Record<string, string> = { '-': '⁻', ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((raised, digit) => [digit, raised])) };

/** A count in three digits: 864, 1.73 k, 138 M, 15.5 G. */
export const quantity = (count: number): string => (count < 1000 ? String(count) : format('.3~s')(count).replace(/[a-z]$/i, '\u00a0$&'));

/** A share as a percentage: 62 %, 0.4 %. */
export const percent = (share: number): string => `${share > 0 && share < 0.01 ? '<1' : Math.round(share * 100)}\u00a0%`;

/** A probability as a percentage for tables and bars: 62.1 %, 0.04 %, <0.01 %, which 0 is too. */
export function percentage(p: number): string {
  const share = p * 100;
  return `${share < 0.01 ? '<0.01' : share.toFixed(share >= 1 ? 1 : 2)}\u00a0%`;
}

/** A probability with as many digits as matter: 0.62, 0.00041, 1.0 × 10⁻⁷. */
export const probability = (p: number): string => (p >= 0.001 || p === 0 ? format('.3~f')(p) : p >= 1e-6 ? String(Number(p.toPrecision(2))) : readable(p));

/** A logit: two decimals, so that those of several classes line up. */
export const logitText = (logit: number): string => (Math.abs(logit) < 1e4 ? minus(logit.toFixed(2)) : readable(logit));
