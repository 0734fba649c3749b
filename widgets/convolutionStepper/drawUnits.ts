import { addUp, type Dense, type Softmax, softmax } from '../../src/features/arithmetic/units';
import { probability, readable } from '../../src/figure/numbers';
import type { Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { StepperData } from './data';
import type { Pictures } from './maps';
import { channelName, unitName } from './names';
import { write } from './write';

const row = 22;
const head = 20;
// Told apart from each other in grey too: what speaks for is to the right of the line, what against to the left.
const [forInk, againstInk] = ['#b2182b', '#2166ac'];

/** The inputs that count most for a unit: value times weight, as bars to the right or left of 0. */
export function drawDense(stage: Stage, data: StepperData, layer: Dense, at: number, area: Place): Pictures {
  const { svg } = stage;
  const { terms } = addUp(layer.units[at], layer.stages);
  const numbers = area.width < 520 ? [50, 68] : [72, 88];
  const label = Math.min(area.width < 520 ? 90 : 120, Math.max(...terms.map(({ input }) => roomFor(channelName(data, input, 'input'), 11.5))) + 10);
  const bars = { x: area.x + label + numbers[0] + numbers[1] + 20, width: Math.max(20, area.width - label - numbers[0] - numbers[1] - 20 - 62) };
  const products = terms.map(({ product }) => product);
  const [low, high] = [Math.min(0, ...products), Math.max(0, ...products)];
  const across = (value: number): number => bars.x + ((value - low) / (high - low || 1)) * bars.width;
  const zero = across(0);
  const titles = [['value', area.x + label + numbers[0]], ['× weight', area.x + label + numbers[0] + numbers[1]]] as const;
  for (const [text, x] of titles) write(svg, text, x, area.y + 11, { size: 10.5, fill: softInk, anchor: 'end' });
  write(svg, '= contribution', bars.x, area.y + 11, { size: 10.5, fill: softInk });
  terms.forEach(({ input, value, weight, product }, i) => {
    const y = area.y + head + i * row;
    write(svg, shorten(channelName(data, input, 'input'), label - 6, 11.5), area.x, y + 14, { size: 11.5, fill: ink });
    write(svg, readable(value), area.x + label + numbers[0], y + 14, { size: 11.5, fill: ink, anchor: 'end' });
    write(svg, `× ${readable(weight)}`, area.x + label + numbers[0] + numbers[1], y + 14, { size: 11.5, fill: ink, anchor: 'end' });
    svg.append('rect').attr('class', 'amount').attr('x', Math.min(zero, across(product)).toFixed(1)).attr('y', y + 3).attr('width', Math.abs(across(product) - zero).toFixed(1)).attr('height', row - 8).attr('fill', product < 0 ? againstInk : forInk);
    write(svg, readable(product), bars.x + bars.width + 58, y + 14, { size: 11.5, fill: ink, anchor: 'end' });
  });
  svg.append('path').attr('d', `M${zero},${area.y + head}v${terms.length * row}`).attr('stroke', hairline);
  return { bottom: area.y + head + terms.length * row, width: area.width, spots: [] };
}

/** The likeliest classes: logit, exp, and share as a bar. Pressing one goes to it. */
export function drawSoftmax(stage: Stage, data: StepperData, layer: Softmax, at: number, area: Place): Pictures {
  const { svg } = stage;
  const { powers, rest, outputs } = softmax(layer);
  const others = layer.share.classes - layer.rows.length;
  const narrow = area.width < 520;
  const numbers = narrow ? [50, 78] : [74, 108];
  const label = Math.min(narrow ? 104 : 250, Math.max(...layer.rows.map((_, i) => roomFor(unitName(data, i) as string, 11.5, true))) + 10);
  const ends = [area.x + label + numbers[0], area.x + label + numbers[0] + numbers[1]];
  const bars = { x: ends[1] + 14, width: Math.max(30, area.width - label - numbers[0] - numbers[1] - 14 - 78) };
  write(svg, 'logit', ends[0], area.y + 11, { size: 10.5, fill: softInk, anchor: 'end' });
  write(svg, narrow ? 'exp' : 'exp(logit − max)', ends[1], area.y + 11, { size: 10.5, fill: softInk, anchor: 'end' });
  write(svg, 'share', bars.x, area.y + 11, { size: 10.5, fill: softInk });
  const line = (i: number, name: string, logit: string, power: number, share: number, chosen: boolean): void => {
    const y = area.y + head + i * row;
    if (chosen) outline(svg, area.x - 5, y, area.width + 8);
    write(svg, shorten(name, label - 8, 11.5, chosen), area.x, y + 15, { size: 11.5, fill: ink, bold: chosen });
    write(svg, logit, ends[0], y + 15, { size: 11.5, fill: ink, anchor: 'end' });
    write(svg, readable(power), ends[1], y + 15, { size: 11.5, fill: ink, anchor: 'end' });
    svg.append('rect').attr('class', 'amount').attr('x', bars.x).attr('y', y + 4).attr('width', Math.max(0.5, share * bars.width).toFixed(1)).attr('height', row - 8).attr('fill', '#4477aa');
    write(svg, probability(share), area.x + area.width, y + 15, { size: 11.5, fill: ink, anchor: 'end' });
  };
  layer.rows.forEach(({ logit }, i) => line(i, unitName(data, i) as string, readable(logit), powers[i], outputs[i], i === at));
  if (others) line(layer.rows.length, `${others} others`, '', rest, rest / layer.share.total, false);
  const count = layer.rows.length + (others ? 1 : 0);
  const total = area.y + head + count * row;
  svg.append('path').attr('d', `M${area.x},${total + 2}H${area.x + area.width}`).attr('stroke', hairline);
  write(svg, 'sum', area.x, total + 18, { size: 11.5, fill: ink, bold: true });
  write(svg, readable(layer.share.total), ends[1], total + 18, { size: 11.5, fill: ink, bold: true, anchor: 'end' });
  write(svg, '1', area.x + area.width, total + 18, { size: 11.5, fill: ink, bold: true, anchor: 'end' });
  const spots = layer.rows.map((_, i): Spot => ({ name: `unit ${i}`, x: area.x - 5, y: area.y + head + i * row, width: area.width + 8, height: row }));
  return { bottom: total + 24, width: area.width, spots };
}

const outline = (svg: Drawing, x: number, y: number, width: number): void =>
  void svg.append('rect').attr('class', 'chosen').attr('x', x).attr('y', y + 0.5).attr('width', width).attr('height', row - 1).attr('rx', 4).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 1.5);
