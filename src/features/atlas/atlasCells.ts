import type { Bin } from './bin';
import type { Samples } from './samples';

/** How a class is spoken for in a cell. */
export interface ClassAttribution {
  /** The class's number. */
  index: number;
  label: string;
  /** Activation x gradient of the class's logit, summed over the channels: the mean over the cell's members. */
  value: number;
}

/** What the members of a cell have in common. */
export interface CellFacts {
  /** From the top of the grid. */
  row: number;
  /** From the left of the grid. */
  column: number;
  /** How many activations fall in it. */
  count: number;
  /** Of how many different images they are. */
  images: number;
  /** Each class that was looked at for one of its members, the strongest first. */
  attributions: readonly ClassAttribution[];
  /** Mean activation, a value for each channel. */
  activation: Float32Array;
  /** The activations that fall in it, by number, the one nearest to the mean first. */
  members: readonly number[];
}

/** The facts of each of the bins, from two passes over the activations (the means, and how far each member is from its own) and one over the attributions. */
export function factsOf(samples: Samples, bins: readonly Bin[], label: (index: number) => string): CellFacts[] {
  const { channels, count } = samples;
  const binOf = new Int32Array(count).fill(-1);
  bins.forEach(({ members }, at) => members.forEach((member) => (binOf[member] = at)));
  const means = meansOf(samples, binOf, bins);
  const far = new Float64Array(count);
  eachVector(samples, (activation, block, from) => {
    const mean = means[binOf[activation]];
    if (mean) for (let channel = 0; channel < channels; channel++) far[activation] += (block[from + channel] - mean[channel]) ** 2;
  });
  const sums = bins.map(() => new Map<number, number>());
  samples.eachAttribution((activation, index, value) => {
    const own = sums[binOf[activation]];
    own?.set(index, (own.get(index) ?? 0) + value);
  });
  return bins.map(({ row, column, members }, at) => ({
    row,
    column,
    count: members.length,
    images: new Set(members.map(samples.imageOf)).size,
    attributions: [...sums[at]].map(([index, sum]) => ({ index, label: label(index), value: digits(sum / members.length) })).sort((a, b) => b.value - a.value || a.index - b.index),
    activation: means[at],
    members: [...members].sort((a, b) => far[a] - far[b] || a - b),
  }));
}

function meansOf(samples: Samples, binOf: Int32Array, bins: readonly Bin[]): Float32Array[] {
  const { channels } = samples;
  const sums = bins.map(() => new Float64Array(channels));
  eachVector(samples, (activation, block, from) => {
    const sum = sums[binOf[activation]];
    if (sum) for (let channel = 0; channel < channels; channel++) sum[channel] += block[from + channel];
  });
  return sums.map((sum, at) => Float32Array.from(sum, (value) => digits(value / bins[at].members.length)));
}

function eachVector({ blocks, channels }: Samples, tell: (activation: number, block: Float32Array, from: number) => void): void {
  let activation = 0;
  for (const block of blocks()) for (let from = 0; from < block.length; from += channels) tell(activation++, block, from);
}

/** As many as matter, and no more in a file. */
const digits = (value: number): number => Number(value.toPrecision(6));
