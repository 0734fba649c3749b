import type { StepsData } from './data';

/** What is being looked at. */
export interface StepsState {
  /** Which of `stops`: how many channels are added. */
  stop: number;
  /** The channel that is shown in numbers. */
  picked: number;
  /** The channel whose weight a pointer is at. */
  pointed: number | undefined;
  /** A place of the image, 0 to 1 from the left and the top: the same in every map. */
  cursor: { u: number; v: number } | undefined;
}

export const start = ({ first, order }: StepsData): StepsState => ({ stop: first, picked: order[0], pointed: undefined, cursor: undefined });

/** How many channels are added. */
export const countOf = ({ stops }: StepsData, { stop }: StepsState): number => stops[stop];

/** The stop that is nearest to a count, as the eye judges it on a logarithmic scale. */
export function nearestStop({ stops }: StepsData, count: number): number {
  const distance = (stop: number): number => Math.abs(Math.log2(stops[stop] + 0.5) - Math.log2(count + 0.5));
  return stops.reduce((best, _, stop) => (distance(stop) < distance(best) ? stop : best), 0);
}

/** The channels by weight, from the one that speaks most for the class to the one that speaks most against it. */
export function byWeight(data: StepsData): number[] {
  let sorted = sortings.get(data);
  if (!sorted) sortings.set(data, (sorted = [...data.order].sort((a, b) => data.weights[b] - data.weights[a] || a - b)));
  return sorted;
}
const sortings = new WeakMap<StepsData, number[]>();

/** The place of a channel in the order in which they are added. */
export function rankOf(data: StepsData, channel: number): number {
  let ranks = rankings.get(data);
  if (!ranks) {
    ranks = new Uint32Array(data.order.length);
    data.order.forEach((each, rank) => ((ranks as Uint32Array)[each] = rank));
    rankings.set(data, ranks);
  }
  return ranks[channel];
}
const rankings = new WeakMap<StepsData, Uint32Array>();

/** The cell of the drawn grid under the cursor. */
export function cellAt({ grid: [rows, columns] }: StepsData, { u, v }: { u: number; v: number }): { row: number; column: number; cell: number } {
  const row = Math.min(rows - 1, Math.floor(v * rows));
  const column = Math.min(columns - 1, Math.floor(u * columns));
  return { row, column, cell: row * columns + column };
}
