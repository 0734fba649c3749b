import { agreementOfColumns, agreementOfRows } from './agreements';
import { correlationOf, type Table } from './cells';
import type { CompareData } from './data';
import type { NamedMatrix } from './matrix';
import type { CompareState } from './state';

/** How far the columns agree, and how far the rows do: each where there is more than one, of the same picture. */
export function matricesOf(data: CompareData, { cells, columns }: Table): NamedMatrix[] {
  const correlation = correlationOf(data);
  const { rows, rowsAre, columnsAre, sign } = data;
  const measure = `Spearman’s rank correlation of the ${sign === 'absolute' ? 'sizes of the ' : ''}values`;
  const named = (of: NamedMatrix['of'], labels: string[], are: string, others: string): NamedMatrix[] => {
    // A random map says nothing of the rows.
    const matrix = of === 'columns' ? agreementOfColumns(cells, correlation) : agreementOfRows(cells.map((row) => row.map((cell) => (cell?.kind === 'map' ? cell : undefined))), correlation);
    if (!matrix) return [];
    return [{ ...matrix, of, labels, title: `Agreement of the ${are}`, details: matrix.pairs > 1 ? `${measure}, mean over the ${others}` : measure }];
  };
  return [...named('columns', columns.map(({ title }) => title), columnsAre, rowsAre), ...named('rows', rows.map(({ title }) => title), rowsAre, columnsAre)];
}

/** What is marked in a matrix: the pair that is pointed at, or the row and column of the chosen cell. */
export function marksIn({ of }: NamedMatrix, { pair, chosen }: CompareState, { cells }: Table): number[] {
  if (pair) return pair.of === of ? [pair.a, pair.b] : [];
  const row = cells.findIndex((each) => each.some((cell) => cell?.key === chosen));
  if (row < 0) return [];
  return [of === 'rows' ? row : cells[row].findIndex((cell) => cell?.key === chosen)];
}

/** Whether a cell belongs to the pair that is pointed at. */
export function isInPair({ cells }: Table, pair: CompareState['pair'], key: string): boolean {
  if (!pair) return false;
  const isOne = (at: number): boolean => at === pair.a || at === pair.b;
  return cells.some((row, line) => row.some((cell, column) => cell?.key === key && isOne(pair.of === 'rows' ? line : column)));
}
