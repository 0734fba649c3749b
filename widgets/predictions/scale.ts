import { scaleLinear, scaleLog } from 'd3-scale';
import { powerOfTen } from '../../src/figure/numbers';
import { type Measure, type Row, valuesOf } from './rows';

/** How a probability becomes a length. */
export type Scale = 'linear' | 'log';
export const scales: readonly Scale[] = ['linear', 'log'];

/** Where values are, in pixels from the left of the chart. */
export interface BarScale {
  x(value: number): number;
  /** Where bars begin. */
  start: number;
  ticks: { x: number; text: string }[];
}

// A probability below this says no more than 0 does.
const smallest = 1e-8;

/** From 0 to 1, from the power of ten below the least probability to 1, or over all logits and 0. */
export function barScale(rows: readonly Row[], measure: Measure, scale: Scale, width: number): BarScale {
  const known = rows.flatMap((row) => valuesOf(row, measure)).filter((value): value is number => value !== null);
  if (measure === 'logit') return logits(known, width);
  return scale === 'log' ? decades(known, width) : shares(width);
}

function shares(width: number): BarScale {
  const at = scaleLinear([0, 1], [0, width]);
  const marks = width < 130 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return { x: at, start: 0, ticks: marks.map((value) => ({ x: at(value), text: `${value * 100}${value === 1 ? ' %' : ''}` })) };
}

function decades(known: readonly number[], width: number): BarScale {
  const least = Math.min(...known.filter((value) => value > 0), 0.1);
  const lowest = Math.floor(Math.log10(Math.max(smallest, least)) + 1e-9);
  const at = scaleLog([10 ** lowest, 1], [0, width]).clamp(true);
  const every = Math.ceil((-lowest + 1) / Math.max(2, Math.floor(width / 48)));
  const exponents = Array.from({ length: -lowest + 1 }, (_, below) => -below).filter((exponent) => exponent % every === 0);
  return { x: (value) => at(Math.max(value, 10 ** lowest)), start: 0, ticks: exponents.map((exponent) => ({ x: at(10 ** exponent), text: decadeText(exponent) })) };
}

/** 1 %, 0.01 %, 10⁻⁵ %. */
const decadeText = (exponent: number): string => `${exponent >= -4 ? Number((100 * 10 ** exponent).toPrecision(1)) : powerOfTen(exponent + 2)} %`;

function logits(known: readonly number[], width: number): BarScale {
  const at = scaleLinear([Math.min(0, ...known), Math.max(0, ...known)], [0, width]);
  const ticks = at.nice(5).ticks(Math.max(2, Math.floor(width / 48)));
  const text = at.tickFormat(ticks.length);
  return { x: at, start: at(0), ticks: ticks.map((value) => ({ x: at(value), text: text(value) })) };
}
