import { existsSync, readFileSync } from 'node:fs';

/** The most memory that this process has had, in MB. Linux's own figure where there is one: `maxRSS` is inherited from the process that started this one. */
export function peakMb(): number {
  const line = existsSync('/proc/self/status') ? /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) : null;
  return ((line ? Number(line[1]) : process.resourceUsage().maxRSS) * 1024) / 1e6;
}

/** The memory that this process has now, in MB, without what JavaScript's garbage collection may free. */
export function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}
