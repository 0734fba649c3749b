import type { PatchesData, PatchRow } from './data';

/** A patch, by its row and its place in it. */
export interface Spotted {
  row: number;
  patch: number;
}

export type RowOrder = 'given' | 'strongest' | 'rarest';

export interface PatchesState {
  /** Whether the whole images are shown, with the crops framed in them. */
  whole: boolean;
  order: RowOrder;
  /** What is shown large. */
  picked: Spotted;
  /** What is pointed at. */
  over?: Spotted;
}

/** The first patch there is. */
export const start = ({ rows }: PatchesData): PatchesState => ({ whole: false, order: 'given', picked: { row: Math.max(0, rows.findIndex(({ patches }) => patches.length)), patch: 0 } });

/** The rows in the order asked for, by their places in the data; a channel's least patches stay below its strongest. */
export function orderedRows({ rows }: PatchesData, { order }: PatchesState): number[] {
  const places = rows.map((_, at) => at);
  if (order === 'given') return places;
  const measure = (row: PatchRow): number => (order === 'strongest' ? -row.histogram.high : row.fired);
  // Stable: both rows of a channel have the same measure.
  return places.sort((a, b) => measure(rows[a]) - measure(rows[b]) || a - b);
}

/** Where a key leads; undefined for other keys. */
export function moved(key: string, data: PatchesData, state: PatchesState): Spotted | undefined {
  const { row, patch } = state.picked;
  const last = data.rows[row].patches.length - 1;
  const to: Record<string, number> = { ArrowLeft: Math.max(0, patch - 1), ArrowRight: Math.min(last, patch + 1), Home: 0, End: last };
  if (key in to) return last < 0 ? undefined : { row, patch: to[key] };
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const filled = orderedRows(data, state).filter((each) => data.rows[each].patches.length);
  const next = filled[filled.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)];
  return next === undefined ? { row, patch } : { row: next, patch: Math.min(patch, data.rows[next].patches.length - 1) };
}
