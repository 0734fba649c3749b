import { nameOf } from '../../src/figure/caption';
import { logitText, probability } from '../../src/figure/numbers';
import { accent, type Drawing, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten, wrap } from '../../src/figure/text';
import type { StepsData } from './data';
import { drawFormula, formulas } from './formula';
import { drawArrow, drawLabel, drawMap, type Easel } from './paint';

/** What y is, in words. */
export const scoreName = ({ explained, score }: StepsData): string => (score.probability === null ? 'score' : explained);

/** What y is worth. */
export const scoreText = ({ explained, score }: StepsData): string => (explained === 'probability' && score.probability !== null ? probability(score.probability) : logitText(score.logit));

const question = "Grad-CAM asks two things of each map of a layer: where is it active, and does the score depend on it? The maps, weighted by the second answer, are added up.";

/** Sizes where there is room, and where there is little. */
const sizes = {
  wide: { side: 88, arrow: 36, block: 98, stack: 84, ending: 62, digits: 20 },
  narrow: { side: 60, arrow: 20, block: 46, stack: 52, ending: 22, digits: 15 },
};
const leastRoom = 140;
const sheets = 5;
const rise = 5;

const lengthOf = ({ side, arrow, block, stack, ending }: (typeof sizes)['wide']): number => side + block + stack + ending + 4 * arrow;

/** The way forward from the photograph over the layer to the score, and the gradient's way back. Gives the y below. */
export function drawFlow(easel: Easel, y: number): number {
  const { stage: { svg }, data, layout } = easel;
  const { margin, inner, beside, aside } = layout;
  const end = beside ? aside.x - 16 : margin + inner;
  // The score needs its room behind the layers.
  const wide = end - margin - lengthOf(sizes.wide) >= leastRoom;
  const { side, arrow, block, stack, ending, digits: largest } = wide ? sizes.wide : sizes.narrow;
  const scale = side / Math.max(data.image.width, data.image.height);
  const photo = { width: Math.round(data.image.width * scale), height: Math.round(data.image.height * scale) };
  const top = y + 14;
  const middle = top + side / 2;
  let x = margin;
  const goOn = (by: number): void => {
    drawArrow(svg, x + by + 5, middle, arrow - 10, ink);
    x += by + arrow;
  };
  drawMap(easel, 'photo', { x, y: top, ...photo }, data.image, { look: 'smooth' });
  goOn(photo.width);
  // Layers narrow the grid and deepen it.
  const [tall, low] = [side * 0.8, side * 0.42];
  svg.append('path').attr('d', `M${x},${middle - tall / 2}L${x + block},${middle - low / 2}V${middle + low / 2}L${x},${middle + tall / 2}Z`).attr('fill', 'none').attr('stroke', softInk);
  drawInside(easel, data.model, x + block / 2, middle, block - 6);
  goOn(block);
  const stackMiddle = x + stack / 2;
  const stackBottom = drawStack(svg, x, middle, stack);
  const [height, columns, depth] = data.shape;
  drawLabel(easel, `${depth} maps of ${height} × ${columns}`, stackMiddle, top - 4, { bold: true, size: wide ? 11 : 10 });
  goOn(stack);
  svg.append('rect').attr('x', x).attr('y', middle - low / 2).attr('width', ending).attr('height', low).attr('fill', 'none').attr('stroke', softInk);
  drawInside(easel, wide ? 'layers behind' : '…', x + ending / 2, middle, ending - 4);
  goOn(ending);

  const room = end - x;
  const result = `y = ${scoreText(data)}`;
  const digits = Math.min(largest, Math.floor((room * 100) / roomFor(result, 100, true)));
  drawLabel(easel, result, x, middle - 6, { anchor: 'start', bold: true, size: digits });
  const told = inLines(`${scoreName(data)} of ${nameOf(data.target)}`, room, 11);
  told.forEach((text, at) => drawLabel(easel, text, x, middle + 10 + at * 14, { anchor: 'start', size: 11, fill: softInk }));

  // The way back, to the stack.
  const from = x + roomFor(result, digits, true) / 2;
  const lowest = Math.max(top + side + 4, middle + 10 + told.length * 14);
  svg.append('path').attr('d', `M${from.toFixed(1)},${middle + told.length * 14 + 3}V${lowest}H${stackMiddle}V${stackBottom + 5}m-4,6l4,-6l4,6`).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 1.25).attr('stroke-dasharray', '5 3');
  drawFormula(svg, [...formulas.gradient, ' flows back: step 2'], (from + stackMiddle) / 2, lowest + 16, { anchor: 'middle', fill: accent });

  let textTop = beside ? top - 4 : lowest + 20;
  for (const text of wrap(question, aside.width, 12)) drawLabel(easel, text, aside.x, (textTop += 17), { anchor: 'start', size: 12 });
  return Math.max(lowest + 24, textTop + 12);
}

/** The layer's maps as sheets behind each other. Gives the y of the lowest edge. */
function drawStack(svg: Drawing, x: number, middle: number, width: number): number {
  const side = Math.round(width * 0.56);
  const topOf = (sheet: number): number => Math.round(middle - side / 2 - (sheet - (sheets - 1) / 2) * rise);
  for (let sheet = sheets - 1; sheet >= 0; sheet--) {
    svg.append('rect').attr('x', Math.round(x + (sheet * (width - side)) / (sheets - 1))).attr('y', topOf(sheet)).attr('width', side).attr('height', side).attr('fill', sheet ? '#dbe7f3' : '#b9d0e8').attr('stroke', '#6f8fb3').attr('stroke-width', 0.75);
  }
  // On its own light blue in the dark too: no ink of the page.
  svg.append('text').attr('x', x + side / 2).attr('y', topOf(0) + side / 2 + 5).attr('text-anchor', 'middle').attr('font-size', 13).attr('font-weight', 600).attr('fill', '#1b3a5c').text('A');
  return topOf(0) + side;
}

/** At most three lines. */
function inLines(text: string, room: number, size: number): string[] {
  const lines = wrap(text, room, size);
  return lines.length > 3 ? [...lines.slice(0, 2), shorten(lines.slice(2).join(' '), room, size)] : lines;
}

/** A few words in the middle of a block. */
function drawInside(easel: Easel, text: string, x: number, middle: number, room: number): void {
  inLines(text, room, 10).forEach((line, at, { length }) => drawLabel(easel, line, x, middle + 3.5 + (at - (length - 1) / 2) * 12, { fill: softInk }));
}
