import { ticks } from 'd3-array';
import { minus } from '../../src/figure/numbers';
import type { Place } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten, wrap } from '../../src/figure/text';
import type { BoardData, BoardRow } from './data';
import type { BoardState } from './state';
import { measureNames } from './words';

/** Told apart by colour-blind readers (Paul Tol's bright and vibrant schemes); each line has its name beside it too. */
export const lineInks = ['#4477aa', '#ee7733', '#aa3377', '#009988', '#997700', '#66aadd'] as const;
export const inkOf = (row: number): string => lineInks[row % lineInks.length];

const room = { left: 30, top: 36, bottom: 34 };
const labelSize = 10.5;
const nameLine = 12;

/** The likeness over the steps, a line for each method with what chance gives dashed; gives the place of the steps, from the original to the last. */
export function drawChart(svg: Drawing, data: BoardData, state: BoardState, { x, y, width, height }: Place): Place {
  const { rows, stages } = data;
  const { measure } = state;
  const names = Math.min(width * 0.32, Math.max(...rows.map(({ name }) => roomFor(name, labelSize, true))) + 10);
  const place = { x: x + room.left, y: y + room.top, width: width - room.left - names, height: height - room.top - room.bottom };
  const low = Math.min(0, ...rows.flatMap(({ maps }) => maps.map(({ likeness }) => likeness[measure] ?? 0)));
  const bottom = low < -0.02 ? Math.max(-1, Math.floor(low * 5) / 5) : 0;
  const across = (at: number): number => place.x + (at / Math.max(1, stages.length)) * place.width;
  const up = (value: number): number => place.y + place.height * (1 - (value - bottom) / (1 - bottom));

  svg.append('text').attr('x', x).attr('y', y + 12).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(`like the original: ${measureNames[measure]}`, width, 12, true));
  svg.append('text').attr('x', x).attr('y', y + 27).attr('font-size', labelSize).attr('fill', softInk).text(shorten('dashed: the highest of 19 random maps', width, labelSize));
  for (const tick of ticks(bottom, 1, 5)) {
    svg.append('path').attr('d', `M${place.x},${up(tick).toFixed(1)}h${place.width}`).attr('stroke', hairline).attr('stroke-width', tick === 0 ? 1.5 : 1);
    svg.append('text').attr('x', place.x - 5).attr('y', (up(tick) + 3.5).toFixed(1)).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(minus(tick.toFixed(1)));
  }
  drawSteps(svg, data, place, across);
  if (state.at <= stages.length) svg.append('path').attr('d', `M${across(state.at).toFixed(1)},${place.y - 4}v${place.height + 8}`).attr('stroke', accent).attr('stroke-width', 1);
  rows.forEach((row, at) => drawLine(svg, row, at, state, across, up));
  drawNames(svg, rows, state, place, up, names);
  return place;
}

/** The names of the steps below the chart: every one that has room. */
function drawSteps(svg: Drawing, { stages }: BoardData, place: Place, across: (at: number) => number): void {
  const axis = ['original', ...stages];
  let free = -Infinity;
  axis.forEach((name, at) => {
    const half = roomFor(name, 10) / 2;
    const middle = Math.min(Math.max(across(at), place.x - 18 + half), place.x + place.width + 30 - half);
    const last = at === axis.length - 1;
    const end = axis.length > 1 ? place.x + place.width + 30 - 2 * (roomFor(axis[axis.length - 1], 10) / 2) - 6 : Infinity;
    svg.append('path').attr('d', `M${across(at).toFixed(1)},${place.y + place.height}v4`).attr('stroke', hairline);
    if (middle - half < free || (!last && middle + half > end)) return;
    svg.append('text').attr('x', middle.toFixed(1)).attr('y', place.y + place.height + 16).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(name);
    free = middle + half + 6;
  });
}

function drawLine(svg: Drawing, { maps, chance }: BoardRow, at: number, state: BoardState, across: (at: number) => number, up: (value: number) => number): void {
  const values = maps.map(({ likeness }) => likeness[state.measure]);
  const strong = at === state.row;
  const path = values.reduce<string>((d, value, step) => (value === null ? d : `${d}${step && values[step - 1] !== null ? 'L' : 'M'}${across(step).toFixed(1)},${up(value).toFixed(1)}`), '');
  const high = chance.highest[state.measure];
  if (Number.isFinite(high)) svg.append('path').attr('class', 'chance').attr('d', `M${across(0).toFixed(1)},${up(high).toFixed(1)}H${across(Math.max(1, maps.length - 1)).toFixed(1)}`).attr('stroke', inkOf(at)).attr('stroke-width', strong ? 1.25 : 0.75).attr('stroke-dasharray', '2,4').attr('fill', 'none');
  svg.append('path').attr('class', 'line').attr('d', path).attr('stroke', inkOf(at)).attr('stroke-width', strong ? 2.5 : 1.5).attr('fill', 'none').attr('stroke-linejoin', 'round').attr('stroke-linecap', 'round');
  values.forEach((value, step) => value !== null && svg.append('circle').attr('cx', across(step).toFixed(1)).attr('cy', up(value).toFixed(1)).attr('r', strong && step === state.at ? 5 : strong ? 3 : 2.2).attr('fill', inkOf(at)));
}

/** The methods' names at the ends of their lines, moved apart where they would touch. */
function drawNames(svg: Drawing, rows: readonly BoardRow[], { row: chosen, measure }: BoardState, place: Place, up: (value: number) => number, width: number): void {
  const names = rows.map(({ name, maps }, at) => {
    // A word that is too long is cut, not broken.
    const lines = wrap(name.split(' ').map((word) => shorten(word, width - 10, labelSize, true)).join(' '), width - 10, labelSize, true);
    const end = maps.findLast(({ likeness }) => likeness[measure] !== null)?.likeness[measure] ?? 0;
    return { at, lines: lines.length > 2 ? [lines[0], shorten(lines.slice(1).join(' '), width - 10, labelSize, true)] : lines, y: up(end) };
  });
  // From the top down each below the one before, then from the bottom up within the chart.
  const sorted = [...names].sort((a, b) => a.y - b.y);
  const tall = ({ lines }: (typeof names)[number]): number => lines.length * nameLine + 2;
  sorted.forEach((each, i) => (each.y = Math.max(each.y, i ? sorted[i - 1].y + tall(sorted[i - 1]) : -Infinity)));
  let floor = place.y + place.height + 12;
  for (const each of [...sorted].reverse()) floor = each.y = Math.min(each.y, floor - tall(each));
  for (const { at, lines, y } of names) {
    lines.forEach((line, i) => svg.append('text').attr('x', place.x + place.width + 8).attr('y', (y + 3.5 + i * nameLine).toFixed(1)).attr('font-size', labelSize).attr('font-weight', at === chosen ? 600 : null).attr('fill', ink).text(line));
  }
}
