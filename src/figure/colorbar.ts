import { axisRight } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { colorTable, type Colormap } from './colormap';
import type { Range } from './normalize';
import { needsPower, powerOfTen, readable } from './numbers';
import { hairline, softInk, type Drawing } from './svg';
import { roomFor, wrap } from './text';

/** What a colour bar tells: which colours stand for which values of what. */
export interface Bar {
  colormap: Colormap;
  range: Range;
  /** What the values are. */
  unit: string;
  /** Whether values below or above the range were given the end's colour. */
  clipped?: { low?: boolean; high?: boolean };
  /** Whether 0 has the middle colour, also where there is no other value. */
  centred?: boolean;
}

export const barThickness = 12;
const tickSize = 4;
const labelSize = 11;
const unitLine = 14;

/** What the ticks are written in: very large and very small ones as multiples of a power of ten, which stands with the unit. */
function written({ range, unit }: Bar): { factor: number; unit: string } {
  const size = Math.max(...range.map(Math.abs));
  if (!needsPower(size)) return { factor: 1, unit };
  const exponent = Math.floor(Math.log10(size));
  return { factor: 10 ** -exponent, unit: `${unit}${unit && ', '}×\u00a0${powerOfTen(exponent)}` };
}

/** All ticks with the same number of decimals. */
function tickText(bar: Bar, height: number): (tick: number) => string {
  const [low, high] = bar.range;
  const { factor } = written(bar);
  if (!(high > low)) return (tick) => readable(tick * factor);
  const text = scaleLinear([low * factor, high * factor], [0, 1]).tickFormat(tickCount(bar.range, height));
  return (tick) => text(tick * factor);
}

/** One for about every 60 pixels, and more where that would leave a single number. */
function tickCount(range: Range, height: number): number {
  let count = Math.max(2, Math.round(height / 60));
  // An infinite range has none.
  while (count < 10 && scaleLinear(range, [0, 1]).ticks(count).length < 2) count++;
  return count;
}

/** Where they would touch, every other one is left out; 0 stays. */
function ticksOf(range: Range, height: number): number[] {
  if (!(range[1] > range[0])) return [range[0]];
  const ticks = scaleLinear(range, [0, 1]).ticks(tickCount(range, height));
  const apart = ((ticks[1] - ticks[0]) / (range[1] - range[0])) * height;
  const every = Math.ceil(labelSize / apart) || 1;
  const zero = Math.max(0, ticks.indexOf(0));
  return ticks.filter((_, at) => (at - zero) % every === 0);
}

/** The unit, in lines no longer than the bar is high. */
const unitLines = (bar: Bar, height: number): string[] => wrap(written(bar).unit, height, labelSize);

/** Width in pixels that the bar needs, numbers and unit included. */
export function barWidth(bar: Bar, height: number): number {
  const text = tickText(bar, height);
  const lines = unitLines(bar, height);
  return barThickness + tickSize + 4 + Math.max(...ticksOf(bar.range, height).map((tick) => roomFor(text(tick), labelSize))) + (lines.length && 20 + (lines.length - 1) * unitLine);
}

/** Draws an upright colour bar with its top left corner at (x, y). */
export function drawBar(svg: Drawing, bar: Bar, x: number, y: number, height: number): void {
  const [low, high] = bar.range;
  // The same for the same colours, so that several bars may stand in one document.
  const id = `scale-${bar.colormap}`;
  const text = tickText(bar, height);
  const scale = scaleLinear([low, high], [height, 0]);
  const group = svg.append('g').attr('transform', `translate(${x},${y})`);
  const gradient = group.append('linearGradient').attr('id', id).attr('x1', 0).attr('x2', 0).attr('y1', 1).attr('y2', 0);
  const table = colorTable(bar.colormap);
  const colour = (at: number): string => `rgb(${table.slice(at * 3, at * 3 + 3).join(',')})`;
  for (let stop = 0; stop <= 17; stop++) gradient.append('stop').attr('offset', `${((stop / 17) * 100).toFixed(1)}%`).attr('stop-color', colour(stop * 15));
  group.append('rect').attr('width', barThickness).attr('height', height).attr('fill', high > low ? `url(#${id})` : colour(bar.centred ? 128 : 0)).attr('stroke', hairline);
  // Pointed ends, as in matplotlib: there are values beyond.
  if (bar.clipped?.high) group.append('path').attr('d', `M0,-2h${barThickness}l${-barThickness / 2},-7z`).attr('fill', colour(255)).attr('stroke', hairline);
  if (bar.clipped?.low) group.append('path').attr('d', `M0,${height + 2}h${barThickness}l${-barThickness / 2},7z`).attr('fill', colour(0)).attr('stroke', hairline);

  const axis = group.append('g').attr('transform', `translate(${barThickness},0)`);
  axis.call(axisRight(scale).tickValues(ticksOf(bar.range, height)).tickFormat((tick) => text(Number(tick))).tickSize(tickSize).tickPadding(4) as never);
  axis.select('.domain').remove();
  axis.attr('font-size', labelSize).attr('font-family', null).attr('fill', null);
  axis.selectAll('line').attr('stroke', hairline);
  axis.selectAll('text').attr('fill', softInk).attr('style', 'font-variant-numeric:tabular-nums');
  unitLines(bar, height).forEach((line, at, { length }) => {
    const right = barWidth(bar, height) - 4 - (length - 1 - at) * unitLine;
    group.append('text').attr('transform', `translate(${right},${height / 2}) rotate(-90)`).attr('text-anchor', 'middle').attr('font-size', labelSize).attr('fill', softInk).text(line);
  });
}
