import { setImmediate } from 'node:timers/promises';
import { shown } from './check';
import type { Figure } from './figure/figure';
import { onInterrupt } from './interrupt';
import type { LongWorkOptions, Progress, ShowingJob } from './progress';
import { reporterFor } from './progressReporter';
import { closingLine, type Outcome } from './progressText';

export interface LongWork extends LongWorkOptions {
  /** How many there are in all, when that is known. */
  total?: number;
  /** What is counted: "windows", "MB". */
  unit?: string;
}

/** Milliseconds between two turns of the event loop, and between two progress reports. */
const turn = 20;
const pause = 100;

/** Milliseconds between two pictures of what there is so far; drawing them may take a tenth of the time. */
const glance = 500;
const drawingShare = 0.1;

/**
 * Runs work that may take long: it shows progress, and `job.signal` is aborted by the caller's `signal` or by the kernel's interrupt button.
 * What `run` makes of an abort is its own matter (a map keeps what it has); an AbortError that it throws comes out as one clear line.
 */
export async function longWork<T>(label: string, options: LongWork, run: (job: ShowingJob) => Promise<T>): Promise<T> {
  const { total, unit = '', signal: given, onProgress } = options;
  checkOptions(label, given, onProgress);
  // Made before the first await: the bar belongs to the cell that started the work.
  const reporter = reporterFor(onProgress);
  const start = performance.now();
  const count = { done: 0, reported: start, yielded: start, nextPicture: start + glance };
  // The rate is that of the work itself, once it is known when that began.
  const estimate: { begun: number; each?: number; reach?: number } = { begun: start };

  const progress = (): Progress => {
    const seconds = (performance.now() - start) / 1000;
    const working = (performance.now() - estimate.begun) / 1000;
    const rate = working > 0 ? count.done / working : 0;
    const each = rate > 0 ? 1 / rate : estimate.each;
    const goal = total === undefined ? undefined : Math.min(total, estimate.reach ?? total);
    const left = goal === undefined || each === undefined ? undefined : Math.max(0, goal - count.done) * each;
    return { label, done: count.done, total, unit, seconds, rate, left, reach: goal === total ? undefined : goal };
  };

  const report = (now: number): void => {
    count.reported = now;
    reporter?.report(progress());
  };

  const expect: ShowingJob['expect'] = (first, seconds, reach) => {
    if (count.done > 0) return;
    const now = performance.now();
    Object.assign(estimate, { begun: now - seconds * 1000, each: seconds / first, reach });
    report(now);
  };

  const picture = (make: () => Figure): void => {
    const now = performance.now();
    if (!reporter?.picture || now < count.nextPicture) return;
    reporter.picture(progress(), make);
    const end = performance.now();
    count.nextPicture = end + Math.max(glance, (end - now) / drawingShare);
  };

  const advance = async (done: number): Promise<void> => {
    count.done = done;
    const now = performance.now();
    if (done > 0 && now - count.reported >= pause) report(now);
    if (now - count.yielded >= turn) {
      await setImmediate();
      count.yielded = performance.now();
    }
  };

  // A cell's synchronous part is no place to touch SIGINT: see onInterrupt.
  await null;
  const controller = new AbortController();
  const release = onInterrupt(controller);
  const signal = given ? AbortSignal.any([given, controller.signal]) : controller.signal;
  let outcome: Outcome = 'failed';
  try {
    const result = await run({ signal, advance, expect, picture });
    outcome = signal.aborted && count.done !== total ? 'stopped' : 'finished';
    return result;
  } catch (error) {
    if (!signal.aborted || !isAbort(error, signal)) throw error;
    outcome = 'stopped';
    throw new DOMException(closingLine(progress(), outcome), 'AbortError');
  } finally {
    release();
    reporter?.end(progress(), outcome);
  }
}

const isAbort = (error: unknown, signal: AbortSignal): boolean => error === signal.reason || (error instanceof Error && error.name === 'AbortError');

function checkOptions(label: string, signal: unknown, onProgress: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`${label}: signal must be an AbortSignal (new AbortController().signal), got ${shown(signal)}`);
  }
  if (onProgress !== undefined && onProgress !== null && typeof onProgress !== 'function') {
    throw new TypeError(`${label}: onProgress must be a function, or null for none, got ${shown(onProgress)}`);
  }
}
