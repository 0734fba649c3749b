import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const status = '/proc/self/status';

/** A line of Linux's own account of this process, in MB. */
function line(name: string): number | undefined {
  const found = existsSync(status) ? new RegExp(`${name}:\\s*(\\d+)`).exec(readFileSync(status, 'utf8')) : null;
  return found ? (Number(found[1]) * 1024) / 1e6 : undefined;
}

/** The most memory that this process has had, in MB. Elsewhere than on Linux `maxRSS`, which is inherited from the process that started this one. */
export const peakMb = (): number => line('VmHWM') ?? (process.resourceUsage().maxRSS * 1024) / 1e6;

/** The memory that this process has now, in MB, without what JavaScript's garbage collection may free. */
export function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}

/** Forgets the peak so far, where the system can (Linux). */
export function forgetPeak(): void {
  if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5');
}
