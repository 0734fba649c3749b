import type { Place } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, softInk } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import type { GalleryData } from './data';
import type { GalleryState } from './state';
import { numberText } from './words';

/** Of a filter that is not picked: read on white and on dark. */
const barColour = '#87909a';
const chart = 54;
export const columnsHeight = chart + 32;

const title = { l1: 'L1 norm', l2: 'L2 norm' };
const most = ({ filters }: GalleryData, { norm }: GalleryState): number => filters.reduce((top, each) => Math.max(top, each[norm]), 0) || 1;

/** The norms as upright bars in the order of the tiles; gives the part that they stand in. */
export function drawNormColumns(svg: Drawing, data: GalleryData, state: GalleryState, order: readonly number[], { x, y, width }: Pick<Place, 'x' | 'y' | 'width'>): Place {
  const top = most(data, state);
  const label = numberText(top);
  const left = x + roomFor(label, 10) + 6;
  const place = { x: left, y: y + 16, width: x + width - left, height: chart };
  svg.append('text').attr('x', x).attr('y', y + 9).attr('font-size', 11).attr('fill', softInk).text(`${title[state.norm]} of each filter, in the order above`);
  for (const [text, at] of [[label, place.y], ['0', place.y + chart]] as const) {
    svg.append('text').attr('x', left - 5).attr('y', at + 3.5).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(text);
    svg.append('path').attr('d', `M${left},${at}h${place.width}`).attr('stroke', hairline);
  }
  const step = place.width / order.length;
  const bar = (at: number, filter: number): string => `M${(left + at * step).toFixed(1)},${place.y + chart}v${((-data.filters[filter][state.norm] / top) * chart).toFixed(1)}h${Math.max(0.8, Math.min(step - 1, 22)).toFixed(1)}V${place.y + chart}z`;
  const others = order.map((filter, at) => (filter === state.picked ? '' : bar(at, filter))).join('');
  if (others) svg.append('path').attr('d', others).attr('fill', barColour);
  svg.append('path').attr('d', bar(order.indexOf(state.picked), state.picked)).attr('fill', accent);
  return place;
}

/** The norms as lying bars beside the rows of a matrix. */
export function drawNormRows(svg: Drawing, data: GalleryData, state: GalleryState, order: readonly number[], { x, y, width, height }: Place): void {
  const top = most(data, state);
  const room = roomFor(numberText(top), 10) + 8;
  svg.append('text').attr('x', x).attr('y', y - 6).attr('font-size', 10).attr('fill', softInk).text(title[state.norm]);
  const step = height / order.length;
  const thick = Math.max(1, Math.min(step - 2, 12));
  let lastText = -Infinity;
  order.forEach((filter, at) => {
    const middle = y + (at + 0.5) * step;
    const length = (data.filters[filter][state.norm] / top) * (width - room);
    const chosen = filter === state.picked;
    svg.append('rect').attr('x', x).attr('y', middle - thick / 2).attr('width', length.toFixed(1)).attr('height', thick).attr('fill', chosen ? accent : barColour);
    if (middle - lastText < 11) return;
    lastText = middle;
    svg.append('text').attr('x', x + length + 4).attr('y', middle + 3.5).attr('font-size', 10).attr('fill', softInk).text(numberText(data.filters[filter][state.norm]));
  });
}
