import type { Estimate } from '../../src/metrics/benchmark/intervals';
import type { RankingData, RankingKey, RankingRow } from './data';

export interface RankingState {
  by: RankingKey;
  /** The row that is pointed at, by its place in the order shown. */
  at?: number;
}

export const start = ({ keys }: RankingData): RankingState => ({ by: keys[0] });

/** The number of a row that a column shows; undefined for none. */
export const estimateOf = (row: RankingRow, key: RankingKey): Estimate | undefined => (key === 'seconds' ? { value: row.seconds, low: row.seconds, high: row.seconds } : key === 'others' ? row.others?.own : row[key]);

/** Whether less is better. */
export const isFall = (key: RankingKey): boolean => key === 'deletion' || key === 'seconds';

/** The methods, the best first by the chosen quantity, and the nulls. */
export function ordered({ rows }: RankingData, { by }: RankingState): { methods: RankingRow[]; nulls: RankingRow[] } {
  const worth = (row: RankingRow): number => {
    if (by === 'others') return row.others ? row.others.own.value - row.others.other.value : -Infinity;
    return (estimateOf(row, by)?.value ?? NaN) * (isFall(by) ? -1 : 1);
  };
  const sorted = [...rows].sort((a, b) => worth(b) - worth(a));
  return { methods: sorted.filter(({ kind }) => kind === 'method'), nulls: sorted.filter(({ kind }) => kind === 'null') };
}

export const rowAt = (data: RankingData, state: RankingState): RankingRow | undefined => {
  const { methods, nulls } = ordered(data, state);
  return state.at === undefined ? undefined : [...methods, ...nulls][state.at];
};
