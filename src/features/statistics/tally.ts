import type { LayerStats } from './result';

/** What is known of a layer before anything was counted. */
export interface TalliedLayer {
  layer: string;
  kind: string;
  /** `[rows, columns, channels]`, or `[units]`. */
  shape: readonly number[];
  /** The numbers of the channels. */
  channels: readonly number[];
  /** The greatest value that its activation lets through, as 6 of ReLU6. */
  ceiling?: number;
}

/** What the values of a layer come to, taken in image by image; it needs no more memory for many. One round where `channelStats` makes two: a stream is not gone over again. */
export class Tally {
  private readonly sum: Float64Array;
  /** Of the values below 0: most layers have none or few, so that the sum of the sizes costs next to nothing. */
  private readonly below: Float64Array;
  private readonly square: Float64Array;
  private readonly zero: Float64Array;
  private readonly greatest: Float64Array;
  private readonly least: Float64Array;
  /** How many values are NaN or infinite. */
  private readonly missing: Float64Array;
  private images = 0;
  private values = 0;
  private full = 0;
  /** Positions with any activation, and the sum of their sparseness. */
  private active = 0;
  private sparse = 0;

  constructor(private readonly about: TalliedLayer) {
    const column = (start = 0): Float64Array => new Float64Array(about.channels.length).fill(start);
    [this.sum, this.below, this.square, this.zero, this.missing] = [column(), column(), column(), column(), column()];
    [this.greatest, this.least] = [column(-Infinity), column(Infinity)];
  }

  /** Takes in one image's output, channels last. */
  add(values: Float32Array): void {
    const { sum, below, square, zero, missing, greatest, least } = this;
    const depth = sum.length;
    const ceiling = this.about.ceiling ?? Infinity;
    let [full, active, sparse] = [0, 0, 0];
    for (let start = 0; start < values.length; start += depth) {
      let [sizes, squares] = [0, 0];
      for (let channel = 0; channel < depth; channel++) {
        const value = values[start + channel];
        if (value === 0) {
          zero[channel]++;
          if (greatest[channel] < 0) greatest[channel] = 0;
          if (least[channel] > 0) least[channel] = 0;
          continue;
        }
        const squared = value * value;
        if (!(squared < Infinity)) {
          missing[channel]++;
          continue;
        }
        sum[channel] += value;
        square[channel] += squared;
        if (value > greatest[channel]) greatest[channel] = value;
        if (value < least[channel]) least[channel] = value;
        if (value >= ceiling) full++;
        if (value < 0) {
          below[channel] -= value;
          sizes -= value;
        } else sizes += value;
        squares += squared;
      }
      if (squares > 0) {
        active++;
        sparse += sparseness(sizes, squares, depth);
      }
    }
    this.full += full;
    this.active += active;
    this.sparse += sparse;
    this.values += values.length;
    this.images++;
  }

  result(): LayerStats {
    const { about, sum, square, zero, greatest, least, images, values, full, active, sparse } = this;
    const total = (list: Float64Array): number => list.reduce((a, b) => a + b, 0);
    const count = this.missing.map((missing) => values / sum.length - missing);
    const size = this.below.map((below, at) => sum[at] + 2 * below);
    const counted = total(count);
    const mean = total(sum) / counted;
    const dead = about.channels.filter((_, at) => count[at] > 0 && zero[at] === count[at]);
    const lifetimes = [...count.keys()].filter((at) => square[at] > 0 && count[at] > 1).map((at) => sparseness(size[at], square[at], count[at]));
    const { ceiling, ...layer } = about;
    return {
      ...layer,
      images,
      mean,
      std: Math.sqrt(Math.max(0, total(square) / counted - mean * mean)),
      min: least.reduce((a, b) => Math.min(a, b), Infinity),
      max: greatest.reduce((a, b) => Math.max(a, b), -Infinity),
      zeros: total(zero) / counted,
      dead,
      ceiling,
      saturated: ceiling === undefined ? undefined : full / counted,
      lifetime: lifetimes.length ? lifetimes.reduce((a, b) => a + b, 0) / lifetimes.length : null,
      population: active && count.length > 1 ? sparse / active : null,
      broken: values - counted,
      channelMean: Float32Array.from(sum, (each, at) => each / count[at]),
      channelSize: Float32Array.from(size, (each, at) => each / count[at]),
      channelMax: Float32Array.from(greatest),
    };
  }
}

/** (1 - (Σ|r| / n)² / (Σr² / n)) / (1 - 1 / n): 0 where all are equal, 1 where one alone answers. */
function sparseness(sizes: number, squares: number, count: number): number {
  return Math.max(0, (1 - (sizes * sizes) / (count * squares)) / (1 - 1 / count));
}
