import { colorTable, type Colormap } from './colormap';
import { softInk, type Drawing } from './svg';
import { roomFor } from './text';

/** What stands at the two ends of a scale. */
export type Ends = readonly [low: string, high: string];

const length = 72;
const size = 10;

export const lyingScaleWidth = ([low, high]: Ends): number => roomFor(low, size) + length + roomFor(high, size) + 12;

/** A small lying colour scale with the values of its ends, its right end at x. */
export function drawLyingScale(svg: Drawing, colormap: Colormap, [low, high]: Ends, x: number, y: number): void {
  const table = colorTable(colormap);
  const group = svg.append('g').attr('font-size', size).attr('fill', softInk);
  group.append('text').attr('x', x).attr('y', y + 8.5).attr('text-anchor', 'end').text(high);
  const start = x - roomFor(high, size) - 6 - length;
  const gradient = group.append('linearGradient').attr('id', `lying-${colormap}`);
  for (let stop = 0; stop <= 15; stop++) gradient.append('stop').attr('offset', `${((stop / 15) * 100).toFixed(1)}%`).attr('stop-color', `rgb(${table.slice(stop * 51, stop * 51 + 3).join(',')})`);
  group.append('rect').attr('x', start).attr('y', y).attr('width', length).attr('height', 9).attr('fill', `url(#lying-${colormap})`);
  group.append('text').attr('x', start - 6).attr('y', y + 8.5).attr('text-anchor', 'end').text(low);
}
