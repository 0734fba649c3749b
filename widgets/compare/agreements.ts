/** How far the rows, or the columns, of a table of maps agree. */
export interface Matrix {
  /** Rank correlations, by row and column; NaN where two have no maps to compare. */
  values: number[][];
  /** How many pairs of maps the mean is taken over, at most; 1 where it is no mean. */
  pairs: number;
}

/**
 * The agreement of the columns of a table of maps: of each two, the mean over the rows of the rank correlation of their maps, which is NaN where there is none to tell.
 * Undefined where no two can be compared.
 */
export function agreementOfColumns<T>(table: readonly (readonly (T | undefined)[])[], correlation: (a: T, b: T) => number): Matrix | undefined {
  const columns = table[0] ?? [];
  let pairs = 0;
  const values = columns.map((_, a) =>
    columns.map((_other, b) => {
      const found = table
        .map((row) => [row[a], row[b]])
        .map(([one, other]) => (one === undefined || other === undefined ? NaN : correlation(one, other)))
        .filter((value) => !Number.isNaN(value));
      if (a !== b) pairs = Math.max(pairs, found.length);
      return found.reduce((sum, value) => sum + value, 0) / found.length;
    }),
  );
  return pairs ? { values, pairs } : undefined;
}

/** The same of the rows, over the columns. */
export const agreementOfRows = <T>(table: readonly (readonly (T | undefined)[])[], correlation: (a: T, b: T) => number): Matrix | undefined =>
  agreementOfColumns((table[0] ?? []).map((_, column) => table.map((row) => row[column])), correlation);
