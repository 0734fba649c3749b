import { minus, readable } from '../../src/figure/numbers';
import { accent, type Drawing, hairline, softInk } from '../../src/figure/svg';
import type { PatchRow } from './data';

const chart = 30;
export const distributionHeight = chart + 20;

/** How many images have which greatest value, and where the patches that are shown stand among them. */
export function drawDistribution(svg: Drawing, { histogram: { low, high, counts }, patches, kind }: PatchRow, x: number, y: number, width: number): void {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  // The square root lets a bin with one image be seen beside one with a hundred.
  const bars = counts.map((count, at) => (count ? `M${(x + at * step).toFixed(1)},${y + chart}v${(-Math.sqrt(count / most) * chart).toFixed(1)}h${(step - 0.6).toFixed(1)}V${y + chart}z` : '')).join('');
  svg.append('path').attr('d', bars || 'M0,0').attr('fill', '#87909a');
  svg.append('path').attr('d', `M${x},${y + chart + 0.5}h${width}`).attr('stroke', hairline);
  const placeOf = (value: number): number => x + ((value - low) / (high - low || 1)) * width;
  if (kind === 'top') {
    const marks = patches.map(({ value }) => `M${placeOf(value).toFixed(1)},${y + chart + 1}l3,5h-6z`).join('');
    if (marks) svg.append('path').attr('d', marks).attr('fill', accent);
  }
  const label = (text: string, at: number, anchor: string): void => void svg.append('text').attr('x', at).attr('y', y + chart + 16).attr('text-anchor', anchor).attr('font-size', 10).attr('fill', softInk).text(text);
  label(rounded(low), x, 'start');
  if (high > low) label(rounded(high), x + width, 'end');
}

const rounded = (value: number): string => minus(readable(Number(value.toPrecision(2))));
