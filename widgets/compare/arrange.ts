import { joinParts } from '../../src/figure/caption';
import { type Facts, type Kind, kinds, partOptions } from './facts';

/** What a row or a column is. */
export interface Heading {
  /** What tells it from the others. */
  title: string;
  /** What else is true of all its maps, and not of all others. */
  details: string;
}

/** Maps in rows and columns. Where they vary in one way only, there is one row, without a title. */
export interface Arrangement {
  rows: Heading[];
  columns: Heading[];
  /** By row and column, the map's place in the list; undefined where there is none. */
  places: (number | undefined)[][];
  /** What the maps of rows and columns differ in. */
  rowKinds: Kind[];
  columnKinds: Kind[];
  /** For each map, what neither its row nor its column tells. */
  rest: string[];
  /** What is true of all maps; empty where they differ. */
  common: Facts;
}

/** In this order a title tells them. */
const titled: readonly Kind[] = ['method', 'class', 'layer', 'image', 'model'];
const lesser: readonly Kind[] = ['score', 'options', 'seed'];

/**
 * Finds in how many ways maps vary (methods, classes, images ..., of which some follow from others: each image may have its own class), and lays them out as a table of
 * rows and columns where it is two or more ways and most places are filled; else as one row.
 */
export function arrange(given: readonly Facts[]): Arrangement {
  const { facts, shared } = partOptions(given);
  const varying = kinds.filter((kind) => new Set(facts.map((each) => each[kind])).size > 1);
  const ways = leading(facts, varying.filter((kind) => kind !== 'score'));
  const common = Object.fromEntries(kinds.map((kind) => [kind, varying.includes(kind) ? '' : facts[0][kind]])) as Facts;
  return { ...(table(facts, varying, ways) ?? list(facts, varying)), common: { ...common, options: shared } };
}

/** The kinds that do not follow from another one. */
const leading = (facts: readonly Facts[], varying: readonly Kind[]): Kind[] =>
  varying.filter((kind, at) => !varying.some((other, place) => other !== kind && follows(facts, [other], kind) && (place < at || !follows(facts, [kind], other))));

/** Whether who knows the first kinds knows the other. */
function follows(facts: readonly Facts[], from: readonly Kind[], kind: Kind): boolean {
  const known = new Map<string, string>();
  return facts.every((each) => {
    const key = keyOf(each, from);
    if (!known.has(key)) known.set(key, each[kind]);
    return known.get(key) === each[kind];
  });
}

const keyOf = (facts: Facts, of: readonly Kind[]): string => JSON.stringify(of.map((kind) => facts[kind]));

type Table = Omit<Arrangement, 'common'>;

function table(facts: readonly Facts[], varying: readonly Kind[], ways: readonly Kind[]): Table | undefined {
  if (ways.length < 2) return undefined;
  const [along, across] = [ways.slice(0, -1), ways.slice(-1)];
  const rowKeys = unique(facts.map((each) => keyOf(each, along)));
  const columnKeys = unique(facts.map((each) => keyOf(each, across)));
  const places: (number | undefined)[][] = rowKeys.map(() => columnKeys.map(() => undefined));
  for (const [place, each] of facts.entries()) {
    const [row, column] = [rowKeys.indexOf(keyOf(each, along)), columnKeys.indexOf(keyOf(each, across))];
    if (places[row][column] !== undefined) return undefined;
    places[row][column] = place;
  }
  // A table with as many gaps as maps says less than a list.
  if (facts.length <= (rowKeys.length * columnKeys.length) / 2) return undefined;
  const rowKinds = varying.filter((kind) => follows(facts, along, kind));
  const columnKinds = varying.filter((kind) => !rowKinds.includes(kind) && follows(facts, across, kind));
  const others = varying.filter((kind) => !rowKinds.includes(kind) && !columnKinds.includes(kind));
  const firstOf = (line: readonly (number | undefined)[]): Facts => facts[line.find((place) => place !== undefined)!];
  return {
    rows: places.map((row) => headingOf(firstOf(row), rowKinds)),
    columns: columnKeys.map((_, column) => headingOf(firstOf(places.map((row) => row[column])), columnKinds)),
    places,
    rowKinds,
    columnKinds,
    rest: facts.map((each) => told(each, others)),
  };
}

const list = (facts: readonly Facts[], varying: readonly Kind[]): Table => ({
  rows: [{ title: '', details: '' }],
  columns: facts.map((each) => headingOf(each, varying)),
  places: [[...facts.keys()]],
  rowKinds: [],
  columnKinds: [...varying],
  rest: facts.map(() => ''),
});

const unique = (keys: readonly string[]): string[] => [...new Set(keys)];

/** Where nothing but lesser things differ, they make the title. */
function headingOf(facts: Facts, of: readonly Kind[]): Heading {
  const title = told(facts, titled.filter((kind) => of.includes(kind)));
  const details = told(facts, lesser.filter((kind) => of.includes(kind)));
  return title ? { title, details } : { title: details || facts.method, details: '' };
}

const told = (facts: Facts, of: readonly Kind[]): string => joinParts(of.map((kind) => facts[kind]));
