import type { Cursor } from './crossHair';

/** The row and the column of a grid that a cursor is in. */
export const cellOf = ({ u, v }: Cursor, [rows, columns]: readonly number[]): [row: number, column: number] => [cell(v, rows), cell(u, columns)];

/** The same as a place in its values, row by row. */
export function cellAt(cursor: Cursor, shape: readonly number[]): number {
  const [row, column] = cellOf(cursor, shape);
  return row * shape[1] + column;
}

/** The cursor in the middle of a cell, by its place among the values. */
export const cursorAt = (at: number, [rows, columns]: readonly number[]): Cursor => ({ u: ((at % columns) + 0.5) / columns, v: (Math.floor(at / columns) + 0.5) / rows });

const cell = (share: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(share * count)));

/** The share of values below this one, ties by half, 0 to 1. */
export function rankOf(value: number, values: Float32Array): number {
  let below = 0;
  let known = 0;
  for (const each of values) {
    if (Number.isNaN(each)) continue;
    known += 1;
    below += each < value ? 1 : each === value ? 0.5 : 0;
  }
  return known ? below / known : 0;
}
