import { knownOptions, shown, whole } from '../check';
import type { Showable } from '../show';
import { Figure } from './figure';

/** Options of `row`. */
export interface RowOptions {
  /** Figures side by side before a new row begins. Default: as many as can still be read in a notebook's width. */
  columns?: number;
}

const gap = 12;
// A notebook shrinks what is wider than its cell; text shrunk by more than a third is not read.
const widest = 1400;

/**
 * A Figure of several figures (or anything that shows itself) side by side, each with its own scale and caption. In JupyterLab and in saved pages those
 * that can be worked are linked: a class that is picked in one, and the cursor, move in the others. `compare` puts maps on one shared scale.
 *
 * @example
 * cl.row([photo, cam, cam.mask()], { columns: 2 })
 */
export function row(items: readonly Showable[], options: RowOptions = {}): Figure {
  knownOptions('row', options, ['columns']);
  if (!Array.isArray(items) || !items.length || !items.every((item) => typeof item?.toFigure === 'function')) {
    throw new TypeError(`row takes a list of figures, attributions or images, got ${shown(items)}`);
  }
  const figures = items.map((item: Showable) => item.toFigure());
  const columns = Math.min(items.length, whole('columns', options.columns ?? readableColumns(figures)));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...figures.filter((_figure, at) => at % columns === column).map((figure) => figure.width)));
  const rows = Array.from({ length: Math.ceil(figures.length / columns) }, (_, at) => figures.slice(at * columns, (at + 1) * columns));
  const placed: string[] = [];
  let y = 0;
  for (const line of rows) {
    let x = 0;
    line.forEach((figure, column) => {
      placed.push(figure.svg().replace('<svg ', `<svg x="${x}" y="${y}" `));
      x += widths[column] + gap;
    });
    y += Math.max(...line.map((figure) => figure.height)) + gap;
  }
  const width = widths.reduce((a, b) => a + b, 0) + gap * (columns - 1);
  const height = y - gap;
  return new Figure({
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" rx="6" fill="#fff"/>${placed.join('')}</svg>`,
    width,
    height,
    alt: figures.map((figure) => figure.alt).join(' '),
    caption: figures.map((figure) => figure.caption).join('\n'),
    data: figures.map((figure) => figure.toJSON()),
    pieces: figures,
  });
}

/** The most columns that stay within the width, of even rows: four figures become two and two, not three and one. */
function readableColumns(figures: readonly Figure[]): number {
  const widthOf = (columns: number): number => figures.reduce((most, _, at) => (at % columns ? most : Math.max(most, rowWidth(figures.slice(at, at + columns)))), 0);
  let columns = figures.length;
  while (columns > 1 && widthOf(columns) > widest) columns--;
  return Math.ceil(figures.length / Math.ceil(figures.length / columns));
}

const rowWidth = (figures: readonly Figure[]): number => figures.reduce((sum, figure) => sum + figure.width + gap, -gap);
