import { scaleLinear } from 'd3-scale';
import { accent, hairline, ink, softInk } from '../../src/figure/svg';
import { barOf, picture, sumAt } from './maps';
import { shareText } from './numbers';
import { drawLabel, drawMap, drawRowBar, type Easel } from './paint';
import { countOf, nearestStop } from './state';
import type { StepsData } from './data';

const chartHeight = 78;
const labelLine = 14;

/** The counts that have a tile: from one channel to all, evenly on a logarithmic scale, and among the stops. */
export function milestones(data: StepsData, columns: number): number[] {
  const all = data.order.length;
  const wanted = Array.from({ length: columns }, (_, at) => (columns === 1 ? all : all ** (at / (columns - 1))));
  return [...new Set(wanted.map((count) => nearestStop(data, count)))].filter((stop) => data.stops[stop] > 0);
}

/** The running sum after so many channels as tiles, and below them how far it has come. Gives the y below. */
export function drawRunning(easel: Easel, y: number): number {
  const { data, state, layout } = easel;
  const { tile, lefts } = layout;
  const chosen = milestones(data, layout.columns);
  const top = y + labelLine;
  chosen.forEach((stop, at) => {
    const count = data.stops[stop];
    const now = stop === state.stop;
    drawMap(easel, `stop ${stop}`, { x: lefts[at], y: top, ...tile }, picture(data, 'sum', stop, sumAt(data, stop)), { chosen: now });
    drawLabel(easel, count === data.order.length ? `all ${count}` : String(count), lefts[at] + tile.width / 2, top - 4, { bold: now, fill: now ? accent : undefined });
  });
  drawRowBar(easel, barOf(data, 'sum'), top, tile.height);
  return drawProgress(easel, chosen, top + tile.height + 10);
}

/** Share and correlation at every stop; the counts stand under the tiles' middles. */
function drawProgress(easel: Easel, chosen: readonly number[], y: number): number {
  const { stage: { svg }, data, state, layout, spots } = easel;
  const { margin: left, tilesEnd: right } = layout;
  const across = placeOfCount(easel, chosen);
  const known = data.correlationAt.filter((r) => r !== null);
  const [low, high] = [Math.min(0, ...data.shareAt, ...known), Math.max(1, ...data.shareAt)];
  const scale = scaleLinear([low, high], [y + chartHeight, y]);
  for (const tick of [0, 0.5, 1]) {
    svg.append('path').attr('d', `M${left},${scale(tick).toFixed(1)}H${right}`).attr('stroke', hairline).attr('fill', 'none');
    drawLabel(easel, `${tick * 100}${tick === 1 ? '\u00a0%' : ''}`, right + 10, scale(tick) + 4, { anchor: 'start', fill: softInk, size: 11 });
  }
  const line = (values: readonly (number | null)[]): string => {
    const points = values.flatMap((value, stop) => (value === null ? [] : [`${across(data.stops[stop]).toFixed(1)},${scale(value).toFixed(1)}`]));
    return points.length ? `M${points.join('L')}` : '';
  };
  svg.append('path').attr('d', `M${across(countOf(data, state)).toFixed(1)},${y - 6}V${y + chartHeight}`).attr('stroke', accent).attr('stroke-width', 1.5).attr('fill', 'none');
  const lines = [
    { values: data.correlationAt, stroke: softInk, dash: '4 3', name: 'correlation with the final map' },
    { values: data.shareAt, stroke: ink, dash: null, name: 'share of the final map' },
  ];
  for (const { values, stroke, dash } of lines) {
    const path = line(values);
    if (!path) continue;
    svg.append('path').attr('d', path).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', 1.75).attr('stroke-dasharray', dash);
    const value = values[state.stop];
    if (value !== null) svg.append('circle').attr('cx', across(countOf(data, state)).toFixed(1)).attr('cy', scale(value).toFixed(1)).attr('r', 3.5).attr('fill', accent);
  }
  const legend = y + chartHeight + 15;
  let x = left;
  for (const { stroke, dash, name } of [...lines].reverse()) {
    svg.append('path').attr('d', `M${x},${legend - 4}h20`).attr('stroke', stroke).attr('stroke-width', 1.75).attr('stroke-dasharray', dash).attr('fill', 'none');
    drawLabel(easel, name, x + 25, legend, { anchor: 'start', fill: softInk, size: 11 });
    x += 25 + name.length * 5.6 + 20;
  }
  spots.push({ name: 'progress', x: left, y, width: right - left, height: chartHeight });
  return legend + 6;
}

/** Where a count stands between the tiles: straight lines on a logarithmic scale, 0 at the left end. */
function placeOfCount({ data, layout: { lefts, tile, margin } }: Easel, chosen: readonly number[]): (count: number) => number {
  const counts = [0.5, ...chosen.map((stop) => data.stops[stop])];
  const places = [margin, ...chosen.map((_, at) => lefts[at] + tile.width / 2)];
  const scale = scaleLinear(counts.map(Math.log2), places).clamp(true);
  return (count) => scale(Math.log2(Math.max(0.5, count)));
}

/** The stop whose count stands nearest to a share of the chart's width. */
export function stopAt(data: StepsData, layout: Easel['layout'], u: number): number {
  const across = placeOfCount({ data, layout } as Easel, milestones(data, layout.columns));
  const x = layout.margin + u * (layout.tilesEnd - layout.margin);
  return data.stops.reduce((best, count, stop) => (Math.abs(across(count) - x) < Math.abs(across(data.stops[best]) - x) ? stop : best), 0);
}

export { shareText };
