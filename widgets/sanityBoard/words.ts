import { joinParts } from '../../src/figure/caption';
import { minus } from '../../src/figure/numbers';
import type { Likeness } from '../../src/metrics/sanity/likeness';
import { verdictRule } from '../../src/metrics/sanity/verdict';
import type { BoardData, BoardMap } from './data';
import { type BoardState, enlarged, isAlike } from './state';

export const measureNames: Record<keyof Likeness, string> = {
  absRank: 'rank correlation of |values|',
  rank: 'rank correlation of values',
  ssim: 'structural similarity of |values|',
};

/** Two decimals; a dash where there is nothing to compare. */
export const likenessText = (value: number | null | undefined): string => (value === null || value === undefined || Number.isNaN(value) ? '–' : minus(value.toFixed(2)));

export const headingOf = ({ model, target, photo }: BoardData): string => `Sanity check · ${model} · ${target} · ${photo.name}`;

export function detailsOf({ mode, weights, seed, rows, other }: BoardData): string {
  return joinParts([
    mode === 'cascade' ? 'weights re-drawn from the scores downwards, more at each step' : 'weights of one block or layer re-drawn at each step',
    weights === 'fresh' ? 'as for a new network (He-normal)' : 'each tensor’s own values shuffled',
    `seed ${seed}`,
    'each map on its own scale',
    other && `other class: the network as it is, for ${other}`,
    rows.some(({ beside }) => beside.some(({ kind }) => kind === 'random labels')) && 'random labels: a network that learnt labels dealt out at random by heart',
    `rule: ${verdictRule}`,
  ]);
}

export const captionOf = (data: BoardData): string => `${headingOf(data)} · ${detailsOf(data)}`;

/** What a screen reader is told. */
export const altOf = (data: BoardData): string => `${headingOf(data)}. ${data.rows.map(({ name, verdict }) => `${name} ${verdict}.`).join(' ')}${data.note ? ` Note: ${data.note}.` : ''}`;

/** The map that is enlarged, in words and numbers. */
export function statusOf(data: BoardData, state: BoardState): string {
  const { row, map, at } = enlarged(data, state);
  const { absRank, rank, ssim } = map.likeness;
  const numbers = `rank correlation of |values| ${likenessText(absRank)}, of values ${likenessText(rank)}, structural similarity ${likenessText(ssim)}; the highest of ${row.chance.maps} random maps: ${likenessText(row.chance.highest.absRank)}, ${likenessText(row.chance.highest.rank)}, ${likenessText(row.chance.highest.ssim)}`;
  if (!at) return `${row.name}, the original map; ${row.verdict}`;
  return `${row.name}, ${momentOf(data, map)}: ${numbers}${isAlike(row, map) ? '; alike' : ''}`;
}

/** What was done to the network, for a map of a row. */
export function momentOf({ stages, mode, other }: BoardData, { kind, title }: BoardMap): string {
  if (kind === 'step') return mode === 'independent' ? `${title} alone re-drawn` : title === stages[0] ? `${title} re-drawn` : `all re-drawn down to ${title}`;
  return { original: 'the network as it is', 'other class': `for ${other}`, 'random labels': 'trained on random labels' }[kind];
}

/** The same where there is little room. */
export const shortMoment = ({ stages, mode, other }: BoardData, { kind, title }: BoardMap): string =>
  kind === 'other class' ? (other ?? title) : `${kind === 'step' && mode === 'cascade' && title !== stages[0] ? 'down to ' : ''}${title}`;
