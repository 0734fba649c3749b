/** A list of values and their order, found once: what a rank correlation is made of. */
export class Ranks {
  private order?: Order;
  private centred?: { ranks: Float64Array; power: number };

  constructor(readonly values: Float32Array) {}

  /** For each value its rank among all, 1 for the least; equal values share the mean of their ranks; NaN has none. */
  ranks(): Float64Array {
    const { sorted, ranks } = (this.order ??= inOrder(this.values));
    return Float64Array.from(this.values, (value) => (Number.isNaN(value) ? NaN : ranks[firstPlace(sorted, value)]));
  }

  /** Spearman's rank correlation with other values of the same places; places where either is NaN are left out. NaN where either is the same everywhere. */
  correlation(other: Ranks): number {
    if (this.isComplete && other.isComplete) {
      const [a, b] = [this.aboutMean(), other.aboutMean()];
      return dot(a.ranks, b.ranks) / Math.sqrt(a.power * b.power);
    }
    const both = [...this.values.keys()].filter((at) => !Number.isNaN(this.values[at]) && !Number.isNaN(other.values[at]));
    return this.at(both).correlation(other.at(both));
  }

  private get isComplete(): boolean {
    return (this.order ??= inOrder(this.values)).sorted.length === this.values.length;
  }

  private at(places: readonly number[]): Ranks {
    return new Ranks(Float32Array.from(places, (place) => this.values[place]));
  }

  /** Each value's rank less the mean rank, and the sum of the squares. */
  private aboutMean(): { ranks: Float64Array; power: number } {
    if (this.centred) return this.centred;
    const mean = (this.values.length + 1) / 2;
    const ranks = this.ranks().map((rank) => rank - mean);
    return (this.centred = { ranks, power: dot(ranks, ranks) });
  }
}

/** The values in rising order, without NaN, and the rank of each. */
interface Order {
  sorted: Float32Array;
  ranks: Float64Array;
}

function inOrder(values: Float32Array): Order {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const ranks = new Float64Array(sorted.length);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    ranks.fill((start + end + 1) / 2, start, end);
  }
  return { sorted, ranks };
}

/** The first place of a value among sorted ones. */
function firstPlace(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
