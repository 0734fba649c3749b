import { remembered } from '../../src/figure/memo';
import type { Cursor } from '../shared/crossHair';
import type { StepsData } from './data';

/** What is being looked at. */
export interface StepsState {
  /** Which of `stops`: how many channels are added. */
  stop: number;
  /** The channel that is shown in numbers. */
  picked: number;
  /** The channel whose weight a pointer is at. */
  pointed: number | undefined;
  /** A place of the image: the same in every map. */
  cursor: Cursor | undefined;
  /** Whether the last pictures have the scale of the final map at every stop, or each its own. */
  shared: boolean;
}

export const start = ({ first, order }: StepsData): StepsState => ({ stop: first, picked: order[0], pointed: undefined, cursor: undefined, shared: false });

/** How many channels are added. */
export const countOf = ({ stops }: StepsData, { stop }: StepsState): number => stops[stop];

/** The last stop: all channels. */
export const lastStop = ({ stops }: StepsData): number => stops.length - 1;

/** Whether the ReLU leaves nothing of the final map. */
export const isEmpty = (data: StepsData): boolean => data.shareAt[lastStop(data)] === 0;

/** The stop that is nearest to a count, as the eye judges it on a logarithmic scale. */
export function nearestStop({ stops }: StepsData, count: number): number {
  const distance = (stop: number): number => Math.abs(Math.log2(stops[stop] + 0.5) - Math.log2(count + 0.5));
  return stops.reduce((best, _, stop) => (distance(stop) < distance(best) ? stop : best), 0);
}

/** The channels by weight, from the one that speaks most for the class to the one that speaks most against it. */
export const byWeight = ({ sums, order, weights }: StepsData): number[] => remembered(sums, 'by weight', () => [...order].sort((a, b) => weights[b] - weights[a] || a - b));

/** The place of a channel in the order in which they are added. */
export const rankOf = ({ order }: StepsData, channel: number): number => order.indexOf(channel);
