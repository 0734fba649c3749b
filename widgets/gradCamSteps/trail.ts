import type { GradCamParts } from '../../src/attribution/cam/gradCam';

/** How a layer's channels add up to a Grad-CAM, the largest first. */
export interface Trail {
  /** The channels by the size of what they add: the sum over the cells of |weight x activation|. Equals stay in the layer's order. */
  order: number[];
  /** Channels that are 0 in every cell, and add nothing whatever their weight. */
  silent: number;
  /** What each channel, by number, adds to the final map: its sum in the cells that the ReLU keeps, as a share of the map's. They add up to 1. */
  shares: number[];
  /** How many channels are added at each stop, from 0 to all. */
  stops: number[];
  /** The running sum at each stop, on the layer's grid, before the ReLU. */
  sums: Float32Array[];
  /** What the channels of each stop make together of the final map, as a share; more than 1 before the negative ones have come. */
  shareAt: number[];
  /** Pearson's correlation of each stop's map, after the ReLU, with the final one; null where a map is the same everywhere. */
  correlationAt: (number | null)[];
}

/** Works the sum out in double precision, channel by channel. */
export function trailOf({ activations, weights, sum, shape }: Pick<GradCamParts, 'activations' | 'weights' | 'sum' | 'shape'>, stops: readonly number[]): Trail {
  const [height, width, depth] = shape;
  const cells = height * width;
  const final = rectified(sum);
  const total = final.reduce((a, b) => a + b, 0);
  const sizes = new Float64Array(depth);
  const active = new Set<number>();
  const shares = new Array<number>(depth).fill(0);
  for (let cell = 0; cell < cells; cell++) {
    for (let channel = 0; channel < depth; channel++) {
      const added = weights[channel] * activations[cell * depth + channel];
      sizes[channel] += Math.abs(added);
      if (activations[cell * depth + channel] !== 0) active.add(channel);
      if (final[cell] > 0) shares[channel] += added / total;
    }
  }
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const running = new Float64Array(cells);
  let done = 0;
  let share = 0;
  const sums: Float32Array[] = [];
  const shareAt: number[] = [];
  for (const stop of stops) {
    for (; done < stop; done++) {
      const channel = order[done];
      share += shares[channel];
      for (let cell = 0; cell < cells; cell++) running[cell] += weights[channel] * activations[cell * depth + channel];
    }
    sums.push(Float32Array.from(running));
    shareAt.push(share);
  }
  return { order, silent: depth - active.size, shares, stops: [...stops], sums, shareAt, correlationAt: sums.map((each) => correlation(rectified(each), final)) };
}

/** Stops on the way from no channel to all: every one up to 8, then four to each doubling; and those of `also`. */
export function stopsOf(count: number, also: readonly number[] = []): number[] {
  const stops = new Set([0, ...also, count]);
  for (let at = 1, step = 1; at < count; at += step) {
    stops.add(at);
    if (at >= 8 && Number.isInteger(Math.log2(at))) step = at / 4;
  }
  return [...stops].sort((a, b) => a - b);
}

/** What is negative, cut off. */
export const rectified = (values: Float32Array): Float32Array => values.map((value) => (value > 0 ? value : 0));

/** Pearson's correlation; null where one side does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [meanA, meanB] = [a, b].map((values) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length);
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  // What is left of a constant is rounding.
  const varies = (of: number, mean: number): boolean => of > 1e-18 * a.length * mean ** 2;
  return varies(ofA, meanA) && varies(ofB, meanB) ? both / Math.sqrt(ofA * ofB) : null;
}
