import { colorTable } from '../../src/figure/colormap';
import type { Range } from '../../src/figure/normalize';
import type { Place } from '../../src/figure/stage';
import { roomFor } from '../../src/figure/text';
import type { Kind } from './maps';
import { type Notation, notationFor, wholeNotation } from './numbers';
import type { Easel } from './paint';
import { coloursOf } from './pictures';

const size = 10;
// More are not read, but looked at.
const most = 120;

/** Whether the numbers fit into cells of that width, and are few enough to be read. */
export const digitsFit = (values: Float32Array, { text }: Notation, width: number): boolean => values.length <= most && values.every((value) => roomFor(text(value), size) <= width - 1);

/** Two digits of each number: as a decimal, or as a whole one where that is too long; undefined where neither fits. */
export const digitsFor = (values: Float32Array, greatest: number, width: number): Notation | undefined => [notationFor(greatest, 2, 1), wholeNotation(greatest)].find((notation) => digitsFit(values, notation, width));

/** The numbers of a map in its cells, black on light colours and white on dark ones. */
export function drawDigits(easel: Easel, kind: Kind, place: Place, values: Float32Array, range: Range, text: (value: number) => string): void {
  const { positions, colormap } = coloursOf(values, kind, range);
  const table = colorTable(colormap);
  const [rows, columns] = easel.data.grid;
  const [width, height] = [place.width / columns, place.height / rows];
  // What they share is told once: there are many.
  const digits = easel.stage.svg.append('g').attr('font-size', size).attr('text-anchor', 'middle').attr('fill', '#fff').attr('style', 'font-variant-numeric:tabular-nums');
  values.forEach((value, at) => {
    const colour = Math.round(positions[at] * 255) * 3;
    const isLight = 0.3 * table[colour] + 0.59 * table[colour + 1] + 0.11 * table[colour + 2] > 140;
    const [x, y] = [place.x + ((at % columns) + 0.5) * width, place.y + (Math.floor(at / columns) + 0.5) * height + 3.6];
    digits.append('text').attr('x', x.toFixed(0)).attr('y', y.toFixed(1)).attr('fill', isLight ? '#000' : null).text(text(value));
  });
}
