import { readable } from '../../src/figure/numbers';
import { faintInk, hairline, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import type { AtlasData } from './data';
import { type AtlasState, levelOf, strongest, targetOf } from './looking';
import { mostMembers, pairOf, sideFor } from './placing';
import { ground } from './compose';
import { levelText, plural } from './words';

const size = 11;

/** What the sizes and the strengths of the icons mean; gives the y below. */
export function drawLegend(svg: Drawing, data: AtlasData, state: AtlasState, x: number, top: number, side: number): number {
  const y = drawSizes(svg, data, state, x, top, side);
  if (state.view === 'pair') return drawAxis(svg, data, state, x, y, side);
  const target = targetOf(data, state);
  return target < 0 ? y : drawStrengths(svg, data, state, target, x, y, side);
}

const write = (svg: Drawing, text: string, x: number, y: number, room: number): void => void svg.append('text').attr('x', x).attr('y', y).attr('font-size', size).attr('fill', softInk).text(shorten(text, room, size));

/** Squares as large as the icons of cells with few and with many members. */
function drawSizes(svg: Drawing, data: AtlasData, state: AtlasState, x: number, top: number, side: number): number {
  const level = levelOf(data, state);
  const most = mostMembers(level.cells);
  const least = Math.min(...level.cells.map(({ count }) => count));
  const cell = Math.min(30, side / level.grid);
  const counts = [...new Set([least, Math.round((least + most) / 2), most])];
  let left = x;
  write(svg, 'icon size: activations', left, top + 18, side);
  left += roomFor('icon size: activations', size) + 8;
  for (const count of counts) {
    const square = cell * sideFor(count, most);
    svg.append('rect').attr('x', left).attr('y', top + 14 - square / 2).attr('width', square).attr('height', square).attr('fill', 'none').attr('stroke', faintInk);
    write(svg, String(count), left + square + 4, top + 18, 60);
    left += square + 4 + roomFor(String(count), size) + 12;
  }
  const text = levelText(data, level);
  const room = x + side - left;
  if (roomFor(text, size) <= room) {
    write(svg, text, x + side - roomFor(text, size), top + 18, room);
    return top + 34;
  }
  write(svg, text, x, top + 46, side);
  return top + 56;
}

const bar = { width: 150, height: 10 };

function drawStrengths(svg: Drawing, data: AtlasData, state: AtlasState, target: number, x: number, top: number, side: number): number {
  const peak = strongest(levelOf(data, state).cells, target);
  const text = `brightness: attribution to ${data.classes[target].label}`;
  const gradient = svg.append('linearGradient').attr('id', 'strength');
  gradient.append('stop').attr('offset', '0%').attr('stop-color', `rgb(${ground.map((each) => Math.round(each + (255 - each) * 0.1)).join(',')})`);
  gradient.append('stop').attr('offset', '100%').attr('stop-color', '#fff');
  const room = Math.min(roomFor(text, size), side - bar.width - 90);
  write(svg, text, x, top + 14, room);
  const left = x + room + 10;
  const [low, high] = ['≤ 0', peak > 0 ? readable(peak) : 'none is above 0'];
  write(svg, low, left, top + 14, 40);
  const from = left + roomFor(low, size) + 5;
  svg.append('rect').attr('x', from).attr('y', top + 5).attr('width', bar.width).attr('height', bar.height).attr('fill', 'url(#strength)').attr('stroke', hairline);
  write(svg, high, from + bar.width + 5, top + 14, x + side - from - bar.width - 5);
  return top + 26;
}

/** The axis between two classes. */
function drawAxis(svg: Drawing, data: AtlasData, state: AtlasState, x: number, top: number, side: number): number {
  const { most, beyond, silent, hidden } = pairOf(data, state);
  const end = `by ${readable(most)}${beyond ? ' or more' : ''}`;
  const [a, b] = [data.classes[state.a].label, data.classes[state.b].label];
  svg.append('path').attr('d', `M${x + 6},${top + 6}H${x + side - 6}m-5,-4l5,4l-5,4M${x + side / 2},${top + 1}v10M${x + 11},${top + 2}l-5,4l5,4`).attr('fill', 'none').attr('stroke', softInk);
  const third = side / 3;
  write(svg, `← ${b}, ${end}`, x, top + 24, third);
  svg.append('text').attr('x', x + side / 2).attr('y', top + 24).attr('text-anchor', 'middle').attr('font-size', size).attr('fill', softInk).text('0: as much for both');
  const right = shorten(`${a}, ${end} →`, third, size);
  svg.append('text').attr('x', x + side).attr('y', top + 24).attr('text-anchor', 'end').attr('font-size', size).attr('fill', softInk).text(right);
  const left = [hidden && `${plural(hidden, 'cell')} behind others`, silent && `${plural(silent, 'cell')} that ${silent === 1 ? 'speaks' : 'speak'} for neither`].filter(Boolean).join(', ');
  const told = `from left to right: attribution to ${a} minus that to ${b}; from top to bottom: alike cells near each other${left && `; not shown: ${left}`}`;
  return drawLines(svg, textLines(told, side, styles.subtitle), x, top + 29) + 4;
}
