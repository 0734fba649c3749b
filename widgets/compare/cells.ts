import { latest, remembered } from '../../src/figure/memo';
import type { Shown } from '../../src/figure/shown';
import { correlator } from '../../src/metrics/correlator';
import { surrogate } from '../../src/metrics/surrogate';
import type { Heading } from './arrange';
import type { CompareData, MadeRandom } from './data';
import type { CompareState } from './state';

/** One picture of the table: a map, a random map that is like one, or the photograph that a row begins with. */
export interface Cell {
  /** The same in every state. */
  key: string;
  kind: 'map' | 'random' | 'photo';
  /** The map that is drawn, or whose photograph it is. */
  map: Shown;
  /** The place in the list of that map, or of the one that a random map is like. */
  place: number;
  /** What it is, in full. */
  title: string;
  /** What neither its row nor its column tells. */
  details: string;
  /** Of a random map that was made before: its rank correlations with other cells, by their keys. */
  correlations?: MadeRandom['correlations'];
}

/** The maps of a state in rows and columns, the random ones among them; the photographs stand before. */
export interface Table {
  columns: Heading[];
  cells: (Cell | undefined)[][];
  /** For each row; undefined where the rows do not begin with one. */
  photos?: (Cell | undefined)[];
}

export function tableOf(data: CompareData, state: CompareState): Table {
  const besides = <T>(list: readonly T[], made: (each: T) => T): T[] => list.flatMap((each, column) => (column === state.random ? [each, made(each)] : [each]));
  const cells = data.places.map((places, row) => besides(places.map((place) => (place === null ? undefined : mapCell(data, place))), (like) => like && randomCell(like, row, state.seed + row, state.random === data.random && state.seed === data.seed ? data.randoms?.[row] : undefined)));
  return {
    columns: besides(data.columns, (like) => randomHeading(like, state.seed, data.rows.length)),
    cells,
    photos: data.photo ? cells.map((row, at) => photoOf(row, at)) : undefined,
  };
}

/** The cell that is shown alone, where there is one. */
export const aloneIn = (table: Table, { enlarged }: CompareState): Cell | undefined => (enlarged === undefined ? undefined : allCells(table).find(({ key }) => key === enlarged));

export const allCells = ({ cells, photos }: Table): Cell[] => [...(photos ?? []), ...cells.flat()].filter((cell) => cell !== undefined);

const mapCell = ({ maps, titles, rest }: CompareData, place: number): Cell => ({ key: `map ${place}`, kind: 'map', map: maps[place], place, title: titles[place], details: rest[place] });

function photoOf(row: readonly (Cell | undefined)[], at: number): Cell | undefined {
  const first = row.find((cell) => cell !== undefined);
  return first && { ...first, key: `photo ${at}`, kind: 'photo', title: first.map.image.name, details: '' };
}

/** Each row has a seed of its own, lest one pattern be met in all of them. */
function randomCell({ map, place, title }: Cell, row: number, seed: number, made: MadeRandom | null | undefined): Cell {
  const [height, width] = map.shape;
  const values = made?.values ?? latest(map.values, 'random', String(seed), () => surrogate(map.values, [height, width], seed));
  return { key: `random ${row}`, kind: 'random', map: { ...map, method: 'random map', values, options: { like: map.method }, seed, note: undefined }, place, title: `Random map like ${title}`, details: `seed ${seed}`, correlations: made?.correlations };
}

const randomHeading = (like: Heading, seed: number, rows: number): Heading => ({ title: 'Random map', details: `like ${like.title} · ${rows > 1 ? `seeds ${seed} to ${seed + rows - 1}` : `seed ${seed}`}` });

/** The rank correlation of the maps of two cells; NaN for maps of different pictures, and for one that is the same everywhere. */
export const correlationOf =
  ({ correlations, pictures, sign }: CompareData) =>
  (a: Cell, b: Cell): number => {
    if (a.kind === 'map' && b.kind === 'map') return correlations[a.place][b.place] ?? NaN;
    if (pictures[a.place] !== pictures[b.place]) return NaN;
    const [random, other] = a.kind === 'random' ? [a, b] : [b, a];
    if (random.correlations && other.key in random.correlations) return random.correlations[other.key] ?? NaN;
    return remembered(random.map.values, `correlation with ${other.key}`, () => correlator([random.map, other.map], sign === 'absolute')(0, 1));
  };
