import { axisRight } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { colorTable } from '../../src/figure/colormap';
import { accent, hairline, softInk } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import { greatest } from './maps';
import { notationFor } from './numbers';
import { drawLabel, type Easel } from './paint';
import { byWeight, countOf } from './state';

const height = 76;
const labelRoom = 18;
const thinnest = 1.6;
const thickest = 14;

/** Red and blue that read on white and on a dark page: the ends of the scale are too dark for the one. */
const colourAt = (at: number): string => `rgb(${colorTable('RdBu').slice(at * 3, at * 3 + 3).join(',')})`;
const [against, speaksFor] = [colourAt(40), colourAt(215)];

/** All weights as bars, the greatest first; strong those of the channels that are added. Gives the y below. */
export function drawWeights(easel: Easel, y: number): number {
  const { stage: { svg }, data, state, layout, spots } = easel;
  const { margin: left, chartEnd: right } = layout;
  const { weights, order } = data;
  const sorted = byWeight(data);
  const notation = notationFor(greatest(weights));
  const top = y + labelRoom;
  const ends = [Math.min(0, weights[sorted[sorted.length - 1]]), Math.max(0, weights[sorted[0]])];
  const scale = scaleLinear(ends.map((weight) => weight * notation.factor), [top + height, top]);
  const step = (right - left) / sorted.length;
  const middle = (place: number): number => left + (place + 0.5) * step;

  const zero = scale(0).toFixed(1);
  const added = new Set(order.slice(0, countOf(data, state)));
  // Of bars thinner than a pixel every so manyth stands for its neighbours, which are as long.
  const every = Math.ceil(0.8 / step);
  const drawBars = (channels: (channel: number, place: number) => boolean, width: number, opacity: number): void => {
    for (const [sign, colour] of [[1, speaksFor], [-1, against]]) {
      const bars = sorted.map((channel, place) => (weights[channel] * (sign as number) > 0 && channels(channel, place) ? `M${middle(place).toFixed(1)},${zero}V${scale(weights[channel] * notation.factor).toFixed(1)}` : '')).join('');
      if (bars) svg.append('path').attr('d', bars).attr('stroke', colour).attr('stroke-opacity', opacity).attr('stroke-width', width.toFixed(2)).attr('fill', 'none');
    }
  };
  const thick = Math.min(thickest, step > 3 ? step * 0.8 : step);
  drawBars((_, place) => place % every === 0, thick * every, 0.3);
  drawBars((channel) => added.has(channel), Math.max(thick, thinnest), 1);
  svg.append('path').attr('d', `M${left},${zero}H${right}`).attr('stroke', softInk).attr('stroke-width', 0.75).attr('fill', 'none');

  const axis = svg.append('g').attr('transform', `translate(${right + 6},0)`);
  axis.call(axisRight(scale).ticks(4).tickFormat((tick) => String(tick).replace('-', '−')).tickSize(4).tickPadding(4) as never);
  axis.select('.domain').remove();
  axis.attr('font-size', 11).attr('font-family', null).attr('fill', null);
  axis.selectAll('line').attr('stroke', hairline);
  axis.selectAll('text').attr('fill', softInk);
  drawLabel(easel, `α${notation.power}`, right + 12, top - 7, { anchor: 'start', fill: softInk });
  drawMark(easel, state.pointed ?? state.picked, notation, top, middle);
  drawLabel(easel, `${order.filter((channel) => weights[channel] > 0).length} positive`, left, top + height + 14, { anchor: 'start', fill: softInk });
  drawLabel(easel, added.size ? `strong: the ${added.size} that are added` : 'none is added', (left + right) / 2, top + height + 14, { fill: softInk });
  drawLabel(easel, `${order.filter((channel) => weights[channel] < 0).length} negative`, right, top + height + 14, { anchor: 'end', fill: softInk });
  spots.push({ name: 'weights', x: left, y: top, width: right - left, height });
  return top + height + 20;
}

/** Which bar is the channel's, and its weight. */
function drawMark(easel: Easel, channel: number, { signed, power }: ReturnType<typeof notationFor>, top: number, middle: (place: number) => number): void {
  const { stage: { svg }, data, layout: { margin: left, chartEnd: right } } = easel;
  const x = middle(byWeight(data).indexOf(channel));
  const label = `k = ${channel}: α = ${signed(data.weights[channel])}${power}`;
  const half = roomFor(label, 10, true) / 2;
  svg.append('path').attr('d', `M${x.toFixed(1)},${top - 3}V${top + height + 2}`).attr('stroke', accent).attr('stroke-dasharray', '2 2').attr('fill', 'none');
  drawLabel(easel, label, Math.max(left + half, Math.min(right - half, x)), top - 7, { bold: true, fill: accent });
}

/** The channel whose bar is at a share of the chart's width. */
export function weightAt(data: Easel['data'], u: number): number {
  const sorted = byWeight(data);
  return sorted[Math.min(sorted.length - 1, Math.floor(u * sorted.length))];
}
