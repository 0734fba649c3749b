import { scaleLinear } from 'd3-scale';
import { accent, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import { sumAt } from './maps';
import { milestones, placeOfCount } from './milestones';
import { drawLabel, drawMap, drawRowBar, type Easel } from './paint';
import { picture } from './pictures';
import { countOf } from './state';

const chartHeight = 76;
const labelLine = 14;

/** The running sum after so many channels as tiles, and below them how far it has come. Gives the y below. */
export function drawRunning(easel: Easel, y: number): number {
  const { data, state, layout } = easel;
  const { tile, lefts } = layout;
  const top = y + labelLine;
  milestones(data, layout.columns).forEach((stop, at) => {
    const now = stop === state.stop;
    const count = data.stops[stop];
    drawMap(easel, `stop ${stop}`, { x: lefts[at], y: top, ...tile }, picture(data, 'sum', stop, sumAt(data, stop)), { chosen: now });
    drawLabel(easel, count === data.order.length ? `all ${count}` : String(count), lefts[at] + tile.width / 2, top - 4, { bold: now, fill: now ? accent : undefined });
  });
  drawRowBar(easel, 'sum', top, tile.height, top - 4);
  return drawProgress(easel, top + tile.height + 10);
}

/** Share and correlation at every stop; the counts are those of the tiles above. */
function drawProgress(easel: Easel, y: number): number {
  const { stage: { svg }, data, state, layout, spots } = easel;
  const { margin: left, tilesEnd: right } = layout;
  const across = placeOfCount(data, layout);
  const lines = [
    { values: data.shareAt, stroke: ink, dash: null, name: 'share of the final map' },
    { values: data.correlationAt, stroke: softInk, dash: '4 3', name: 'correlation with it (1 = 100\u00a0%)' },
  ];
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null)) as number[];
  const scale = scaleLinear([Math.min(0, ...known), Math.max(1, ...known)], [y + chartHeight, y]);
  const [low, high] = scale.domain();
  for (const tick of high - low < 2.2 ? [0, 0.5, 1] : scale.ticks(4)) {
    svg.append('path').attr('d', `M${left},${scale(tick).toFixed(1)}H${right}`).attr('stroke', hairline).attr('fill', 'none');
    drawLabel(easel, `${Math.round(tick * 100)}\u00a0%`.replace('-', '−'), right + 12, scale(tick) + 4, { anchor: 'start', fill: softInk, size: 11 });
  }
  const now = across(countOf(data, state)).toFixed(1);
  svg.append('path').attr('d', `M${now},${y - 8}V${y + chartHeight}`).attr('stroke', accent).attr('stroke-width', 1.5).attr('fill', 'none');
  // A handle: the line can be dragged.
  svg.append('rect').attr('x', Number(now) - 4).attr('y', y + chartHeight + 1).attr('width', 8).attr('height', 13).attr('rx', 4).attr('fill', accent);
  let x = left;
  for (const { values, stroke, dash, name } of lines) {
    const points = values.flatMap((value, stop) => (value === null ? [] : [`${across(data.stops[stop]).toFixed(1)},${scale(value).toFixed(1)}`]));
    const lineOf = (path: string): unknown => svg.append('path').attr('d', path).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', 1.75).attr('stroke-dasharray', dash);
    if (points.length) lineOf(`M${points.join('L')}`);
    const value = values[state.stop];
    if (value !== null) svg.append('circle').attr('cx', now).attr('cy', scale(value).toFixed(1)).attr('r', 3.5).attr('fill', accent);
    lineOf(`M${x},${y + chartHeight + 23}h20`);
    drawLabel(easel, name, x + 25, y + chartHeight + 27, { anchor: 'start', fill: softInk, size: 11 });
    x += 25 + roomFor(name, 11) + 18;
  }
  spots.push({ name: `progress ${layout.width}`, x: left, y, width: right - left, height: chartHeight + 16 });
  return y + chartHeight + 33;
}
