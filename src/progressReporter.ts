import type { Figure } from './figure/figure';
import { globalSlot } from './globalSlot';
import type { LongWorkOptions, Progress } from './progress';
import { type Outcome, progressLine } from './progressText';

/** What shows the progress of one piece of work. */
export interface Reporter {
  report(progress: Progress): void;
  /** Shows what there is so far beside the progress. */
  picture?(progress: Progress, make: () => Figure): void;
  end(progress: Progress, outcome: Outcome): void;
}

/** What display.ts plugs in: a reporter that draws in the running cell, or undefined outside a kernel. */
export type ReporterMaker = () => Reporter | undefined;

const reporterMaker = globalSlot<ReporterMaker>('reporter');
export const setReporter = reporterMaker.set;

/** Work shorter than this many seconds shows no bar; what is estimated to take longer than `long` shows one at once. */
const patience = 0.5;
const long = 1;

/** The caller's own callback; else a bar in the running cell, or a line on the terminal; else nothing. */
export function reporterFor(onProgress: LongWorkOptions['onProgress']): Reporter | undefined {
  if (onProgress === null) return undefined;
  if (onProgress) return { report: onProgress, end: onProgress };
  const reporter = reporterMaker.get()?.() ?? (process.stderr.isTTY ? terminalLine(process.stderr) : undefined);
  return reporter && patient(reporter);
}

function patient(reporter: Reporter): Reporter {
  let shown = false;
  return {
    report(progress) {
      shown ||= progress.seconds > patience || (progress.done === 0 && (progress.left ?? 0) > long);
      if (shown) reporter.report(progress);
    },
    picture(progress, make) {
      if (shown) reporter.picture?.(progress, make);
    },
    end(progress, outcome) {
      if (shown) reporter.end(progress, outcome);
    },
  };
}

/** One line that is written over, and wiped at the end. */
export function terminalLine(terminal: { write(text: string): boolean; columns?: number }): Reporter {
  const wipe = '\r\x1b[K';
  return {
    report(progress) {
      terminal.write(wipe + `${gauge(progress)}${progressLine(progress)}`.slice(0, (terminal.columns ?? 80) - 1));
    },
    end() {
      terminal.write(wipe);
    },
  };
}

function gauge({ done, total }: Progress): string {
  if (!total) return '';
  const width = 24;
  const full = Math.round((Math.min(done, total) / total) * width);
  return `[${'='.repeat(full)}${' '.repeat(width - full)}] `;
}
