import { colorTable } from '../../src/figure/colormap';
import { inkOn } from '../../src/figure/luminance';
import type { Range } from '../../src/figure/normalize';
import type { Place } from '../../src/figure/stage';
import { roomFor } from '../../src/figure/text';
import type { Kind } from './maps';
import type { Notation } from './numbers';
import type { Easel } from './paint';
import { coloursOf } from './pictures';

const size = 10;
// More are not read, but looked at.
const most = 120;

/** The first of these notations whose numbers fit into cells of that width; undefined where none does, or the cells are too many to be read. */
export const digitsFor = (values: Float32Array, notations: readonly Notation[], width: number): Notation | undefined =>
  values.length <= most ? notations.find(({ text }) => values.every((value) => roomFor(text(value), size) <= width - 3)) : undefined;

/** The numbers of a map in its cells, black on light colours and white on dark ones. */
export function drawDigits(easel: Easel, kind: Kind, place: Place, values: Float32Array, range: Range, text: (value: number) => string): void {
  const { positions, colormap } = coloursOf(values, kind, range);
  const table = colorTable(colormap);
  const [rows, columns] = easel.data.grid;
  const [width, height] = [place.width / columns, place.height / rows];
  // What they share is told once: there are many.
  const digits = easel.stage.svg.append('g').attr('class', 'on-raster').attr('font-size', size).attr('text-anchor', 'middle').attr('fill', '#fff').attr('style', 'font-variant-numeric:tabular-nums');
  values.forEach((value, at) => {
    const colour = Math.round(positions[at] * 255) * 3;
    const ink = inkOn(table[colour], table[colour + 1], table[colour + 2]);
    const [x, y] = [place.x + ((at % columns) + 0.5) * width, place.y + (Math.floor(at / columns) + 0.5) * height + 3.6];
    digits.append('text').attr('x', x.toFixed(0)).attr('y', y.toFixed(1)).attr('fill', ink === '#fff' ? null : ink).text(text(value));
  });
}
