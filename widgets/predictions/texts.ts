import { nameOf } from '../../src/figure/caption';
import { logitText, needsPower, readable } from '../../src/figure/numbers';
import { changeOf, marginOf, type Measure, type Row, valuesOf } from './rows';

/** 62.1 %, 0.04 %, <0.01 %. */
export function percentage(score: number): string {
  const share = score * 100;
  if (share > 0 && share < 0.01) return '<0.01\u00a0%';
  return `${share >= 1 || share === 0 ? share.toFixed(1) : share.toFixed(2)}\u00a0%`;
}

/** Four digits: 40.52 %, 0.1768 %; of what is next to nothing two, 3.1 × 10⁻⁵ %. */
export function exactly(score: number): string {
  const share = Number((score * 100).toPrecision(4));
  return `${needsPower(share) ? readable(share) : share}\u00a0%`;
}

/** A value as it stands beside its bar; on a logarithmic scale small ones count too. */
export const valueText = (value: number, measure: Measure, small = false): string => (measure === 'logit' ? logitText(value) : small && value < 0.001 ? `${readable(Number((value * 100).toPrecision(2)))}\u00a0%` : percentage(value));

/** With its sign: +12.3 points, −0.42. */
export function changeText(change: number, measure: Measure): string {
  const text = measure === 'logit' ? logitText(Math.abs(change)) : (Math.abs(change) * 100).toFixed(Math.abs(change) < 0.01 ? 2 : 1);
  return `${Number(text) === 0 ? '±' : change > 0 ? '+' : '−'}${text}`;
}

export const pointsText = (share: number): string => `${(share * 100).toFixed(share < 0.01 ? 2 : 1)}\u00a0points`;

/** `lynx`, or `class 287` where there are no labels. */
export const labelText = ({ index, label }: Row): string => (label === String(index) ? `class ${index}` : label);

/** `8.9 points (logit 0.25) ahead of tiger cat (282)`. */
export function marginText(rows: readonly Row[], set: number): string | undefined {
  const margin = marginOf(rows, set);
  return margin && `${distance(margin.score, margin.logit)} ahead of ${nameOf(margin.second)}`;
}

const distance = (score: number, logit: number): string => `${pointsText(score)} (logit\u00a0${logitText(logit)})`;

/** What is known of a class, with all digits. */
export function rowText(row: Row, rows: readonly Row[]): string {
  if (row.score.length > 1) return `${nameOf(row)}: ${both(row, 'probability')}; ${both(row, 'logit')}`;
  const [[score], [logit]] = [row.score, row.logit];
  if (score === null || logit === null) return `${nameOf(row)}: not finite`;
  const margin = marginOf(rows, 0);
  const behind = margin && margin.first !== row && `${distance((margin.first.score[0] as number) - score, (margin.first.logit[0] as number) - logit)} behind ${nameOf(margin.first)}`;
  return [`${nameOf(row)}: probability ${exactly(score)}, logit ${logit.toFixed(4).replace('-', '−')}`, margin && (behind || marginText(rows, 0))].filter(Boolean).join('; ');
}

/** `probability 40.52 % before, 12.1 % after (−28.4 points)`. */
function both(row: Row, measure: Measure): string {
  const [before, after] = valuesOf(row, measure).map((value) => (value === null ? 'not told' : measure === 'logit' ? logitText(value) : exactly(value)));
  const change = changeOf(row, measure);
  return `${measure} ${before} before, ${after} after${change === null ? '' : ` (${changeText(change, measure)}${measure === 'logit' ? '' : ' points'})`}`;
}
