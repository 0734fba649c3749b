import type { ChannelStats } from '../../src/features/channelStats';

/** What channels are sorted by; `difference` for two images. */
export type ChannelOrder = 'index' | 'mean' | 'max' | 'variance' | 'difference';

/** For each order the first `count` channels, as places among those of the layer. */
export type Orders = Partial<Record<ChannelOrder, number[]>>;

/** The first channels in each order. Ties, and channels without a value, keep the layer's own order. */
export function firstChannels(stats: ChannelStats, count: number, difference?: Float64Array): Orders {
  const depth = stats.mean.length;
  const places = Array.from({ length: depth }, (_, at) => at);
  const by = (values: Float64Array): number[] => {
    const sizes = values.map((value) => (Number.isNaN(value) ? -Infinity : value));
    return [...places].sort((a, b) => (sizes[a] === sizes[b] ? a - b : sizes[b] - sizes[a])).slice(0, count);
  };
  const orders: Orders = { index: places.slice(0, count), mean: by(stats.mean), max: by(stats.max), variance: by(stats.variance) };
  return difference ? { ...orders, difference: by(difference) } : orders;
}

/** The channels that are first in any order, rising: with these, every order shows what it would show of the whole layer. */
export const keptChannels = (orders: Orders): number[] => [...new Set(Object.values(orders).flat())].sort((a, b) => a - b);

/** A layer as a load: so many maps of this size. */
export interface Load {
  maps: number;
  height: number;
  width: number;
}

/**
 * For each layer by how much its maps are shrunk, so that all together have no more cells than `budget`: of 3 for a
 * factor, 3 x 3 cells become their mean. The largest maps give way first, so that all end near one size.
 */
export function shrinkFactors(loads: readonly Load[], budget: number): number[] {
  const factors = loads.map(() => 1);
  const side = (at: number): number => (loads[at].maps ? Math.max(shrunk(loads[at].height, factors[at]), shrunk(loads[at].width, factors[at])) : 0);
  const cells = (at: number): number => loads[at].maps * shrunk(loads[at].height, factors[at]) * shrunk(loads[at].width, factors[at]);
  const total = (): number => loads.reduce((sum, _, at) => sum + cells(at), 0);
  while (total() > budget) {
    const largest = loads.reduce((best, _, at) => (side(at) > side(best) || (side(at) === side(best) && cells(at) > cells(best)) ? at : best), 0);
    if (side(largest) <= smallest) break;
    factors[largest]++;
  }
  return factors;
}

/** A map is not shrunk below this: it would show nothing. */
const smallest = 7;

/** The side of a map after it was shrunk. */
export const shrunk = (side: number, factor: number): number => Math.ceil(side / factor);
