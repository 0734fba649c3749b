import { format } from 'd3-format';

const minus = (text: string): string => text.replace('-', '−');

/** A number for reading: three significant digits, a real minus sign, powers of ten only where needed. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e5 || size < 1e-3) {
    const [digits, power] = value.toExponential(1).split('e');
    return `${minus(digits)}e${minus(power.replace('+', ''))}`;
  }
  return minus(String(Number(value.toPrecision(3))));
}

/** A share as a percentage: 62 %, 0.4 %. */
export const percent = (share: number): string => `${share > 0 && share < 0.01 ? '<1' : Math.round(share * 100)}\u00a0%`;

/** A probability with as many digits as matter: 0.62, 0.00041, 1.0e−7. */
export const probability = (p: number): string => (p >= 0.001 || p === 0 ? format('.3~f')(p) : p >= 1e-6 ? String(Number(p.toPrecision(2))) : readable(p));

/** A logit: two decimals, so that those of several classes line up. */
export const logitText = (logit: number): string => (Math.abs(logit) < 1e4 ? minus(logit.toFixed(2)) : readable(logit));
