import { escapeXml } from './escapeXml';
import type { Progress } from './progress';

/** How a piece of work ended. */
export type Outcome = 'finished' | 'stopped' | 'failed';

/** "occlusion: 40 of 170 windows, 55/s, 3 s left"; before the first, "occlusion: 170 windows, about 3 s" */
export function progressLine(progress: Progress): string {
  const { label, done, total, unit, rate, left } = progress;
  if (done === 0 && left !== undefined && Number.isFinite(left)) return `${label}: ${estimated(progress, left)}`;
  const parts = [counted(done, total, unit)];
  if (rate > 0) parts.push(`${rounded(rate)}${/^[kMG]?B$/.test(unit) ? ` ${unit}` : ''}/s`);
  if (left !== undefined && Number.isFinite(left)) parts.push(`${duration(Math.ceil(left))} left`);
  return `${label}: ${parts.join(', ')}`;
}

/** "occlusion: 170 windows in 3.1 s", or "occlusion: stopped after 40 of 170 windows" */
export function closingLine({ label, done, total, unit, seconds }: Progress, outcome: Outcome): string {
  if (outcome === 'finished') return `${label}: ${counted(done, undefined, unit)} in ${duration(seconds)}`;
  return `${label}: ${outcome} after ${counted(done, total, unit)}`;
}

/** The bar in a running cell; no script, so that it can be redrawn often, and readable on light and dark pages. */
export function progressHtml(progress: Progress): string {
  const { label, done, total } = progress;
  const state = total === undefined ? '' : ` value="${Math.min(done, total)}" max="${total}"`;
  const bar = `<progress${state} aria-label="${escapeXml(label)}" style="width:240px;vertical-align:middle;margin-right:10px"></progress>`;
  return `<div style="${font};color:var(--jp-ui-font-color1,var(--vscode-foreground,CanvasText))">${bar}${escapeXml(progressLine(progress))}</div>`;
}

/** The quiet line that the bar leaves behind. */
export function closingHtml(progress: Progress, outcome: Outcome): string {
  const colour = 'var(--jp-ui-font-color2,var(--vscode-descriptionForeground,#767676))';
  return `<div style="${font};color:${colour}">${escapeXml(closingLine(progress, outcome))}</div>`;
}

const estimated = ({ total, unit, reach }: Progress, left: number): string =>
  counted(total ?? 0, undefined, unit) + (reach === undefined ? `, about ${duration(left)}` : `; about ${rounded(reach)} of them in the ${duration(left)} that the budget leaves`);

const font = 'font:13px/1.6 var(--jp-ui-font-family,system-ui,sans-serif);font-variant-numeric:tabular-nums';

const counted = (done: number, total: number | undefined, unit: string): string =>
  `${rounded(done)}${total === undefined ? '' : ` of ${rounded(total)}`}${unit && ` ${unit}`}`;

const rounded = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(2);

function duration(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  return minutes < 90 ? `${minutes} min ${Math.round(seconds) % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
