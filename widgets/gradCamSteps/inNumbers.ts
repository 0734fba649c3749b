import { colorTable } from '../../src/figure/colormap';
import { normalize } from '../../src/figure/normalize';
import type { Place } from '../../src/figure/stage';
import { softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { barOf, channelMap, picture, rangeOf, type Kind } from './maps';
import { notationFor } from './numbers';
import { drawCursor, drawLabel, drawMap, type Easel } from './paint';

const titleLine = 15;
const cellHeight = 14;
const digitSize = 10;
const widestCell = 38;
const plainHeight = 98;

/**
 * The picked channel's map of that kind, each cell with its number; where the cells are too many for that, larger, and its range in words.
 * Gives the y below.
 */
export function drawInNumbers(easel: Easel, kind: Extract<Kind, 'activation' | 'gradient' | 'product'>, title: string, y: number): number {
  const { data, state, layout } = easel;
  const { x, width } = layout.aside;
  const values = channelMap(data, kind, state.picked);
  const { text, power } = notationFor(rangeOf(data, kind)[1]);
  drawLabel(easel, shorten(`${title}${power}`, width, 11), x, y + 11, { anchor: 'start', fill: softInk, size: 11 });
  const top = y + titleLine + 3;
  if (!values) {
    drawLabel(easel, `only the ${data.detailed} largest contributions keep their maps`, x, top + 12, { anchor: 'start', fill: softInk });
    return top + 18;
  }
  const [rows, columns] = data.grid;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const needed = Math.max(...[least, greatest].map((value) => roomFor(text(value), digitSize))) + 4;
  const cell = Math.min(widestCell, Math.floor(width / columns));
  const key = state.picked;
  if (cell < needed) {
    const place = { x, y: top, width: Math.round((plainHeight * data.image.width) / data.image.height), height: plainHeight };
    drawMap(easel, `numbers ${kind}`, place, picture(data, kind, key, values));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    [`greatest ${text(greatest)}`, `mean ${text(mean)}`, `least ${text(least)}`].forEach((line, at) => drawLabel(easel, line, x + place.width + 10, top + 14 + at * 16, { anchor: 'start', size: 11 }));
    return top + plainHeight;
  }
  const place = { x, y: top, width: cell * columns, height: cellHeight * rows };
  drawMap(easel, `numbers ${kind}`, place, picture(data, kind, key, values), { cells: false });
  drawDigits(easel, kind, place, values, text);
  if (state.cursor) drawCursor(easel.stage.svg, data, state.cursor, place);
  return top + place.height;
}

function drawDigits({ stage: { svg }, data }: Easel, kind: Kind, place: Place, values: Float32Array, text: (value: number) => string): void {
  const { colormap, range, centred } = barOf(data, kind);
  const table = colorTable(colormap);
  const positions = normalize(values, range, centred ? 'signed' : 'positive');
  const [rows, columns] = data.grid;
  const [width, height] = [place.width / columns, place.height / rows];
  values.forEach((value, at) => {
    const colour = Math.round(positions[at] * 255) * 3;
    const light = 0.3 * table[colour] + 0.59 * table[colour + 1] + 0.11 * table[colour + 2] > 140;
    const [x, y] = [place.x + ((at % columns) + 0.5) * width, place.y + (Math.floor(at / columns) + 0.5) * height + 3.6];
    svg.append('text').attr('x', x.toFixed(1)).attr('y', y.toFixed(1)).attr('text-anchor', 'middle').attr('font-size', digitSize).attr('fill', light ? '#000' : '#fff').text(text(value));
  });
}
