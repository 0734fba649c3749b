import { axisBottom } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { Figure } from '../src/figure/figure';
import { nameOf } from '../src/figure/caption';
import { logitText } from '../src/figure/numbers';
import { drawPanel } from '../src/figure/sheet';
import { faintInk, hairline, ink, softInk } from '../src/figure/svg';
import { svgStage } from '../src/figure/svgStage';
import { roomFor, shorten } from '../src/figure/text';
import { captionLines, drawLines, heightOf } from '../src/figure/textBlock';
import type { Predictions } from '../src/model/predictions';

const margin = 16;
const photoSide = 150;
const barsWidth = 190;
const rowHeight = 30;
const widestLabel = 210;

/** What the network saw, and its likeliest classes as bars: label and index, probability, and the logit in grey. */
export function predictionsFigure(predictions: Predictions): Figure {
  const { image, model, classes } = predictions;
  const items = [...predictions];
  const scale = photoSide / Math.max(image.width, image.height);
  const photo = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const names = items.map(({ label, index }) => (label === String(index) ? `class ${index}` : label));
  const labelWidth = Math.min(widestLabel, Math.max(...items.map(({ index }, at) => roomFor(names[at], 12, at === 0) + 6 + roomFor(String(index), 12))));
  const left = margin + photo.width + 18;
  const bars = left + labelWidth + 10;
  const width = Math.ceil(bars + barsWidth + 56 + 64 + margin);
  const chart = rowHeight * items.length + 24;
  const heading = `${nameOf(items[0])}: ${percentage(items[0].score)}`;
  const details = `${classes === 1 ? 'the probability of the one class' : items.length < classes ? `the ${items.length} likeliest of ${classes} classes` : `all ${classes} classes, likeliest first`} · ${model} · ${image.name}`;
  const below = captionLines(width - 2 * margin, heading, details);
  const top = margin;
  const body = Math.max(photo.height, chart);
  const height = Math.ceil(margin * 2 + body + 10 + heightOf(below));
  const { stage, finish } = svgStage();
  const { svg } = stage;
  drawPanel(stage, { pixels: image, look: 'smooth' }, { x: margin, y: top, ...photo });

  const x = scaleLinear([0, 1], [0, barsWidth]);
  const axis = svg.append('g').attr('transform', `translate(${bars},${top + rowHeight * items.length})`);
  axis.call(axisBottom(x).tickValues([0, 0.25, 0.5, 0.75, 1]).tickFormat((at) => `${Number(at) * 100}${Number(at) === 1 ? ' %' : ''}`).tickSize(-rowHeight * items.length).tickPadding(5) as never);
  axis.select('.domain').remove();
  axis.selectAll('line').attr('stroke', hairline);
  axis.selectAll('text').attr('fill', faintInk).attr('font-size', 10);
  axis.attr('fill', null).attr('font-family', null);

  items.forEach(({ index, score, logit }, at) => {
    const middle = top + rowHeight * (at + 0.5);
    const end = bars + x(Math.max(0, Math.min(1, score)));
    const row = svg.append('g').attr('style', 'font-variant-numeric:tabular-nums');
    const name = shorten(names[at], labelWidth - 6 - roomFor(String(index), 12) + 1, 12, at === 0);
    const label = row.append('text').attr('x', bars - 10).attr('y', middle + 4).attr('text-anchor', 'end').attr('font-weight', at ? null : 600);
    label.append('tspan').text(name);
    if (names[at] !== `class ${index}`) label.append('tspan').attr('fill', faintInk).attr('font-weight', 400).attr('dx', 6).text(index);
    row.append('rect').attr('x', bars).attr('y', middle - 8).attr('width', Math.max(1, end - bars)).attr('height', 16).attr('fill', at ? '#9ec5e8' : '#2f6fb0');
    row.append('text').attr('x', end + 6).attr('y', middle + 4).attr('fill', ink).attr('stroke', '#fff').attr('stroke-width', 3).attr('paint-order', 'stroke').text(percentage(score));
    row.append('text').attr('x', width - margin).attr('y', middle + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).text(logitText(logit));
  });
  svg.append('text').attr('x', width - margin).attr('y', top + rowHeight * items.length + 14).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text('logit');
  drawLines(svg, below, margin, top + body + 10);
  const told = items.map(({ label, score }) => `${label} ${percentage(score)}`).join(', ');
  return new Figure({ svg: finish({ width, height }), width, height, alt: `Bar chart of the likeliest classes for ${image.name}: ${told}.`, caption: `${image.name}: ${told}`, data: items });
}

/** 62.1 %, 0.04 %, <0.01 %. */
function percentage(score: number): string {
  const share = score * 100;
  if (share > 0 && share < 0.01) return '<0.01 %';
  return `${share >= 1 || share === 0 ? share.toFixed(1) : share.toFixed(2)} %`;
}
