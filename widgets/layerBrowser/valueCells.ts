import { colorTable } from '../../src/figure/colormap';
import { inkOn } from '../../src/figure/luminance';
import { normalize } from '../../src/figure/normalize';
import type { Place } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import type { BrowserLayer } from './data';
import type { Cells, Pane } from './state';
import { valueText } from './words';

// A cell from this size on has room for a number.
const readableCell = 30;

/** Writes the values into the cells of maps that lie in these places, black or white by the colour below; all or none. */
export function drawValues(svg: Drawing, panes: readonly Pane[], places: readonly Place[], layer: BrowserLayer, part: Cells): void {
  const cell = Math.min(places[0].width / part.columns, places[0].height / part.rows);
  if (cell < readableCell) return;
  const texts = panes.map((pane) => valuesIn(pane, layer, part).map(valueText(pane)));
  const size = [12, 11, 10].find((each) => texts.flat().every((text) => roomFor(text, each) <= cell - 3));
  if (!size) return;
  panes.forEach((pane, at) => {
    const place = places[at];
    const inks = inksOn(pane, valuesIn(pane, layer, part));
    const group = svg.append('g').attr('class', 'values').attr('text-anchor', 'middle').attr('font-size', size);
    texts[at].forEach((text, i) => {
      const [row, column] = [Math.floor(i / part.columns), i % part.columns];
      group.append('text').attr('x', place.x + (column + 0.5) * cell).attr('y', place.y + (row + 0.5) * cell + size * 0.36).attr('fill', inks[i]).text(text);
    });
  });
}

/** The values of a part of a map, row by row. */
const valuesIn = ({ values }: Pane, { width }: BrowserLayer, { row, column, rows, columns }: Cells): number[] =>
  Array.from({ length: rows * columns }, (_, at) => values[(row + Math.floor(at / columns)) * width + column + (at % columns)]);

function inksOn({ range, signed, colormap }: Pane, values: readonly number[]): string[] {
  const table = colorTable(colormap);
  return Array.from(normalize(Float32Array.from(values), range, signed ? 'signed' : 'positive'), (position) => {
    // Without a value a cell is grey.
    const [red, green, blue] = Number.isNaN(position) ? [128, 128, 128] : table.subarray(Math.round(position * 255) * 3);
    return inkOn(red, green, blue);
  });
}
