import { drawPanel } from '../../src/figure/sheet';
import { readable } from '../../src/figure/numbers';
import type { Stage } from '../../src/figure/stage';
import { accent, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import { tileBox } from '../../src/features/atlas/tiles';
import type { Pixels } from '../../src/image/canvas';
import { resample } from '../../src/image/resample';
import { remembered } from '../../src/figure/memo';
import { type AtlasData, type ShownCell, valueIn } from './data';
import { type AtlasState, cellAt, levelOf, targetOf } from './looking';
import { cellName, countText, standing } from './words';

const shownClasses = 5;
const line = 19;
const icon = 72;
const [smallest, largest] = [56, 82];
const gap = 8;

/** The cell that is looked at: its icon and numbers, the classes it speaks for, and crops of its members. Gives the y below. */
export function drawCell(stage: Stage, data: AtlasData, state: AtlasState, x: number, top: number, width: number): number {
  const { svg } = stage;
  const cell = levelOf(data, state).cells[cellAt(data, state)];
  drawPanel(stage, { pixels: tileOf(data, cell.icon), look: 'smooth' }, { x, y: top, width: icon, height: icon });
  const text = x + icon + 12;
  const room = width - icon - 12;
  let y = drawLines(svg, [...textLines(cellName(cell), room, styles.title), ...textLines(countText(cell), room, styles.subtitle)], text, top - 3);
  const target = targetOf(data, state);
  if (state.view === 'map' && target >= 0) y = drawLines(svg, textLines(standing(data, state, cell, target), room, { ...styles.subtitle, fill: ink }), text, y + 2);
  y = Math.max(top + icon, y) + 14;
  y = drawClasses(svg, data, state, cell, x, y, width) + 12;
  return drawMembers(stage, data, cell, x, y, width);
}

/** Pixels along a side from which on a picture is taken for a photograph and not for a map of squares. */
const photoSide = 100;

/** A tile, enlarged smoothly. */
const tileOf = ({ tiles }: AtlasData, at: number): Pixels => remembered(tiles, `tile ${at}`, () => resample(tiles.sheet, tileBox(tiles, at), photoSide, photoSide));

function drawClasses(svg: Drawing, data: AtlasData, state: AtlasState, cell: ShownCell, x: number, top: number, width: number): number {
  const asked = state.view === 'pair' ? [state.a, state.b] : [targetOf(data, state)];
  const first = cell.values.slice(0, shownClasses).map(([at]) => at);
  const rows = [...first, ...asked.filter((at) => at >= 0 && !first.includes(at))];
  let y = drawLines(svg, textLines('attribution (mean over its members)', width, styles.subtitle), x, top - 2) + 4;
  if (!rows.length) return drawLines(svg, textLines('none was computed', width, styles.subtitle), x, y);
  const most = Math.max(...rows.map((at) => Math.abs(valueIn(cell, at)))) || 1;
  const numbers = Math.max(...rows.map((at) => roomFor(readable(valueIn(cell, at)), 11)));
  const names = Math.min(0.5 * width, Math.max(...rows.map((at) => roomFor(data.classes[at].label, 12, asked.includes(at)))));
  const bars = width - names - numbers - 2 * gap;
  for (const at of rows) {
    const value = valueIn(cell, at);
    const bold = asked.includes(at);
    svg.append('text').attr('x', x).attr('y', y + 12).attr('font-size', 12).attr('font-weight', bold ? 600 : null).attr('fill', ink).text(shorten(data.classes[at].label, names, 12, bold));
    const bar = svg.append('rect').attr('x', x + names + gap).attr('y', y + 3).attr('width', Math.max(0.5, (Math.abs(value) / most) * bars)).attr('height', 11);
    // Against the class: an empty bar.
    if (value < 0) bar.attr('fill', 'none').attr('stroke', softInk);
    else bar.attr('fill', accent);
    svg.append('text').attr('x', x + width).attr('y', y + 12).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).attr('style', 'font-variant-numeric:tabular-nums').text(readable(value));
    y += line;
  }
  return y;
}

function drawMembers(stage: Stage, data: AtlasData, cell: ShownCell, x: number, top: number, width: number): number {
  const { svg } = stage;
  const title = cell.crops.length < cell.count ? `${cell.crops.length} of its ${cell.count} members, nearest to the mean first` : `its ${cell.count === 1 ? 'only member' : `${cell.count} members`}`;
  const y = drawLines(svg, textLines(title, width, styles.subtitle), x, top - 2) + 5;
  const columns = Math.max(1, Math.min(6, Math.floor((width + gap) / (smallest + 14 + gap))));
  const room = (width - (columns - 1) * gap) / columns;
  const crop = Math.floor(Math.min(largest, room));
  cell.crops.forEach(([tile, name], at) => {
    const left = x + (at % columns) * (room + gap);
    const above = y + Math.floor(at / columns) * (crop + 20);
    drawPanel(stage, { pixels: tileOf(data, tile), look: 'smooth' }, { x: Math.round(left), y: above, width: crop, height: crop });
    svg.append('text').attr('x', left).attr('y', above + crop + 12).attr('font-size', 10).attr('fill', softInk).text(shorten(data.names[name], room, 10)).append('title').text(data.names[name]);
  });
  const rows = Math.ceil(cell.crops.length / columns);
  svg.append('path').attr('d', `M${x},${top - 4}h${width}`).attr('stroke', hairline);
  return y + rows * (crop + 20);
}
