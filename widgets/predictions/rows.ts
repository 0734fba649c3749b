/** A class with what each set gives it: one set, or before and after. */
export interface Row {
  index: number;
  label: string;
  /** The probability, 0..1; null where the set does not tell it. */
  score: readonly (number | null)[];
  /** The score before softmax. */
  logit: readonly (number | null)[];
}

/** What a bar is as long as. */
export type Measure = 'probability' | 'logit';
export const measures: readonly Measure[] = ['probability', 'logit'];

/** By what rows are ordered: what the first set finds likeliest, what the last one does, or what changed most. */
export type Order = 'before' | 'after' | 'change';
export const orders: readonly Order[] = ['before', 'after', 'change'];

export const valuesOf = (row: Row, measure: Measure): readonly (number | null)[] => (measure === 'logit' ? row.logit : row.score);

/** After minus before; null for one set, and where either is not known. */
export function changeOf(row: Row, measure: Measure): number | null {
  const [before, after] = valuesOf(row, measure);
  return before === null || after === null || after === undefined ? null : after - before;
}

/** The rows in that order, what is not known last; those that are equal stay as they were. */
export function ordered(rows: readonly Row[], order: Order, measure: Measure): Row[] {
  const key = (row: Row): number => {
    if (order === 'change') return Math.abs(changeOf(row, measure) ?? 0);
    return row.logit[order === 'before' ? 0 : row.logit.length - 1] ?? -Infinity;
  };
  return rows.map((row) => ({ row, key: key(row) })).sort((a, b) => (a.key === b.key ? 0 : b.key - a.key)).map(({ row }) => row);
}

/** The rows whose label or number holds the text, upper case or lower. */
export function matching(rows: readonly Row[], text: string): Row[] {
  const wanted = text.trim().toLowerCase();
  return wanted ? rows.filter(({ index, label }) => label.toLowerCase().includes(wanted) || String(index) === wanted) : [...rows];
}

/** How far a set's likeliest class lies ahead of the next. */
export interface Margin {
  first: Row;
  second: Row;
  /** Of the probabilities, 0..1. */
  score: number;
  logit: number;
}

/** Undefined where a set tells one class only. */
export function marginOf(rows: readonly Row[], set: number): Margin | undefined {
  const [first, second] = ordered(rows, set ? 'after' : 'before', 'logit').filter(({ logit, score }) => logit[set] !== null && score[set] !== null);
  if (!second) return undefined;
  return { first, second, score: (first.score[set] as number) - (second.score[set] as number), logit: (first.logit[set] as number) - (second.logit[set] as number) };
}
