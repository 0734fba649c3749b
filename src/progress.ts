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
  /** Seconds left at this rate; `undefined` when the total is not known. */
  left?: number;
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
