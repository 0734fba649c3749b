import { extent, ticks } from 'd3-array';
import { readable } from '../../src/figure/numbers';
import type { Place } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { type FeatureData, type FeatureState, shownOf, type Tile } from './data';

const room = { left: 44, top: 40, bottom: 34, right: 10 };
export const curveHeight = 190;

/** Told apart by colour-blind readers: what the steps saw, and the picture as it stands. */
const colours = { seen: '#9db7d5', stands: '#3f85cf' };

/** The value over the steps: of the picked picture, what each step saw and what it reached as it stood, the others in grey; a mark at the shown step. Gives the place of the steps. */
export function drawCurve(svg: Drawing, data: FeatureData, state: FeatureState, { x, y, width, height }: Place): Place {
  const tile = data.tiles[state.picked];
  const group = svg.append('g').attr('transform', `translate(${x},${y})`) as Drawing;
  const inner = { x: room.left, y: room.top, width: width - room.left - room.right, height: height - room.top - room.bottom };
  const last = Math.max(1, ...data.tiles.map(({ steps }) => steps));
  const [low, high] = rangeOf(data, tile);
  const across = (step: number): number => inner.x + (step / last) * inner.width;
  const up = (value: number): number => inner.y + inner.height * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low));
  const line = (points: readonly { step: number; value: number }[]): string =>
    points.reduce((d, { step, value }, at) => (Number.isFinite(value) ? `${d}${at && Number.isFinite(points[at - 1].value) ? 'L' : 'M'}${across(step).toFixed(1)},${up(value).toFixed(1)}` : d), '');

  group.append('text').attr('y', 11).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(`${data.unit} over the steps: ${tile.title}`, width, 12, true));
  drawKey(group, data, width);
  for (const tick of ticks(low, high, 4)) {
    group.append('path').attr('d', `M${inner.x},${up(tick).toFixed(1)}h${inner.width}`).attr('stroke', hairline);
    group.append('text').attr('x', inner.x - 6).attr('y', (up(tick) + 3.5).toFixed(1)).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(readable(tick));
  }
  const steps = ticks(0, last, Math.max(2, Math.round(inner.width / 90))).filter((tick) => Number.isInteger(tick));
  for (const tick of steps) group.append('text').attr('x', across(tick).toFixed(1)).attr('y', inner.y + inner.height + 14).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(tick);
  group.append('text').attr('x', inner.x + inner.width / 2).attr('y', inner.y + inner.height + 29).attr('text-anchor', 'middle').attr('font-size', 10.5).attr('fill', softInk).text('steps of optimisation');
  for (const other of data.tiles) if (other !== tile) group.append('path').attr('d', line(other.checked)).attr('fill', 'none').attr('stroke', faintInk).attr('stroke-opacity', 0.35);
  group.append('path').attr('d', line([...tile.seen].map((value, step) => ({ step, value })))).attr('fill', 'none').attr('stroke', colours.seen);
  group.append('path').attr('d', line(tile.checked)).attr('fill', 'none').attr('stroke', colours.stands).attr('stroke-width', 2).attr('stroke-linejoin', 'round');
  group.append('path').attr('d', `M${inner.x},${up(tile.grey).toFixed(1)}h${inner.width}`).attr('stroke', softInk).attr('stroke-dasharray', '2,4');
  const shown = shownOf(tile, state);
  group.append('path').attr('d', `M${across(shown.step).toFixed(1)},${inner.y - 2}v${inner.height + 4}`).attr('stroke', accent);
  group.append('circle').attr('cx', across(shown.step).toFixed(1)).attr('cy', up(shown.value).toFixed(1)).attr('r', 4).attr('fill', accent).attr('stroke', '#fff');
  return { x: x + inner.x, y: y + inner.y, width: inner.width, height: inner.height };
}

/** Each kind of line with its name, as far as there is room. */
function drawKey(group: Drawing, { tiles }: FeatureData, width: number): void {
  const entries = [
    { text: 'the picture as it stands', stroke: colours.stands, thick: 2 },
    ...(tiles.some(({ seen }) => seen.length) ? [{ text: 'moved about, as each step saw it', stroke: colours.seen, thick: 1 }] : []),
    { text: 'an even grey picture', stroke: softInk, thick: 1, dash: '2,4' },
    ...(tiles.length > 1 ? [{ text: 'the others', stroke: faintInk, thick: 1 }] : []),
  ];
  let x = 0;
  for (const { text, stroke, thick, dash = null } of entries as { text: string; stroke: string; thick: number; dash?: string }[]) {
    const needed = 21 + roomFor(text, 10.5);
    if (x + needed > width) return;
    group.append('path').attr('d', `M${x},23.5h16`).attr('stroke', stroke).attr('stroke-width', thick).attr('stroke-dasharray', dash);
    group.append('text').attr('x', x + 21).attr('y', 27).attr('font-size', 10.5).attr('fill', softInk).text(text);
    x += needed + 14;
  }
}

/** Of all pictures, with a little air; errors from 0. */
function rangeOf({ tiles, rising }: FeatureData, { grey }: Tile): [number, number] {
  const values = [grey, ...tiles.flatMap(({ seen, checked }) => [...seen, ...checked.map(({ value }) => value)])].filter(Number.isFinite);
  const [low = 0, high = 1] = extent(values);
  const bottom = !rising ? 0 : low > 0 && low < high / 2 ? 0 : low;
  return high > bottom ? [bottom, high + (high - bottom) * 0.04] : [bottom - 0.5, bottom + 0.5];
}
