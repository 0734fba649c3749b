import { logitText, percentage, readable } from '../../src/figure/numbers';
import type { ClassRow } from './classTable';
import type { ExplorerMap, ScoreKind } from './data';
import { type Box, scanOf } from './scan';

type Scale = Pick<ExplorerMap, 'decimals'>;

/** Of what is told beside the explained score. */
export const plainScale: Scale = { decimals: 2 };

/** A score or a logit with as many decimals as tell the windows apart, a probability as a percentage. */
export function valueText(value: number, kind: ScoreKind, { decimals }: Scale): string {
  if (kind === 'probability') return percentage(value);
  if (decimals === 2 || Math.abs(value) >= 1e4 || !Number.isFinite(value)) return kind === 'logit' ? logitText(value) : readable(value);
  return value.toFixed(decimals).replace('-', '−');
}

/** With its sign: −0.45, +3.1 points. */
export function changeText(before: number, after: number, kind: ScoreKind, { decimals }: Scale): string {
  const change = after - before;
  if (!Number.isFinite(change)) return '';
  if (kind === 'probability') return `${signed(change * 100, Math.abs(change) < 0.01 ? 2 : 1)}\u00a0points`;
  return Math.abs(change) < 1e4 ? signed(change, decimals) : `${change < 0 ? '' : '+'}${readable(change)}`;
}

function signed(value: number, decimals: number): string {
  const size = Math.abs(value).toFixed(decimals);
  return `${Number(size) === 0 ? '±' : value < 0 ? '−' : '+'}${size}`;
}

/** `9.17 → 8.73`; percentages with one sign. */
export function courseText(before: number, after: number, kind: ScoreKind, scale: Scale): string {
  const [from, to] = [valueText(before, kind, scale), valueText(after, kind, scale)];
  return `${kind === 'probability' ? from.replace(/\u00a0%$/, '') : from}\u00a0→\u00a0${to}`;
}

/** The first row and the last one, and so the columns. */
export const rowsText = ({ top, bottom }: Box): string => spanText('row', top, bottom - 1);
export const columnsText = ({ left, right }: Box): string => spanText('column', left, right - 1);

const spanText = (name: string, first: number, last: number): string => (first === last ? `${name} ${first}` : `${name}s ${first}–${last}`);

const longest = 60;

/** `tabby`, or `class 281` where there are no labels; a very long one without its end. */
export function labelOf({ index, label }: Pick<ClassRow, 'index' | 'label'>): string {
  const letters = [...label];
  return label === String(index) ? `class ${index}` : letters.length > longest ? `${letters.slice(0, longest).join('')}…` : label;
}

/** The other number of a class beside the one that is explained. */
export const otherKind = (kind: ScoreKind): ScoreKind => (kind === 'probability' ? 'logit' : 'probability');

/** What covering a window does to the target: `logit falls from 9.17 to 8.73 (−0.45), probability from 40.5 % to 37.2 %`. */
export function effectText(each: ExplorerMap, window: number): string {
  const { kind, score, other } = each;
  const [before, after] = [score.before, score.after[window]];
  const told = (from: number, to: number, of: ScoreKind, scale: Scale): string => `from ${valueText(from, of, scale)} to ${valueText(to, of, scale)}`;
  const beside = other ? `, ${otherKind(kind)} ${told(other.before, other.after[window], otherKind(kind), plainScale)}` : '';
  return `${kind} ${after === before ? `stays ${valueText(after, kind, each)}` : `${after < before ? 'falls' : 'rises'} ${told(before, after, kind, each)} (${changeText(before, after, kind, each)})`}${beside}`;
}

/** `17 of 169`, as wide for every window. */
export function countText(window: number, of: number): string {
  const [at, all] = [window + 1, of].map((count) => count.toLocaleString('en-US'));
  return `${at.padStart(all.length, '\u2007')} of ${all}`;
}

export const windowText = (each: ExplorerMap, window: number): string => `window ${countText(window, scanOf(each.grid).length).trim()}`;

/** What is special about a window. */
export const rankText = ({ fall, rise }: ExplorerMap, window: number): string => (window === fall ? 'the largest fall' : window === rise ? 'the largest rise' : '');
