/** Milliseconds that a batch may take: a map can be stopped only between two. */
const longest = 400;

/** How long a map may still take, and whether it is to stop: at its budget of time, at the caller's signal, at the interrupt button. */
export class Pace {
  private readonly start = performance.now();

  constructor(
    private readonly signal: AbortSignal,
    /** Milliseconds. */
    readonly budget = Infinity,
  ) {}

  /** Milliseconds since the start. */
  get spent(): number {
    return performance.now() - this.start;
  }

  /** Whether it was stopped from outside. */
  get aborted(): boolean {
    return this.signal.aborted;
  }

  get over(): boolean {
    return this.aborted || this.spent >= this.budget;
  }

  /** How many that take `each` milliseconds go into the next batch. */
  fitting(each: number, most: number): number {
    return Math.max(1, Math.min(most, Math.round(Math.min(longest, this.budget - this.spent) / each)));
  }
}
