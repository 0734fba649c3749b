import type { Place, Spot } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, noteInk, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { PredictionsData } from './data';
import type { PredictionsState } from './draw';
import { changeOf, type Measure, type Row, valuesOf } from './rows';
import { type BarScale, barScale } from './scale';
import { changeText, labelText, valueText } from './texts';

const widestLabel = 210;
const mostBars = 320;
const usualBars = 230;
const fewestBars = 70;
const axis = 24;
export const narrowestChart = 330;

/** Of what is picked, and of the rest; with two sets the first one is grey. All read on white and on a dark page. */
export function barColours(set: number, sets: number): { picked: string; other: string } {
  return set < sets - 1 ? { picked: '#87909a', other: '#c1c8d0' } : { picked: '#2f6fb0', other: '#9ec5e8' };
}

const rowHeight = ({ sets }: PredictionsData): number => (sets.length > 1 ? 40 : 30);

export const chartHeight = (data: PredictionsData, rows: readonly Row[]): number => rows.length && rowHeight(data) * rows.length + axis;

/** What stands at the end of a row: the other measure, or the change. */
interface Column {
  head: string;
  text(row: Row): string;
  /** Whether a row's text tells of a rise or a fall. */
  ink(row: Row): string;
}

function columnOf({ sets }: PredictionsData, { measure }: PredictionsState): Column {
  if (sets.length < 2) {
    const other: Measure = measure === 'logit' ? 'probability' : 'logit';
    return { head: other, text: (row) => (valuesOf(row, other)[0] === null ? '' : valueText(valuesOf(row, other)[0] as number, other)), ink: () => softInk };
  }
  const marked = (change: number | null): string => (change === null ? '' : `${change > 0 ? '▲' : change < 0 ? '▼' : ''} ${changeText(change, measure)}`);
  return {
    head: measure === 'logit' ? 'change' : 'change, points',
    text: (row) => marked(changeOf(row, measure)),
    // Blue and brown, and never by colour alone.
    ink: (row) => ((changeOf(row, measure) ?? 0) < 0 ? noteInk : accent),
  };
}

/** Where the parts of the chart are, from its left. */
interface Parts {
  labels: number;
  bars: number;
  values: number;
  column: number;
}

function partsOf(data: PredictionsData, state: PredictionsState, rows: readonly Row[], room: number): Parts {
  const column = columnOf(data, state);
  const values = 10 + Math.max(40, ...rows.flatMap((row) => valueTexts(row, data, state)).map((text) => roomFor(text, 12)));
  const columnWidth = 10 + Math.max(roomFor(column.head, 10), ...rows.map((row) => roomFor(column.text(row), 11)));
  const wanted = Math.min(widestLabel, Math.max(40, ...rows.map((row) => roomFor(labelText(row), 12, true) + 6 + roomFor(String(row.index), 12))));
  const labels = room < Infinity ? Math.min(wanted, Math.max(70, room * 0.38)) : wanted;
  const left = room - labels - 10 - values - columnWidth;
  return { labels, values, column: columnWidth, bars: room === Infinity ? usualBars : Math.max(fewestBars, Math.min(mostBars, left)) };
}

/** How wide the chart becomes with so much room. */
export function chartWidth(data: PredictionsData, state: PredictionsState, rows: readonly Row[], room: number): number {
  const { labels, bars, values, column } = partsOf(data, state, rows, room);
  return labels + 10 + bars + values + column;
}

/** The bars, their numbers and an axis; gives a spot for each row, named by its class. */
export function drawBars(svg: Drawing, data: PredictionsData, state: PredictionsState, rows: readonly Row[], place: Place): Spot[] {
  if (!rows.length) return [];
  const { measure } = state;
  const parts = partsOf(data, state, rows, place.width);
  const left = place.x + parts.labels + 10;
  const scale = barScale(data.rows, measure, state.scale, parts.bars);
  const high = rowHeight(data);
  const bottom = place.y + high * rows.length;
  const column = columnOf(data, state);
  const right = place.x + place.width;
  const spots = rows.map((row, at) => ({ name: String(row.index), x: place.x, y: place.y + high * at, width: place.width, height: high }));
  const texts = rows.flatMap((row, at) => data.sets.map((_, set) => textPlace(row, set, data, state, spots[at], left, scale)));
  drawGrid(svg, scale.ticks, { x: left, y: place.y, width: parts.bars, height: bottom - place.y }, texts);
  rows.forEach((row, at) => {
    const top = spots[at].y;
    const picked = row.index === state.picked;
    const group = svg.append('g').attr('style', 'font-variant-numeric:tabular-nums') as unknown as Drawing;
    drawLabel(group, row, left - 10, top + high / 2 + 4, parts.labels, picked);
    data.sets.forEach((_, set) => drawBar(group, row, set, data, state, { x: left, y: top, width: parts.bars, height: high }, scale));
    group.append('text').attr('x', right).attr('y', top + high / 2 + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', column.ink(row)).text(column.text(row));
    if (row.index === state.at) svg.append('rect').attr('x', place.x - 4).attr('y', top + 1).attr('width', place.width + 8).attr('height', high - 2).attr('rx', 4).attr('fill', 'none').attr('stroke', accent);
  });
  svg.append('text').attr('x', right).attr('y', bottom + 14).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(column.head);
  return spots;
}

/** Lines at the ticks, with gaps where a value is written. */
function drawGrid(svg: Drawing, ticks: readonly { x: number; text: string }[], { x, y, height }: Place, texts: readonly Place[]): void {
  for (const tick of ticks) {
    const at = round(x + tick.x);
    const crossed = texts.filter((text) => at > text.x - 3 && at < text.x + text.width + 3);
    const line = crossed.map((text) => `V${text.y}M${at},${text.y + text.height}`).join('');
    svg.append('path').attr('d', `M${at},${y}${line}V${y + height}`).attr('stroke', hairline).attr('fill', 'none');
    svg.append('text').attr('x', round(x + tick.x)).attr('y', y + height + 14).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(tick.text);
  }
}

function drawLabel(group: Drawing, row: Row, x: number, y: number, room: number, bold: boolean): void {
  const plain = labelText(row);
  const isNumber = plain === `class ${row.index}`;
  const beside = isNumber ? 0 : 6 + roomFor(String(row.index), 12);
  // Two texts and not one: in one, a name that is read from right to left would change places with its number.
  group.append('text').attr('x', round(x - beside)).attr('y', y).attr('text-anchor', 'end').attr('font-weight', bold ? 600 : null).text(shorten(plain, room - beside + 1, 12, bold));
  if (!isNumber) group.append('text').attr('x', x).attr('y', y).attr('text-anchor', 'end').attr('fill', faintInk).text(row.index);
}

/** What is written beside the bars of a row: a value, or the bound of what is not told. */
function valueTexts(row: Row, { sets }: PredictionsData, { measure, scale }: PredictionsState): string[] {
  return valuesOf(row, measure).map((value, set) => {
    const { least, broken } = sets[set];
    if (value === null && broken) return 'not finite';
    const text = valueText(value ?? (measure === 'logit' ? least.logit : least.score), measure, scale === 'log');
    return value === null ? `≤ ${text.replace('<', '')}` : text;
  });
}

const thicknessOf = (sets: number): number => (sets > 1 ? 13 : 16);

/** The middle of a set's bar: two stand one below the other. */
const middleOf = ({ y, height }: Place, set: number, sets: number): number => y + height / 2 + (sets > 1 ? (set - 0.5) * (thicknessOf(sets) + 2) : 0);

/** Where a value is written: beyond the end of a bar that runs to the right; beside one that runs to the left is the label, so beyond its start. */
function textPlace(row: Row, set: number, data: PredictionsData, state: PredictionsState, spot: Place, left: number, { x, start }: BarScale): Place {
  const value = valuesOf(row, state.measure)[set];
  const size = textSize(data);
  const end = Math.max(start, value === null ? start : x(value));
  return { x: round(left + end + (isDotted(state) ? dot : 0) + 6), y: middleOf(spot, set, data.sets.length) - size / 2 - 1, width: roomFor(valueTexts(row, data, state)[set], size), height: size + 2 };
}

/** A logarithm has no 0 from which a bar could be long: there a value is a place, a dot on a stem. */
const isDotted = ({ scale, measure }: PredictionsState): boolean => scale === 'log' && measure === 'probability';

const dot = 5;

const textSize = ({ sets }: PredictionsData): number => (sets.length > 1 ? 11 : 12);

/** A bar of one set, and its value. */
function drawBar(group: Drawing, row: Row, set: number, data: PredictionsData, state: PredictionsState, place: Place, scale: BarScale): void {
  const { x, start } = scale;
  const sets = data.sets.length;
  const thickness = thicknessOf(sets);
  const middle = middleOf(place, set, sets);
  const value = valuesOf(row, state.measure)[set];
  const end = value === null ? start : x(value);
  const { picked, other } = barColours(set, sets);
  const colour = row.index === state.picked ? picked : other;
  if (value !== null) drawLength(group, place.x + Math.min(start, end), Math.max(1, Math.abs(end - start)), middle, thickness, colour, isDotted(state));
  group.append('text').attr('x', textPlace(row, set, data, state, place, place.x, scale).x).attr('y', middle + 4).attr('font-size', textSize(data)).attr('fill', value === null ? faintInk : ink).text(valueTexts(row, data, state)[set]);
}

function drawLength(group: Drawing, x: number, width: number, y: number, thickness: number, colour: string, asDot: boolean): void {
  if (asDot) {
    group.append('path').attr('d', `M${round(x)},${y}h${round(width)}`).attr('stroke', colour).attr('stroke-width', 2);
    group.append('circle').attr('cx', round(x + width)).attr('cy', y).attr('r', dot).attr('fill', colour);
    return;
  }
  group.append('rect').attr('x', round(x)).attr('y', y - thickness / 2).attr('width', round(width)).attr('height', thickness).attr('fill', colour);
}

const round = (value: number): number => Math.round(value * 10) / 10;
