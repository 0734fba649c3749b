import type { Range } from '../../src/figure/normalize';
import { remembered } from '../../src/figure/memo';
import type { StepsData } from './data';
import { lastStop, rankOf, type StepsState } from './state';
import { rectified } from './trail';

/** What a channel's map holds. */
export type ChannelKind = 'activation' | 'gradient' | 'product';

/** What a map holds: that, the running sum, or the sum after the ReLU. */
export type Kind = ChannelKind | 'sum' | 'map';

export const cellCount = ({ grid: [rows, columns] }: StepsData): number => rows * columns;

/** The values of a channel on the drawn grid; undefined where they were not sent. */
export function channelMap(data: StepsData, kind: ChannelKind, channel: number): Float32Array | undefined {
  const rank = rankOf(data, channel);
  if (rank >= data.detailed) return undefined;
  const own = (values: Float32Array): Float32Array => gridAt(data, values, rank);
  if (kind === 'gradient') return data.even ? new Float32Array(cellCount(data)).fill(data.weights[channel]) : own(data.gradients);
  const activation = own(data.activations);
  return kind === 'activation' ? activation : activation.map((value) => value * data.weights[channel]);
}

/** The running sum at a stop. */
export const sumAt = (data: StepsData, stop: number): Float32Array => gridAt(data, data.sums, stop);

/** What the ReLU makes of it. */
export const mapAt = (data: StepsData, stop: number): Float32Array => (data.maps.length ? gridAt(data, data.maps, stop) : rectified(sumAt(data, stop)));

const gridAt = (data: StepsData, values: Float32Array, at: number): Float32Array => values.subarray(at * cellCount(data), (at + 1) * cellCount(data));

/** The values that the colours of a kind span, the same for every channel and at every stop. */
export function rangeOf(data: StepsData, kind: Kind): Range {
  return remembered(data.sums, `range of ${kind}`, () => {
    switch (kind) {
      case 'activation':
        return data.activations.some((value) => value < 0) ? symmetric(data.activations) : [0, greatest(data.activations)];
      case 'gradient':
        return symmetric(data.even ? data.weights : data.gradients);
      case 'product':
        return symmetric(data.order.slice(0, data.detailed).map((channel, rank) => data.weights[channel] * greatest(gridAt(data, data.activations, rank))));
      case 'sum':
        return symmetric(data.sums);
      case 'map':
        return [0, greatest(mapAt(data, lastStop(data)))];
    }
  });
}

/** The range of the last steps' pictures: of the sum or the map itself, or the one that all stops share. */
export function endingRange(data: StepsData, kind: 'sum' | 'map', { stop, shared }: Pick<StepsState, 'stop' | 'shared'>): Range {
  if (shared) return rangeOf(data, kind);
  return kind === 'sum' ? symmetric(sumAt(data, stop)) : [0, greatest(mapAt(data, stop))];
}

function symmetric(values: ArrayLike<number>): Range {
  const top = greatest(values);
  return [-top, top];
}

/** The greatest size. */
export function greatest(values: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at]) || 0);
  return most;
}
