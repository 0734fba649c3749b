import type { Figure } from './figure/figure';

/** How far a long piece of work has come. */
export interface Progress {
  /** What is being done, as "occlusion" or "downloading efficientnet-lite0". */
  label: string;
  /** How many are done. */
  done: number;
  /** How many there are in all; `undefined` when that is not known. */
  total?: number;
  /** What is counted: "windows", "MB". */
  unit: string;
  /** Seconds since the start. */
  seconds: number;
  /** Units a second. */
  rate: number;
  /** Seconds left at this rate, or by the estimate while nothing is done; `undefined` when neither is known. */
  left?: number;
  /** How many a budget of time leaves room for, where there is one. */
  reach?: number;
}

/** Options of everything that may take long. */
export interface LongWorkOptions {
  /** Stops the work; a map keeps what it has computed so far, and says so. */
  signal?: AbortSignal;
  /** Called at most ten times a second, and once at the end. `null` shows no progress at all; default: a bar in the running cell. */
  onProgress?: ((progress: Progress) => void) | null;
}

/** What the work itself is given. */
export interface Job {
  /** Aborted by the caller's signal or by the kernel's interrupt button. */
  readonly signal: AbortSignal;
  /** Tells how many are done; gives way to the event loop, so that an interrupt and the progress bar get their turn. */
  advance(done: number): Promise<void>;
}

/** What work is given that has results to show on the way. */
export interface ShowingJob extends Job {
  /** Tells what the first few took, before they are counted: how many, how many seconds, and how many in all a budget leaves room for. */
  expect(first: number, seconds: number, reach?: number): void;
  /** Offers a picture of what there is so far; `make` is called only when it is time to show one. */
  picture(make: () => Figure): void;
}
