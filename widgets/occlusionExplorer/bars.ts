import { scaleLinear } from 'd3-scale';
import { percentage } from '../../src/figure/numbers';
import { faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { ClassRow, ClassRows } from './classTable';
import { changeText, courseText, labelOf, plainScale } from './words';

const rowHeight = 34;
const barHeight = 9;
const axisHeight = 18;
const legendHeight = 20;
const goneHeight = 18;
const space = 8;
const colours = { target: '#2f6fb0', other: '#9ec5e8' };

/** Where the axis may end, and in how many parts it is divided. */
const axes = [[0.01, 2], [0.05, 5], [0.1, 2], [0.25, 5], [0.5, 2], [0.75, 3], [1, 4]] as const;

/** The room that the chart takes with any of the windows, so that neither its height nor its scale changes from one to the next. */
export interface BarsRoom {
  rows: number;
  below: boolean;
  gone: boolean;
  axis: (typeof axes)[number];
}

export function barsRoom(windows: readonly ClassRows[], count: number): BarsRoom {
  let greatest = 0;
  for (const { rows, below } of windows) for (const { before, after } of below ? [...rows, below] : rows) greatest = Math.max(greatest, before, after);
  return { rows: count, below: windows.some(({ below }) => below), gone: windows.some(({ gone }) => gone.length > 0), axis: axes.find(([end]) => greatest <= end) ?? axes[axes.length - 1] };
}

export const barsHeight = ({ rows, below, gone }: BarsRoom): number => legendHeight + rows * rowHeight + axisHeight + (below ? space + rowHeight : 0) + (gone ? goneHeight : 0);

/** Pixels from the left of the chart, and the probabilities that are marked. */
interface Scale {
  at(probability: number): number;
  marks: readonly number[];
}

/** The likeliest classes with a window covered as bars, each with a mark at its probability before; the target below where it is none of them. */
export function drawBars(svg: Drawing, { rows, below, gone }: ClassRows, room: BarsRoom, x: number, y: number, width: number): void {
  const [most, parts] = room.axis;
  const linear = scaleLinear([0, most], [0, width]).clamp(true);
  const scale = { at: (probability: number): number => linear(probability || 0), marks: Array.from({ length: parts + 1 }, (_, part) => (part * most) / parts) };
  const axis = y + legendHeight + room.rows * rowHeight;
  const end = axis + axisHeight + (room.below ? space + rowHeight : 0);
  drawLegend(svg, x, y, width);
  scale.marks.forEach((mark, part) => {
    const anchor = part === 0 ? 'start' : part === parts ? 'end' : 'middle';
    svg.append('text').attr('x', x + scale.at(mark)).attr('y', axis + 12).attr('text-anchor', anchor).attr('font-size', 10).attr('fill', faintInk).text(`${Number((mark * 100).toPrecision(3))}${part === parts ? '\u00a0%' : ''}`);
  });
  rows.forEach((row, rank) => drawRow(svg, row, x, y + legendHeight + rank * rowHeight, width, scale));
  if (below) {
    const top = axis + axisHeight + space / 2;
    svg.append('path').attr('d', `M${x},${top}h${width}`).attr('stroke', softInk).attr('stroke-dasharray', '2 3');
    drawRow(svg, below, x, top + space / 2, width, scale);
  }
  if (gone.length) {
    const told = gone.map((row) => `${labelOf(row)} ${courseText(row.before, row.after, 'probability', plainScale)}`).join(', ');
    svg.append('text').attr('x', x).attr('y', end + 12).attr('font-size', 11).attr('fill', softInk).text(shorten(`no longer among them: ${told}`, width, 11));
  }
}

function drawLegend(svg: Drawing, x: number, y: number, width: number): void {
  const text = (at: number, words: string): void => void svg.append('text').attr('x', at).attr('y', y + 11).attr('font-size', 11).attr('fill', softInk).text(words);
  text(x, 'likeliest classes');
  const mark = x + width - roomFor('before', 11);
  text(mark, 'before');
  drawMark(svg, mark - 7, y + 1);
  const bar = mark - 22 - roomFor('covered', 11);
  text(bar, 'covered');
  svg.append('rect').attr('x', bar - 20).attr('y', y + 3).attr('width', 15).attr('height', barHeight).attr('fill', colours.other);
}

function drawRow(svg: Drawing, row: ClassRow, x: number, y: number, width: number, { at, marks }: Scale): void {
  const numbers = courseText(row.before, row.after, 'probability', plainScale);
  const change = changeText(row.before, row.after, 'probability', plainScale).replace('\u00a0points', '');
  const changeRoom = roomFor('−100.0', 11, true) + 8;
  const labelRoom = width - changeRoom - roomFor('100.0\u00a0→\u00a0100.0\u00a0%', 11) - 8;
  const text = (left: number, words: string, size: number): Drawing => svg.append('text').attr('x', left).attr('y', y + 13).attr('font-size', size).attr('style', 'font-variant-numeric:tabular-nums').text(words) as unknown as Drawing;
  text(x, shorten(labelOf(row), labelRoom, 12, row.isTarget), 12).attr('font-weight', row.isTarget ? 600 : null);
  text(x + width - changeRoom, numbers, 11).attr('text-anchor', 'end').attr('fill', softInk);
  text(x + width, change, 11).attr('text-anchor', 'end').attr('font-weight', 600).attr('fill', ink);
  const lines = marks.map((mark) => `M${x + at(mark)},${y + 17}v${barHeight + 2}`).join('');
  svg.append('path').attr('d', lines).attr('stroke', hairline);
  svg.append('rect').attr('class', 'after').attr('x', x).attr('y', y + 18).attr('width', Math.max(1, at(row.after))).attr('height', barHeight).attr('fill', row.isTarget ? colours.target : colours.other);
  drawMark(svg, x + at(row.before), y + 16);
}

const drawMark = (svg: Drawing, x: number, y: number): void => void svg.append('path').attr('d', `M${x},${y}v${barHeight + 4}`).attr('stroke', ink).attr('stroke-width', 2);

/** In words, for those who do not see the bars. */
export const barsText = ({ rows }: ClassRows): string => rows.map((row) => `${labelOf(row)} ${percentage(row.after)}`).join(', ');
