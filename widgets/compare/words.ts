import { joinParts } from '../../src/figure/caption';
import { percent, readable } from '../../src/figure/numbers';
import { roomFor, shorten } from '../../src/figure/text';
import { cellAt, cellOf, rankOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import { allCells, aloneIn, type Cell, correlationOf, type Table } from './cells';
import type { CompareData } from './data';
import { matricesOf } from './matrices';
import { correlationText } from './matrix';
import type { CompareState } from './state';

/** What stands below a cell: the value at the cursor and how many of the map's are greater, or else how far its values go. */
export function underCell(data: CompareData, state: CompareState, cell: Cell, room: number): string {
  if (cell.kind === 'photo') return '';
  if (!state.cursor) return fitting(extent(data, state, cell), room);
  const value = valueAt(state, cell);
  return fitting(Number.isNaN(value) ? ['no value'] : [`${readable(value)} · top ${topShare(value, cell)}`, readable(value)], room);
}

const topShare = (value: number, { map }: Cell): string => percent(1 - rankOf(value, map.values));

/** On a scale of its own, what the scale's end stands for. */
function extent(data: CompareData, state: CompareState, { place }: Cell): string[] {
  const [least, most] = data.extremes[place];
  // NaN has become null on its way to a page.
  if (!Number.isFinite(most)) return ['no values'];
  if (state.scale === 'relative') {
    const told = `${data.sign === 'signed' && least < 0 ? '±' : ''}1 = ${readable(data.tops[place])}`;
    return [`${told} ${data.maps[place].unit}`, told];
  }
  return data.sign === 'positive' || !(least < 0) ? [`max ${readable(most)}`] : [`${readable(least)} to ${readable(most)}`, `max ${readable(most)}`];
}

const fitting = (texts: readonly string[], room: number): string => texts.find((text) => roomFor(text, 11) <= room) ?? shorten(texts[texts.length - 1], room, 11);

/** The value of a cell's map at the cursor; NaN without a cursor. */
export const valueAt = ({ cursor }: CompareState, { map }: Cell): number => (cursor ? map.values[cellAt(cursor, map.shape)] : NaN);

/** Which scale the maps are on. */
export function scaleTold({ maps }: CompareData, { scale }: CompareState): string {
  if (scale === 'relative') return 'each map divided by its own greatest value';
  return maps.every(({ unit }) => unit === maps[0].unit) ? 'one scale for all' : 'one scale for all, though their units differ';
}

/** The agreement of two maps, where there is no matrix. */
export function pairTold({ maps, agreement, correlations }: CompareData): string {
  const correlation = maps.length === 2 && !agreement ? correlations[0][1] : null;
  return correlation === null ? '' : `rank correlation ${correlationText(correlation)}`;
}

/** All maps in plain words. */
export function altOfAll(data: CompareData, state: CompareState, table: Table): string {
  const kind = state.as === 'overlay' ? 'Overlay' : 'Heatmap';
  const randoms = allCells(table).filter((cell) => cell.kind === 'random').map(({ title }) => `${title}.`);
  return [`Comparison of ${data.maps.length} maps, ${scaleTold(data, state)}.`, ...data.words.map((words) => `${kind} ${words}`), ...randoms, ...matricesTold(data, table)].join(' ');
}

/** Of each matrix, the two that agree least and the two that agree most. */
function matricesTold(data: CompareData, table: Table): string[] {
  if (!data.agreement) return [];
  return matricesOf(data, table).map(({ title, labels, values }) => {
    const pairs = values.flatMap((row, a) => row.map((value, b) => ({ a, b, value })).filter(({ b, value }) => b > a && !Number.isNaN(value))).sort((one, other) => one.value - other.value);
    const told = ({ a, b, value }: (typeof pairs)[number]): string => `${correlationText(value)} (${labels[a]} and ${labels[b]})`;
    return `${title}, as rank correlation: ${pairs.length > 1 ? `from ${told(pairs[0])} to ${told(pairs[pairs.length - 1])}` : told(pairs[0])}.`;
  });
}

/** What is pointed at, for the line under the drawing: the values of all maps at the cursor, the chosen one first; or how far two agree; or what a map agrees with. */
export function statusOf(data: CompareData, state: CompareState, table: Table): string {
  if (state.pair) return pairStatus(data, state.pair, table);
  const cells = allCells(table).filter(({ kind }) => kind !== 'photo');
  const alone = aloneIn(table, state);
  const chosen = alone ?? cells.find(({ key }) => key === state.chosen);
  if (state.cursor) return cursorStatus(data, state, table, state.cursor, chosen, alone !== undefined);
  if (chosen) return joinParts([chosen.kind === 'map' ? `${chosen.title}: ${heatOf(data.words[chosen.place])}` : chosen.title, agreesWith(data, chosen, cells)]);
  return 'point at a map: the same place is marked in all of them, with the value of each';
}

// More than this nobody listens to.
const mostTold = 8;

/** The values at the cursor: of the chosen map, and of the others in its row. */
function cursorStatus({ rows, sizes }: CompareData, state: CompareState, { cells, columns, photos }: Table, cursor: Cursor, chosen: Cell | undefined, alone: boolean): string {
  const at = Math.max(0, cells.findIndex((row, line) => row.includes(chosen) || photos?.[line]?.key === state.chosen));
  const inRow = cells[at].map((cell, column) => ({ cell, title: columns[column].title })).filter((each): each is { cell: Cell; title: string } => each.cell !== undefined);
  const first = inRow.find(({ cell }) => cell === chosen) ?? inRow[0];
  const [row, column] = cellOf(cursor, sizes[first.cell.place]);
  const told = (alone ? [first] : [first, ...inRow.filter((each) => each !== first)]).map(({ cell, title }) => `${title} ${valueTold(valueAt(state, cell), cell)}`);
  const more = told.length - mostTold;
  return `${joinParts([rows[at].title, `row ${row}, column ${column}`])}: ${told.slice(0, mostTold).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const valueTold = (value: number, cell: Cell): string => (Number.isNaN(value) ? 'no value' : `${readable(value)} (top ${topShare(value, cell)})`);

/** "of Grad-CAM on cat for tabby (281): hottest at ..." without what the title tells. */
export const heatOf = (words: string): string => words.slice(words.indexOf(': ') + 2).replace(/\.$/, '');

function agreesWith(data: CompareData, cell: Cell, cells: readonly Cell[]): string {
  const correlation = correlationOf(data);
  const told = cells.filter((other) => other !== cell).map((other) => ({ other, value: correlation(cell, other) })).filter(({ value }) => !Number.isNaN(value));
  return told.length ? `rank correlation with ${told.slice(0, mostTold).map(({ other, value }) => `${other.title} ${correlationText(value)}`).join(', ')}` : '';
}

function pairStatus(data: CompareData, { of, a, b }: NonNullable<CompareState['pair']>, table: Table): string {
  const matrix = matricesOf(data, table).find((each) => each.of === of);
  if (!matrix) return '';
  const value = matrix.values[a][b];
  return `${matrix.labels[a]} and ${matrix.labels[b]}: ${Number.isNaN(value) ? 'nothing to compare' : `rank correlation ${correlationText(value)}`}`;
}
