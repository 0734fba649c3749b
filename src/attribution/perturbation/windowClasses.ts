import type { Prediction } from '../../model/predictions';
import { areApart, type Head, labelOf } from '../../model/target';

/** How many of the likeliest classes are kept of each window. */
const most = 5;

/** What becomes of the likeliest classes from window to window, in a few numbers each, in the order in which the windows come. */
export class WindowClasses {
  /** The classes that are the likeliest of the image as it is, likeliest first. */
  readonly image: readonly Prediction[];
  private readonly width: number;
  private readonly apart: boolean;
  /** Per window its likeliest classes, -1 where there are fewer, and their logits. */
  private readonly indices: Int32Array;
  private readonly logits: Float32Array;
  /** Per window the logarithm of what a softmax divides by. */
  private readonly divisors: Float64Array;
  /** The logits, window by window, of classes that are followed wherever they rank. */
  private readonly followed: ReadonlyMap<number, Float32Array>;
  private count = 0;

  /** `whole`: the logits of the image as it is; `windows`: how many will come at most; `targets`: further classes to be followed. */
  constructor(
    private readonly head: Head,
    private readonly labels: readonly string[] | undefined,
    private readonly whole: Float32Array,
    windows: number,
    targets: readonly number[],
  ) {
    this.apart = areApart(head);
    this.width = Math.min(most, head.classes);
    this.image = likeliest(whole, this.width).map((index) => this.uncovered(index));
    this.indices = new Int32Array(windows * this.width).fill(-1);
    this.logits = new Float32Array(windows * this.width);
    this.divisors = new Float64Array(windows);
    this.followed = new Map([...this.image.map(({ index }) => index), ...targets].map((index) => [index, new Float32Array(windows)]));
  }

  /** Takes the logits of further windows, row by row. */
  take(rows: Float32Array): void {
    const { classes } = this.head;
    for (let start = 0; start < rows.length; start += classes) {
      const row = rows.subarray(start, start + classes);
      likeliest(row, this.width).forEach((index, rank) => {
        this.indices[this.count * this.width + rank] = index;
        this.logits[this.count * this.width + rank] = row[index];
      });
      this.divisors[this.count] = this.divisor(row);
      for (const [index, logits] of this.followed) logits[this.count] = row[index];
      this.count++;
    }
  }

  /** A class of the image as it is. */
  uncovered(index: number): Prediction {
    return this.prediction(index, this.whole[index], this.divisor(this.whole));
  }

  /** The likeliest classes with a window covered, likeliest first. */
  likeliest(window: number): Prediction[] {
    const start = window * this.width;
    return [...this.indices.subarray(start, start + this.width)].flatMap((index, rank) => (index < 0 ? [] : [this.prediction(index, this.logits[start + rank], this.divisors[window])]));
  }

  /** One of the classes that are followed, the image's likeliest and the targets, with a window covered. */
  one(window: number, index: number): Prediction {
    return this.prediction(index, (this.followed.get(index) as Float32Array)[window], this.divisors[window]);
  }

  private prediction(index: number, logit: number, divisor: number): Prediction {
    return { index, label: labelOf(this.labels, index), score: this.apart ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit - divisor), logit };
  }

  private divisor(row: Float32Array): number {
    if (this.apart) return 0;
    let greatest = -Infinity;
    for (const logit of row) if (logit > greatest) greatest = logit;
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - greatest);
    return greatest + Math.log(sum);
  }
}

/** The places of the greatest values, the greatest first; what is not a number is none. Quicker than to sort a thousand for five. */
function likeliest(values: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (best.length === count && !(values[i] > values[best[count - 1]])) continue;
    if (Number.isNaN(values[i])) continue;
    let rank = best.length;
    while (rank > 0 && values[i] > values[best[rank - 1]]) rank--;
    best.splice(rank, 0, i);
    if (best.length > count) best.pop();
  }
  return best;
}
