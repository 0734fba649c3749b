import { nameOf } from '../../src/figure/caption';
import { logitText, probability } from '../../src/figure/numbers';
import { accent, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten, wrap } from '../../src/figure/text';
import type { StepsData } from './data';
import { drawFormula, formulas } from './formula';
import { drawLabel, drawMap, type Easel } from './paint';

/** What y is, in words. */
export const scoreName = ({ explained, score }: StepsData): string => (score.probability === null ? 'score' : explained);

/** What y is worth. */
export const scoreText = ({ explained, score }: StepsData): string => (explained === 'probability' && score.probability !== null ? probability(score.probability) : logitText(score.logit));

const picture = { wide: 84, narrow: 60 };
const below = 30;

/** The way forward from the photograph over the layer to the score, and the gradient's way back. Gives the y below. */
export function drawFlow(easel: Easel, y: number): number {
  const { stage: { svg }, data, layout: { margin, inner, width } } = easel;
  const wide = width >= 560;
  const side = wide ? picture.wide : picture.narrow;
  const scale = side / Math.max(data.image.width, data.image.height);
  const photo = { x: margin, y, width: Math.round(data.image.width * scale), height: Math.round(data.image.height * scale) };
  const middle = y + side / 2;
  const arrow = wide ? 34 : 16;
  const block = wide ? 96 : 44;
  const stack = wide ? 84 : 56;
  drawMap(easel, 'photo', photo, data.image, { look: 'smooth' });

  let x = photo.x + photo.width;
  const arrowOn = (): void => {
    svg.append('path').attr('d', `M${x + 4},${middle}h${arrow - 9}m-5,-4l5,4l-5,4`).attr('fill', 'none').attr('stroke', ink).attr('stroke-width', 1.25);
    x += arrow;
  };
  arrowOn();
  // Layers narrow the grid and deepen it: a trapezoid.
  const [tall, low] = [side * 0.8, side * 0.42];
  svg.append('path').attr('d', `M${x},${middle - tall / 2}L${x + block},${middle - low / 2}V${middle + low / 2}L${x},${middle + tall / 2}Z`).attr('fill', 'none').attr('stroke', softInk);
  inLines(easel, data.model, x + block / 2, middle, block - 6);
  x += block;
  arrowOn();
  const stackLeft = x;
  const sheets = 5;
  const sheet = stack * 0.52;
  const shift = (stack - sheet) / (sheets - 1);
  for (let at = sheets - 1; at >= 0; at--) {
    const top = middle - sheet / 2 + (at - (sheets - 1) / 2) * 5 * -1;
    svg.append('rect').attr('x', (x + at * shift).toFixed(1)).attr('y', top.toFixed(1)).attr('width', sheet.toFixed(1)).attr('height', sheet.toFixed(1)).attr('fill', at ? '#dbe7f3' : '#b9d0e8').attr('stroke', '#6f8fb3').attr('stroke-width', 0.75);
  }
  const stackMiddle = x + stack / 2;
  x += stack;
  arrowOn();
  const ending = wide ? 60 : 26;
  svg.append('rect').attr('x', x).attr('y', middle - low / 2).attr('width', ending).attr('height', low).attr('fill', 'none').attr('stroke', softInk);
  inLines(easel, wide ? 'what follows' : '…', x + ending / 2, middle, ending - 4);
  x += ending;
  arrowOn();

  const room = margin + inner - x;
  const result = `y = ${scoreText(data)}`;
  svg.append('text').attr('x', x + 2).attr('y', middle - (wide ? 8 : 6)).attr('font-size', wide ? 18 : 14).attr('font-weight', 600).attr('fill', ink).text(result);
  const words = `${scoreName(data)} of ${nameOf(data.target)}`;
  const lines = wrap(words, room - 2, 11).slice(0, 3);
  lines.forEach((text, at) => drawLabel(easel, at === 2 ? shorten(text, room - 2, 11) : text, x + 2, middle + 9 + at * 14, { anchor: 'start', size: 11, fill: softInk }));

  // The way back ends at the stack.
  const bottom = y + side + 12;
  const from = x + Math.min(room, roomFor(result, wide ? 18 : 14, true)) / 2;
  const start = middle + 9 + lines.length * 14 - 6;
  const rise = middle + sheet / 2 + 14;
  svg.append('path').attr('d', `M${from.toFixed(1)},${start}V${bottom}H${stackMiddle.toFixed(1)}V${rise.toFixed(1)}m-4,6l4,-6l4,6`).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 1.25).attr('stroke-dasharray', '5 3');
  drawFormula(svg, [...formulas.gradient, wide ? ' flows back (step 2)' : ' back'], (from + stackMiddle) / 2, bottom + 14, { size: 11, anchor: 'middle', fill: accent });
  const [height, columns, depth] = data.shape;
  const told = `A: ${depth} × ${height} × ${columns}`;
  drawLabel(easel, wide ? told : `A`, stackLeft + (stack * 0.5), middle - sheet / 2 - 14, { size: 11, bold: true });
  return y + side + below;
}

/** A few words in the middle of a block. */
function inLines(easel: Easel, text: string, x: number, middle: number, room: number): void {
  const all = wrap(text, room, 10);
  const lines = all.length > 3 ? [...all.slice(0, 2), shorten(all.slice(2).join(' '), room, 10)] : all;
  lines.forEach((line, at) => drawLabel(easel, line, x, middle + 3.5 + (at - (lines.length - 1) / 2) * 12, { fill: softInk }));
}

export { hairline };
