import { axisRight } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { accent, hairline, softInk, faintInk } from '../../src/figure/svg';
import { colorTable } from '../../src/figure/colormap';
import { roomFor } from '../../src/figure/text';
import { notationFor } from './numbers';
import { drawLabel, type Easel } from './paint';
import { byWeight, countOf, rankOf } from './state';

const height = 84;
const labelRoom = 16;
const thinnest = 1.6;

/** Red and blue that read on white and on a dark page: the scale's own ends are too dark for the one. */
const colourAt = (at: number): string => `rgb(${colorTable('RdBu').slice(at * 3, at * 3 + 3).join(',')})`;
const [against, speaksFor] = [colourAt(40), colourAt(215)];

/** All weights as bars, the greatest first; strong those of the channels that are added. Gives the y below. */
export function drawWeights(easel: Easel, y: number): number {
  const { stage: { svg }, data, state, layout, spots } = easel;
  const { margin: left, tilesEnd: right } = layout;
  const { weights, order } = data;
  const sorted = byWeight(data);
  const count = countOf(data, state);
  const notation = notationFor(Math.max(...weights.map(Math.abs)));
  const [high, low] = [Math.max(0, weights[sorted[0]]), Math.min(0, weights[sorted[sorted.length - 1]])];
  const top = y + labelRoom;
  const scale = scaleLinear([low * notation.factor, high * notation.factor], [top + height, top]);
  const at = (channel: number): number => scale(weights[channel] * notation.factor);
  const step = (right - left) / sorted.length;
  const width = Math.min(14, Math.max(step * 0.86, 0));

  const bars = { forPale: '', againstPale: '', forStrong: '', againstStrong: '' };
  sorted.forEach((channel, place) => {
    const side = weights[channel] > 0 ? 'for' : 'against';
    bars[`${side}${rankOf(data, channel) < count ? 'Strong' : 'Pale'}`] += `M${(left + (place + 0.5) * step).toFixed(1)},${scale(0).toFixed(1)}V${at(channel).toFixed(1)}`;
  });
  const draw = (path: string, colour: string, opacity: number, thick: number): void => {
    if (path) svg.append('path').attr('d', path).attr('stroke', colour).attr('stroke-opacity', opacity).attr('stroke-width', thick.toFixed(2)).attr('fill', 'none');
  };
  // Hundreds of thin bars lie side by side: those that are added must be seen among them.
  draw(bars.forPale, speaksFor, 0.3, Math.max(width, step));
  draw(bars.againstPale, against, 0.3, Math.max(width, step));
  draw(bars.forStrong, speaksFor, 1, Math.max(width, thinnest));
  draw(bars.againstStrong, against, 1, Math.max(width, thinnest));
  svg.append('path').attr('d', `M${left},${scale(0).toFixed(1)}H${right}`).attr('stroke', softInk).attr('stroke-width', 0.75).attr('fill', 'none');

  const axis = svg.append('g').attr('transform', `translate(${right + 6},0)`);
  axis.call(axisRight(scale).ticks(4).tickFormat((tick) => String(tick).replace('-', '−')).tickSize(4).tickPadding(4) as never);
  axis.select('.domain').remove();
  axis.attr('font-size', 11).attr('font-family', null).attr('fill', null);
  axis.selectAll('line').attr('stroke', hairline);
  axis.selectAll('text').attr('fill', softInk);
  if (notation.power) drawLabel(easel, notation.power.trim(), right + 6, top - 6, { anchor: 'start', fill: softInk });

  const marked = state.pointed ?? state.picked;
  const place = sorted.indexOf(marked);
  const x = left + (place + 0.5) * step;
  const label = `channel ${marked}: α = ${notation.signed(weights[marked])}${notation.power}`;
  const half = roomFor(label, 10, true) / 2;
  svg.append('path').attr('d', `M${x.toFixed(1)},${top - 2}V${top + height + 2}`).attr('stroke', accent).attr('stroke-width', 1).attr('stroke-dasharray', '2 2').attr('fill', 'none');
  drawLabel(easel, label, Math.max(left + half, Math.min(right - half, x)), top - 6, { bold: true, fill: accent });

  const positive = order.filter((channel) => weights[channel] > 0).length;
  const negative = order.filter((channel) => weights[channel] < 0).length;
  drawLabel(easel, `${positive} positive`, left, top + height + 13, { anchor: 'start', fill: softInk });
  drawLabel(easel, `${negative} negative`, right, top + height + 13, { anchor: 'end', fill: softInk });
  spots.push({ name: 'weights', x: left, y: top, width: right - left, height });
  return top + height + 18;
}

/** The channel whose bar is at a share of the chart's width. */
export const weightAt = (data: Easel['data'], u: number): number => {
  const sorted = byWeight(data);
  return sorted[Math.min(sorted.length - 1, Math.floor(u * sorted.length))];
};

export { faintInk };
