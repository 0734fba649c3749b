import { barWidth, type Bar, drawBar } from '../../src/figure/colorbar';
import { colorTable } from '../../src/figure/colormap';
import { minus } from '../../src/figure/numbers';
import type { Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { drawLines, heightOf, type Line, styles, textLines } from '../../src/figure/textBlock';
import type { Matrix } from './agreements';

/** A matrix with its words. */
export interface NamedMatrix extends Matrix {
  of: 'rows' | 'columns';
  labels: string[];
  title: string;
  details: string;
}

const bar: Bar = { colormap: 'RdBu', range: [-1, 1], unit: 'rank correlation', centred: true };
const largest = { width: 40, height: 26 };
/** Widths of a cell: for a number; for one with its 0; without a number. */
const readable = 26;
const roomy = 36;
const comfortable = 10;
const smallest = 6;
const longestLabel = 230;
const shortestLabel = 50;
const labelGap = 8;
const widestWords = 420;
const gap = 12;
const shortestBar = 96;
const header = 20;

interface Size {
  /** What the numbers before the labels take. */
  number: number;
  /** What the labels take. */
  label: number;
  cell: { width: number; height: number };
  lines: Line[];
  barHeight: number;
  width: number;
  height: number;
}

/** What a matrix takes, in that much room. */
export function matrixSize({ labels, title, details }: NamedMatrix, room: number): Size {
  const count = labels.length;
  const number = roomFor(`${count} `, 11, true);
  const beside = gap + barWidth(bar, shortestBar);
  // The labels give way to the numbers, and where those have no room in any case, to the cells.
  const left = (cell: number): number => room - number - labelGap - beside - count * cell;
  const most = left(readable) >= shortestLabel ? left(readable) : Math.max(shortestLabel, left(comfortable));
  const label = Math.floor(Math.min(Math.max(...labels.map((each) => roomFor(each, 11))) + 1, longestLabel, most));
  const width = Math.max(smallest, Math.min(largest.width, Math.floor((left(0) - label) / count)));
  const cell = { width, height: Math.max(14, Math.min(largest.height, width)) };
  const grid = count * cell.height;
  const all = number + label + labelGap + count * width + beside;
  const words = Math.min(room, Math.max(all, widestWords));
  const lines = [...textLines(title, words, styles.title), ...textLines(details, words, styles.subtitle)];
  const barHeight = Math.max(shortestBar, Math.min(grid, 200));
  return {
    number,
    label,
    cell,
    lines,
    barHeight,
    width: Math.max(all, ...lines.map(({ text, size, bold }) => roomFor(text, size, bold))),
    height: heightOf(lines) + header + Math.max(grid, barHeight),
  };
}

/** Draws a matrix with its upper left corner at (x, y), with the numbers in the cells where there is room. Gives its cells, named `of row column`. `marks`: which of the labels stand out, and where two of them meet. */
export function drawMatrix({ svg }: Stage, matrix: NamedMatrix, x: number, y: number, room: number, marks: readonly number[] = []): Spot[] {
  const { number, label, cell, lines, barHeight } = matrixSize(matrix, room);
  const { labels, values, of } = matrix;
  const top = drawLines(svg, lines, x, y) + header;
  const left = x + number + label + labelGap;
  const middle = (at: number): number => top + (at + 0.5) * cell.height + 4;
  const marked = (at: number): boolean => marks.includes(at);
  labels.forEach((text, at) => {
    const word = (fill: string): Drawing => svg.append('text').attr('font-size', 11).attr('fill', marked(at) ? accent : fill);
    word(softInk).attr('x', x).attr('y', middle(at)).attr('font-weight', 600).text(at + 1);
    word(ink).attr('x', x + number).attr('y', middle(at)).text(shorten(text, label, 11));
    // Narrow columns have room for every other number only.
    if (cell.width >= 15 || at % 2 === 0) word(softInk).attr('x', left + (at + 0.5) * cell.width).attr('y', top - 5).attr('text-anchor', 'middle').attr('font-weight', 600).text(at + 1);
  });
  const spots: Spot[] = [];
  values.forEach((row, a) =>
    row.forEach((value, b) => {
      const place = { x: left + b * cell.width, y: top + a * cell.height, ...cell };
      drawValue(svg, value, a === b, place);
      if (a !== b) spots.push({ ...place, name: `${of} ${a} ${b}` });
    }),
  );
  for (const [a, b] of marks.length === 2 ? [marks, [marks[1], marks[0]]] : []) {
    svg.append('rect').attr('x', left + b * cell.width).attr('y', top + a * cell.height).attr('width', cell.width).attr('height', cell.height).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2);
  }
  drawBar(svg, bar, left + labels.length * cell.width + gap, top, barHeight);
  return spots;
}

/** Its own colour, which no page swaps, as the text on it is not swapped either. */
function drawValue(svg: Drawing, value: number, isSelf: boolean, { x, y, width, height }: Place): void {
  const known = !isSelf && !Number.isNaN(value);
  const [red, green, blue] = colorTable('RdBu').subarray(Math.round(((known ? value : 0) + 1) * 127.5) * 3);
  svg.append('rect').attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('fill', known ? `rgb(${red},${green},${blue})` : 'none').attr('stroke', hairline);
  if (width < readable || Number.isNaN(value)) return;
  // Of light as it is seen by the eye a fifth is where dark text begins to be read better than white.
  const light = (0.21 * red ** 2 + 0.72 * green ** 2 + 0.07 * blue ** 2) / 255 ** 2;
  const text = svg.append('text').attr('x', x + width / 2).attr('y', y + height / 2 + 4).attr('text-anchor', 'middle').attr('style', 'font-variant-numeric:tabular-nums');
  if (known) text.attr('data-on-colour', '');
  text.attr('font-size', width < roomy ? 10 : 11).attr('fill', isSelf ? faintInk : light < 0.18 ? '#fff' : '#111').text(isSelf ? '1' : correlationText(value, width < roomy));
}

/** 0.43, or .43 where room is scarce. */
export function correlationText(value: number, short = false): string {
  const text = minus(value.toFixed(2)).replace('−0.00', '0.00');
  return short ? text.replace(/^(−?)0/, '$1') : text;
}
