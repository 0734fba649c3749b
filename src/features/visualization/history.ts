/** A picture at a step: `[height, width, 3]`, 0..255, and its score as it stands. */
export interface Moment {
  step: number;
  score: number;
  pixels: Float32Array;
}

/** What became of a picture. */
export interface Climbed {
  best: Moment;
  /** The first, the last, and some between. */
  moments: Moment[];
  /** The score that each step saw, of the picture as it was moved about. */
  seen: Float32Array;
  /** The scores of the picture as it stands, and at which steps they were taken. */
  checked: { step: number; score: number }[];
}

/** What is kept of one picture. */
export class History {
  private readonly seen: Float32Array;
  private readonly checked: { step: number; score: number }[] = [];
  private readonly moments: Moment[] = [];
  private best?: Moment;

  constructor(
    private readonly steps: number,
    private readonly snapshots: number,
  ) {
    this.seen = new Float32Array(steps).fill(NaN);
  }

  saw(step: number, score: number): void {
    this.seen[step] = score;
  }

  check(step: number, score: number, pixels: () => Float32Array): void {
    this.checked.push({ step, score });
    const better = !this.best || score > this.best.score;
    // Close together at first, when most happens.
    const due = step === this.steps || step >= this.steps * (this.moments.length / (this.snapshots + 1)) ** 2;
    if (!better && !due) return;
    const moment: Moment = { step, score, pixels: pixels() };
    if (better) this.best = moment;
    if (due) this.moments.push(moment);
  }

  climbed(step: number): Climbed {
    return { best: this.best as Moment, moments: [...this.moments], seen: this.seen.subarray(0, step), checked: [...this.checked] };
  }
}
