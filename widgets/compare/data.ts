import type { Attribution } from '../../src/attribution/attribution';
import { joinParts } from '../../src/figure/caption';
import type { Colormap } from '../../src/figure/colormap';
import { altOf, notesOf } from '../../src/figure/mapPanel';
import { type Range, type Sign, valueRange } from '../../src/figure/normalize';
import { reduced, type Seen, type Shown, shownOf, singleChannel } from '../../src/figure/shown';
import { resample } from '../../src/image/resample';
import { correlator } from '../../src/metrics/correlator';
import { arrange, type Heading } from './arrange';
import { factsOf, isSame, type Kind } from './facts';

/** How the maps are drawn, and on which scale. */
export interface CompareLook {
  as: 'overlay' | 'heatmap';
  scale: 'shared' | 'relative';
  sign: Sign;
  colormap?: Colormap;
  clip?: number;
  range?: Range;
  opacity: number;
}

/** What the widget shows, and how it begins. */
export interface CompareData extends CompareLook {
  /** One value to a pixel; in a page, of about as many pixels as a cell shows. */
  maps: Shown[];
  /** For each map: rows and columns as it was made. */
  sizes: (readonly [rows: number, columns: number])[];
  /** What tells it from the others. */
  titles: string[];
  /** Where it is hot. */
  words: string[];
  /** The value that a scale of its own ends at. */
  tops: number[];
  /** Its least and its greatest value. */
  extremes: Range[];
  /** Which picture it is of. */
  pictures: number[];
  /** The rows and columns that they are laid out in; by row and column the map's place in the list. */
  rows: Heading[];
  columns: Heading[];
  places: (number | null)[][];
  /** For each map, what neither its row nor its column tells. */
  rest: string[];
  /** What the rows and what the columns are: methods, classes, ... */
  rowsAre: string;
  columnsAre: string;
  /** Rank correlations of the maps; null where two have none. */
  correlations: (number | null)[][];
  /** The caption. */
  heading: string;
  details: string;
  notes: string[];
  size: number;
  /** Maps in a line of a list, where that was asked for. */
  perLine?: number;
  /** Whether each row begins with its photograph. */
  photo: boolean;
  agreement: boolean;
  colorbar: boolean;
  /** The column that the random map is like; -1: there is none. */
  random: number;
  seed: number;
  /** The random map of each row in the first state, ready made. */
  randoms?: (MadeRandom | null)[];
}

/** A random map, and its rank correlations with the other cells, by their keys. */
export interface MadeRandom {
  values: Float32Array;
  correlations: Record<string, number | null>;
}

/** What is the same however the maps are shown. */
type Told = Omit<CompareData, keyof CompareLook | 'size' | 'perLine' | 'photo' | 'agreement' | 'colorbar' | 'random' | 'seed' | 'randoms'>;

/** The maps, laid out and measured. */
export function measured(maps: readonly Attribution[], { sign, clip }: Pick<CompareLook, 'sign' | 'clip'>): Told {
  const facts = factsOf(maps);
  const { rows, columns, places, rest, common, rowKinds, columnKinds } = arrange(facts);
  const pictures = pictureNumbers(facts.map(({ image }) => image));
  const single = onePicture(maps.map((map) => singleChannel(shownOf(map))));
  const titles = rest.map((_, at) => {
    const row = places.findIndex((line) => line.includes(at));
    return joinParts([columns[places[row].indexOf(at)].title, rows[row].title]);
  });
  const notes = single.map(notesOf);
  const sameNotes = notes.every((each) => each.join() === notes[0].join());
  const correlation = correlator(single, sign === 'absolute');
  return {
    maps: single,
    sizes: single.map(({ shape }) => [shape[0], shape[1]] as const),
    titles,
    words: single.map((map) => altOf('', map, sign).trim()),
    tops: single.map(({ values }) => valueRange(values, sign, clip)[1]),
    extremes: single.map(({ values }) => extremesOf(values)),
    pictures,
    rows,
    columns,
    places: places.map((row) => row.map((place) => place ?? null)),
    rest,
    rowsAre: nounOf(rowKinds),
    columnsAre: nounOf(columnKinds),
    correlations: single.map((_, i) => single.map((_map, j) => (pictures[i] === pictures[j] ? finiteOrNull(correlation(i, j)) : null))),
    heading: joinParts([common.method, common.class]) || `Comparison of ${columns.length} ${nounOf(columnKinds)}${rows.length > 1 ? ` and ${rows.length} ${nounOf(rowKinds)}` : ''}`,
    details: joinParts([common.score, joinParts([common.model, common.layer]).replace(' · ', ' / '), common.options, common.seed]),
    notes: sameNotes ? notes[0] : single.flatMap((_, at) => notes[at].map((note) => `${titles[at]}: ${note}`)),
  };
}

const pictureNumbers = (names: readonly string[]): number[] => names.map((name) => names.indexOf(name));

/** Maps of one photograph share its pixels, so that they are sent once. */
function onePicture(maps: readonly Shown[]): Shown[] {
  const seen: Seen[] = [];
  return maps.map((map) => {
    const image = seen.find((other) => other.name === map.image.name && isSame(other, map.image)) ?? map.image;
    seen.push(image);
    return { ...map, image };
  });
}

function extremesOf(values: Float32Array): Range {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length ? [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))] : [NaN, NaN];
}

const finiteOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const nouns: Partial<Record<Kind, string>> = { method: 'methods', class: 'classes', layer: 'layers', image: 'images', model: 'models' };

/** What rows or columns are that differ in these: a layer goes with its method, a class with its image. */
function nounOf(kinds: readonly Kind[]): string {
  const led = kinds.filter((kind) => nouns[kind] && !(kind === 'layer' && kinds.includes('method')) && !(kind === 'class' && kinds.includes('image')));
  return led.length === 1 ? nouns[led[0]]! : 'maps';
}

// At full detail: numbers sent, and pixels painted in a frame, of all maps together.
const mostValues = 200_000;
const mostPixels = 300_000;

/** What a page needs: maps and photographs no finer than its cells show. */
export function reduceCompare(data: CompareData, detail: number): CompareData {
  const [values, pixels] = [mostValues, mostPixels].map((budget) => (budget * detail) / data.maps.length);
  return thinned(data, values, pixels);
}

/** Maps in small cells need no more than a value to a pixel, and their picture no more either. */
export const asSmallAsShown = (data: CompareData): CompareData => thinned(data, data.size ** 2, Infinity);

/** Every map with at most so many values, and its photograph with so many pixels. */
function thinned(data: CompareData, values: number, pixels: number): CompareData {
  const share = (most: number, { width, height }: { width: number; height: number }): number => Math.min(1, most / (width * height));
  const images = new Map<Seen, Seen>();
  const smaller = (image: Seen): Seen => {
    const scale = Math.sqrt(share(pixels, image));
    if (scale === 1) return image;
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
    const made = images.get(image) ?? { ...resample(image, { x: 0, y: 0, width: image.width, height: image.height }, width, height), name: image.name };
    images.set(image, made);
    return made;
  };
  return { ...data, maps: data.maps.map((map) => ({ ...reduced(map, share(values, { width: map.shape[1], height: map.shape[0] })), image: smaller(map.image) })) };
}
