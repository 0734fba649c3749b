import type { StatisticsData, StatisticsRow } from './data';

export type RowOrder = 'network' | 'dead' | 'zeros' | 'lifetime' | 'population';

export interface StatisticsState {
  /** Whether all layers are shown, and not only some spread over the depth. */
  all: boolean;
  order: RowOrder;
  picked: number;
  over?: number;
}

export const start = ({ rows }: StatisticsData): StatisticsState => ({ all: false, order: 'network', picked: Math.max(0, rows.findIndex(({ key }) => key)) });

const measures: Record<Exclude<RowOrder, 'network'>, (row: StatisticsRow) => number> = {
  dead: ({ deadCount, channelCount }) => deadCount / channelCount,
  zeros: ({ zeros }) => zeros,
  lifetime: ({ lifetime }) => lifetime ?? -1,
  population: ({ population }) => population ?? -1,
};

/** The rows that are shown, in their order, by their places in the data. */
export function listed({ rows }: StatisticsData, { all, order }: StatisticsState): number[] {
  const places = rows.flatMap(({ key }, at) => (all || key ? [at] : []));
  if (order === 'network') return places;
  const measure = measures[order];
  return places.sort((a, b) => measure(rows[b]) - measure(rows[a]) || a - b);
}

/** The row that a key leads to; undefined for other keys. */
export function moved(key: string, data: StatisticsData, state: StatisticsState): number | undefined {
  const list = listed(data, state);
  const at = Math.max(0, list.indexOf(state.picked));
  const steps: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: list.length - 1 };
  return key in steps ? list[Math.max(0, Math.min(list.length - 1, steps[key]))] : undefined;
}
