import { readable } from '../../src/figure/numbers';
import { softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { digitsFor, drawDigits } from './digits';
import { channelMap, type ChannelKind, rangeOf } from './maps';
import { notationFor } from './numbers';
import { drawLabel, drawMap, type Easel } from './paint';
import { picture } from './pictures';

const titleSize = 11;
const cellHeight = 13.5;
const widestCell = 38;
const plainHeight = 98;

/**
 * The picked channel's map of that kind, each cell with its number; where the cells are too many for that, larger, and its range in words.
 * Gives the y below.
 */
export function drawInNumbers(easel: Easel, kind: ChannelKind, title: string, y: number): number {
  const { data, state: { picked }, layout: { aside: { x, width } } } = easel;
  const range = rangeOf(data, kind);
  const { factor, text, power } = notationFor(range[1]);
  const line = (told: string, at: number, left = x): void => drawLabel(easel, told, left, at, { anchor: 'start', size: titleSize, fill: softInk });
  line(shorten(`${title}${power}`, width, titleSize), y + 11);
  const top = y + 18;
  const values = channelMap(data, kind, picked);
  if (!values) {
    line(`only the first ${data.detailed} keep their maps`, top + 14);
    return top + 20;
  }
  const pixels = picture(data, kind, picked, values);
  const [rows, columns] = data.grid;
  const cell = Math.min(widestCell, Math.floor(width / columns));
  const digits = digitsFor(values, [notationFor(range[1]), notationFor(range[1], 2)], cell);
  if (digits) {
    const place = { x, y: top, width: cell * columns, height: cellHeight * rows };
    drawMap(easel, `numbers ${kind}`, place, pixels);
    drawDigits(easel, kind, place, values, range, digits.text);
    return top + place.height;
  }
  const place = { x, y: top, width: Math.round((plainHeight * data.image.width) / data.image.height), height: plainHeight };
  drawMap(easel, `numbers ${kind}`, place, pixels);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  [`greatest ${text(Math.max(...values))}`, `mean ${readable(mean * factor)}`, `least ${text(Math.min(...values))}`].forEach((told, at) => line(told, top + 14 + at * 16, x + place.width + 10));
  return top + plainHeight;
}
