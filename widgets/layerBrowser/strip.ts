import { scaleLinear, scaleLog } from 'd3-scale';
import { readable } from '../../src/figure/numbers';
import type { Stage, Spot } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import { kindOf, kindsIn } from '../layerKinds';
import { type Block, blocksOf, centre } from '../layerStrip';
import type { BrowserData } from './data';
import type { BrowserState } from './state';

const tall = 46;
const curveHeight = 44;
// Room for the numbers beside a curve.
const axis = 40;

/** Told apart by their marks too. */
const curves = { texture: { colour: '#009988', mark: 'circle' }, layout: { colour: '#cc6611', mark: 'square' } } as const;

/** The network as a strip with the shown layers strong, and below it what is texture and what is layout in them. Gives the y below, and the spot of the whole. */
export function drawBrowserStrip(stage: Stage, data: BrowserData, state: BrowserState, left: number, top: number, width: number): { bottom: number; spot: Spot } {
  const { svg } = stage;
  const start = drawKinds(svg, data, left, top, width) + 8;
  const across = width - axis - 8;
  const group = svg.append('g').attr('transform', `translate(${left + axis},0)`) as Drawing;
  const blocks = blocksOf(data.strip, across, tall);
  const places = data.layers.map(({ place }) => centre(blocks[place]));
  const middle = start + tall / 2;
  drawBlocks(group, blocks, data, middle);
  const chosen = blocks[data.layers[state.layer].place];
  drawChoice(group, chosen, middle);
  let bottom = drawGrids(group, blocks, start + tall + 3, across);
  // Lines end with the strip, which few layers do not fill.
  const end = Math.max(...blocks.map((block) => block.x + block.width));
  for (const name of measuresIn(data)) bottom = drawCurve(group, data, state, name, places, bottom + 6, end);
  return { bottom, spot: { name: 'strip', x: left + axis, y: start - 4, width: across, height: bottom - start + 4 } };
}

/** The layer whose block is nearest to a place along the strip. */
export function nearestLayer(data: BrowserData, x: number, width: number): number {
  const blocks = blocksOf(data.strip, width);
  const away = data.layers.map(({ place }) => Math.abs(centre(blocks[place]) - x));
  return away.indexOf(Math.min(...away));
}

/** What the colours of the blocks mean. */
function drawKinds(svg: Drawing, { strip }: BrowserData, left: number, top: number, width: number): number {
  let [x, y] = [left, top];
  for (const { name, colour } of kindsIn(strip)) {
    const room = 16 + roomFor(name, 11) + 14;
    if (x > left && x + room > left + width) [x, y] = [left, y + 17];
    svg.append('rect').attr('x', x).attr('y', y).attr('width', 11).attr('height', 11).attr('rx', 2).attr('fill', colour);
    svg.append('text').attr('x', x + 16).attr('y', y + 9.5).attr('font-size', 11).attr('fill', softInk).text(name);
    x += room;
  }
  return y + 12;
}

/** One path for all blocks of a colour: with an element for each, a deep network would be slow to draw. */
function drawBlocks(group: Drawing, blocks: readonly Block[], { layers }: BrowserData, middle: number): void {
  const shown = new Set(layers.map(({ place }) => place));
  const paths = new Map<string, string>();
  blocks.forEach(({ row, x, width, height }, at) => {
    const key = `${kindOf(row).colour} ${shown.has(at) ? 1 : 0.3}`;
    paths.set(key, `${paths.get(key) ?? ''}M${x.toFixed(1)},${(middle - height / 2).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`);
  });
  for (const [key, path] of paths) {
    const [colour, opacity] = key.split(' ');
    group.append('path').attr('d', path).attr('fill', colour).attr('fill-opacity', opacity);
  }
}

/** A frame about the chosen layer's block. */
function drawChoice(group: Drawing, block: Block, middle: number): void {
  const width = Math.max(block.width, 3) + 3;
  group.append('rect').attr('class', 'chosen').attr('x', centre(block) - width / 2).attr('y', middle - block.height / 2 - 1.5).attr('width', width).attr('height', block.height + 3).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2);
}

/** The grid of each run of layers, where there is room for it. */
function drawGrids(group: Drawing, blocks: readonly Block[], y: number, width: number): number {
  const runs: { text: string; start: number; end: number }[] = [];
  for (const { row, x, width: own } of blocks) {
    const text = row.outputShape.length === 4 ? `${row.outputShape[1] ?? '?'} × ${row.outputShape[2] ?? '?'}` : 'vector';
    const last = runs[runs.length - 1];
    if (last?.text === text) last.end = x + own;
    else runs.push({ text, start: x, end: x + own });
  }
  let taken = -Infinity;
  for (const { text, start, end } of runs) {
    const room = roomFor(text, 10);
    const x = Math.max(room / 2, Math.min(width - room / 2, (start + end) / 2));
    group.append('path').attr('d', `M${start.toFixed(1)},${y}v3H${end.toFixed(1)}v-3`).attr('fill', 'none').attr('stroke', hairline);
    if (x - room / 2 < taken) continue;
    taken = x + room / 2 + 5;
    group.append('text').attr('x', x).attr('y', y + 14).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', softInk).text(text);
  }
  return y + 16;
}

/** Which of the two are known for any layer. */
export const measuresIn = ({ layers }: BrowserData): ('texture' | 'layout')[] => (['texture', 'layout'] as const).filter((name) => layers.some((layer) => layer[name] !== null));

const titles = {
  one: { texture: 'texture: how alike the four quarters are', layout: 'layout: kept to within so many pixels' },
  two: { texture: 'texture: likeness of the Gram matrices', layout: 'layout: likeness position by position' },
};

function drawCurve(group: Drawing, data: BrowserData, state: BrowserState, name: 'texture' | 'layout', places: readonly number[], top: number, end: number): number {
  const { colour, mark } = curves[name];
  const values = data.layers.map((layer) => layer[name]);
  const chosen = values[state.layer];
    const told = chosen === null ? 'not told here' : measureText(data, name, chosen);
  drawMark(group, mark, 4 - axis, top + 8, colour);
  const title = titles[data.photos.length > 1 ? 'two' : 'one'][name];
  group.append('text').attr('x', 12 - axis).attr('y', top + 12).attr('font-size', 11).attr('fill', softInk).text(title);
  group.append('text').attr('class', name).attr('x', 12 - axis + roomFor(title, 11) + 6).attr('y', top + 12).attr('font-size', 11).attr('font-weight', 600).attr('fill', ink).text(told);

  // Of a single layer there is nothing to draw along.
  if (values.length < 2) return top + 16;
  const base = top + 20;
  const { y, ticks } = scaleOf(data, name, values, base);
  for (const { at, text } of ticks) {
    group.append('path').attr('d', `M0,${y(at)}H${end}`).attr('stroke', hairline).attr('stroke-width', 0.75);
    group.append('text').attr('x', -6).attr('y', y(at) + 3.5).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(text);
  }
  group.append('path').attr('d', `M${places[state.layer].toFixed(1)},${base}v${curveHeight}`).attr('stroke', accent).attr('stroke-dasharray', '2 2');
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, x: places[at], y: y(value) }]));
  // A line only between neighbours of which both are known.
  const line = known.map(({ at, x, y: height }, i) => `${i && known[i - 1].at === at - 1 ? 'L' : 'M'}${x.toFixed(1)},${height.toFixed(1)}`).join('');
  if (line) group.append('path').attr('d', line).attr('fill', 'none').attr('stroke', colour).attr('stroke-width', 1.75);
  for (const { at, x, y: height } of known) drawMark(group, mark, x, height, colour, at === state.layer ? 4.5 : 2.75);
  return base + curveHeight;
}

function drawMark(group: Drawing, mark: 'circle' | 'square', x: number, y: number, colour: string, size = 3.5): void {
  if (mark === 'circle') group.append('circle').attr('cx', x).attr('cy', y).attr('r', size).attr('fill', colour);
  else group.append('rect').attr('x', x - size).attr('y', y - size).attr('width', 2 * size).attr('height', 2 * size).attr('fill', colour);
}

/** With one image, layout is a length in pixels; all else is a likeness. */
export const isLength = ({ photos }: BrowserData, name: 'texture' | 'layout'): boolean => name === 'layout' && photos.length === 1;

/** `0.64`, or `7 of 224 px`. */
export const measureText = (data: BrowserData, name: 'texture' | 'layout', value: number): string => (isLength(data, name) ? `${Math.max(1, Math.round(value))} of ${data.photos[0].width} px` : readable(Number(value.toFixed(2))));

interface CurveScale {
  y(value: number): number;
  ticks: { at: number; text: string }[];
}

/** Likenesses from 0 (or below, where there are such) to 1; lengths as logarithms, the finest on top: more of it is higher in both. */
function scaleOf(data: BrowserData, name: 'texture' | 'layout', values: readonly (number | null)[], top: number): CurveScale {
  const known = values.filter((value) => value !== null);
  const range = [top + 4, top + curveHeight - 4];
  if (!isLength(data, name)) {
    const low = Math.min(0, ...known);
    const scale = scaleLinear([1, low], range);
    return { y: (value) => scale(value), ticks: [0, 0.5, 1].map((at) => ({ at, text: String(at) })) };
  }
  const [low, high] = [Math.floor(Math.log2(Math.min(64, ...known))), Math.ceil(Math.log2(Math.max(2, ...known)))];
  const scale = scaleLog([2 ** low, 2 ** high], range);
  const step = high - low > 3 ? 2 : 1;
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, at) => 2 ** (low + at * step));
  return { y: (value) => scale(value), ticks: ticks.map((at) => ({ at, text: `${at} px` })) };
}
