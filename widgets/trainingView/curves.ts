import { extent, ticks } from 'd3-array';
import { readable } from '../../src/figure/numbers';
import type { Place } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import type { Logs } from './data';

/** One quantity of the logs: on the training data, and on the data that were held out, if there are any. */
export interface Metric {
  name: string;
  training: number[];
  validation?: number[];
}

/** What was logged, loss first; what only counts the batch is left out. */
export function metricsOf(logs: readonly Logs[]): Metric[] {
  const names = [...new Set(logs.flatMap((each) => Object.keys(each)).map((name) => name.replace(/^val_/, '')))].filter((name) => name !== 'batch' && name !== 'size');
  const values = (name: string): number[] => logs.map((each) => each[name] ?? NaN);
  return names
    .sort((a, b) => Number(b === 'loss') - Number(a === 'loss'))
    .map((name) => ({ name: name === 'acc' ? 'accuracy' : name, training: values(name), validation: logs.some((each) => `val_${name}` in each) ? values(`val_${name}`) : undefined }));
}

// Paul Tol's: told apart by colour-blind readers; the second one is dashed too.
const colours = { training: '#4477aa', validation: '#ee7733' };
const room = { left: 36, top: 34, bottom: 20, right: 8 };

/** The curves of a metric over the epochs, with a mark at one of them and the values there; gives the place of the epochs, from the first to the last. */
export function drawCurves(svg: Drawing, { name, training, validation }: Metric, epoch: number, { x, y, width, height }: Place): Place {
  const group = svg.append('g').attr('transform', `translate(${x},${y})`) as Drawing;
  const inner = { x: room.left, y: room.top, width: width - room.left - room.right, height: height - room.top - room.bottom };
  const [low, high] = rangeOf(name, [...training, ...(validation ?? [])]);
  const across = (each: number): number => inner.x + (training.length > 1 ? ((each - 1) / (training.length - 1)) * inner.width : inner.width / 2);
  const up = (value: number): number => inner.y + inner.height * (1 - (value - low) / (high - low));

  group.append('text').attr('y', 10).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(name);
  drawValues(group, { training, validation }, epoch, width);
  for (const tick of ticks(low, high, 3)) {
    group.append('path').attr('d', `M${inner.x},${up(tick).toFixed(1)}h${inner.width}`).attr('stroke', hairline);
    group.append('text').attr('x', inner.x - 5).attr('y', (up(tick) + 3.5).toFixed(1)).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(readable(tick));
  }
  for (const each of epochTicks(training.length)) group.append('text').attr('x', across(each).toFixed(1)).attr('y', inner.y + inner.height + 14).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(each);
  const path = (values: readonly number[]): string => values.reduce((d, value, at) => (Number.isFinite(value) ? `${d}${at && Number.isFinite(values[at - 1]) ? 'L' : 'M'}${across(at + 1).toFixed(1)},${up(value).toFixed(1)}` : d), '');
  // A single epoch is a point, which a line of no length with round ends draws.
  const curve = (values: readonly number[]): string => (values.length > 1 ? path(values) : `${path(values)}h0`);
  if (validation) group.append('path').attr('d', curve(validation)).attr('fill', 'none').attr('stroke', colours.validation).attr('stroke-width', 1.75).attr('stroke-dasharray', '4,3').attr('stroke-linecap', 'round');
  group.append('path').attr('d', curve(training)).attr('fill', 'none').attr('stroke', colours.training).attr('stroke-width', 1.75).attr('stroke-linecap', 'round');
  if (epoch > 0) group.append('path').attr('d', `M${across(epoch).toFixed(1)},${inner.y - 3}v${inner.height + 6}`).attr('stroke', accent).attr('stroke-width', 1);
  return { x: x + inner.x, y: y + inner.y, width: inner.width, height: inner.height };
}

/** The values at an epoch, each behind a piece of its line; without the names where they would not fit. */
function drawValues(group: Drawing, { training, validation }: Omit<Metric, 'name'>, epoch: number, width: number): void {
  const told = ([['training', training], ['validation', validation]] as const).flatMap(([name, values]) => (values ? [{ name, value: epoch > 0 ? readable(values[epoch - 1]) : '–' }] : []));
  const room = (text: string): number => 19 + roomFor(text, 10.5) + 12;
  const named = told.map(({ name, value }) => `${name} ${value}`);
  const texts = named.reduce((sum, text) => sum + room(text), -12) <= width ? named : told.map(({ value }) => value);
  let x = 0;
  told.forEach(({ name }, at) => {
    group.append('path').attr('d', `M${x},23h14`).attr('stroke', colours[name]).attr('stroke-width', 2).attr('stroke-dasharray', name === 'validation' ? '4,3' : null);
    group.append('text').attr('x', x + 19).attr('y', 26.5).attr('font-size', 10.5).attr('fill', softInk).attr('style', 'font-variant-numeric:tabular-nums').text(texts[at]);
    x += room(texts[at]);
  });
}

/** From 0 where that is near, to 1 for an accuracy. */
function rangeOf(name: string, values: readonly number[]): [number, number] {
  const [low = 0, high = 1] = extent(values.filter(Number.isFinite));
  if (/acc/i.test(name) && low >= 0 && high <= 1) return [0, 1];
  const bottom = low > 0 && low < high / 2 ? 0 : low;
  return high > bottom ? [bottom, high + (high - bottom) * 0.04] : [bottom - 0.5, bottom + 0.5];
}

/** The first, the last, and a few whole numbers between. */
function epochTicks(count: number): number[] {
  if (count < 1) return [];
  const inner = ticks(1, count, 4).filter((tick) => Number.isInteger(tick) && tick > 1 + count * 0.1 && tick < count - count * 0.1);
  return [...new Set([1, ...inner, count])];
}
