import { frameOf } from '../../src/figure/mapPanel';
import type { Heading } from './arrange';
import { allCells, type Cell, type Table } from './cells';
import type { CompareData } from './data';

/** Cells next to each other, with what stands above them all, and above each. */
export interface Strip {
  heading?: Heading;
  titles: (Heading | undefined)[];
  cells: (Cell | undefined)[];
}

/** The strips from top to bottom, how many cells the longest has, how wide each may be, and how long the longer side of a picture is, in CSS pixels. */
export interface Layout {
  strips: Strip[];
  columns: number;
  column: number;
  side: number;
}

export const gap = 12;
/** In a narrower column no number can be read below a cell, and no title above it. */
const narrowest = 84;
const narrowestInList = 104;
const usualColumns = (count: number): number => (count > 12 ? 6 : 4);

/** Lays the table out in that much room: a list in as many lines as it takes; of a table each row as one strip where it fits, else as several. */
export function layoutOf(data: CompareData, table: Table, room: number): Layout {
  const rows = table.cells.map((cells, row) => (table.photos ? [table.photos[row], ...cells] : cells));
  const titles = table.photos ? [photoHeading(data), ...table.columns] : table.columns;
  const fitting = Math.max(1, Math.floor((room + gap) / (narrowestInList + gap)));
  if (data.rows.length === 1) {
    const wanted = Math.min(titles.length, data.perLine ?? evenly(titles.length, usualColumns(titles.length)));
    const columns = wanted <= fitting ? wanted : evenly(titles.length, fitting);
    return sized(data, table, room, columns, chunks({ titles, cells: rows[0] }, columns));
  }
  const whole = sized(data, table, room, titles.length, [{ titles, cells: [] }, ...rows.map((cells, row) => ({ heading: data.rows[row], titles: cells.map(detailsAlone), cells }))]);
  if (whole.column >= narrowest) return whole;
  const columns = evenly(titles.length, fitting);
  return sized(data, table, room, columns, rows.flatMap((cells, row) => chunks({ heading: data.rows[row], titles: titles.map((title, at) => withDetails(title, cells[at])), cells }, columns)));
}

/** Below the titles of a table stands only what a map has of its own. */
const detailsAlone = (cell: Cell | undefined): Heading | undefined => (cell?.kind === 'map' && cell.details ? { title: '', details: cell.details } : undefined);

const withDetails = (title: Heading, cell: Cell | undefined): Heading => (cell?.details ? { title: title.title, details: cell.details } : title);

const photoHeading = ({ maps, pictures }: CompareData): Heading => ({ title: pictures.every((picture) => picture === pictures[0]) ? maps[0].image.name : 'Image', details: 'what the network saw' });

/** The fewest strips of at most so many, and none much shorter than the others. */
const evenly = (count: number, most: number): number => Math.ceil(count / Math.ceil(count / most));

/** A strip in pieces of so many columns; the heading stands above the first. */
const chunks = ({ heading, titles, cells }: Strip, columns: number): Strip[] =>
  Array.from({ length: Math.ceil(cells.length / columns) }, (_, at) => ({
    heading: at ? undefined : heading,
    titles: titles.slice(at * columns, (at + 1) * columns),
    cells: cells.slice(at * columns, (at + 1) * columns),
  }));

function sized({ size }: CompareData, table: Table, room: number, columns: number, strips: Strip[]): Layout {
  const each = (room - gap * (columns - 1)) / columns;
  // The widest picture, to a longer side of 1.
  const width = Math.max(...allCells(table).map(({ map: { image } }) => image.width / Math.max(image.width, image.height)));
  const side = Math.max(16, Math.floor(Math.min(size, each / width)));
  return { strips, columns, column: Math.min(each, Math.max(side * width, narrowestInList)), side };
}

export const frameIn = ({ side }: Layout, { map }: Cell): { width: number; height: number } => frameOf(map, side);
