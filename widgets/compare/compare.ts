import type { Attribution } from '../../src/attribution/attribution';
import type { Attributions } from '../../src/attribution/attributions';
import { mapsIn } from '../../src/attribution/mapsIn';
import { between, knownOptions, oneOf, shown, truth, whole } from '../../src/check';
import { detailsOf, headingOf } from '../../src/figure/caption';
import { colorTable } from '../../src/figure/colormap';
import type { Figure } from '../../src/figure/figure';
import { type ColorOptions, colorNames, type FrameOptions, frameNames } from '../../src/figure/mapPanel';
import { checkRange, signs } from '../../src/figure/normalize';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { asSmallAsShown, type CompareData, measured } from './data';
import { drawCompare } from './draw';
import { numbersTable } from './numbersTable';
import { readyCompare } from './randoms';
import { start } from './state';
import { scaleTold } from './words';

/** Options of `compare`; `size` is 224 unless told. */
export interface CompareOptions extends ColorOptions, FrameOptions {
  /** How each map is drawn. Default `'overlay'`. */
  as?: 'overlay' | 'heatmap';
  /**
   * `'shared'`: one colour is the same value in all maps; `'relative'`: each map is divided by its own greatest value.
   * Default: shared when all maps have one unit and one layer, for values of different kinds cannot be compared.
   */
  scale?: 'shared' | 'relative';
  /** How much of the colour covers the photo where a map is strongest, 0 to 1. Default 0.6. */
  opacity?: number;
  /** Maps in a row, where they are a plain list. Default: up to four; of more than twelve, up to six. */
  columns?: number;
  /** Whether each row begins with its photo. Default: where the images differ from row to row, and before a list of maps of one image. */
  photo?: boolean;
  /** Whether a matrix tells how far the maps agree, by Spearman's rank correlation. Default: from three maps of one image on. */
  agreement?: boolean;
  /** A column of random maps to hold the others against, as `randomMap` makes them: beside the last column and like it (true), or beside that column (from 0; negative from the end). Default false. */
  random?: boolean | number;
  /** Of the random maps; each row below the first has the next one. Default 0. */
  seed?: number;
}

const names = [...colorNames, ...frameNames, 'as', 'scale', 'opacity', 'columns', 'photo', 'agreement', 'random', 'seed'] as const;

/** Beyond this a notebook shrinks the picture, and its text. */
const widest = 1080;

/**
 * A Figure of several maps (methods, classes, layers, images; a list, or what a method gives for lists) on one scale with one colour bar, and how far they agree. Where they
 * differ in two ways, as methods and classes, they make a table; what is the same for all is said once, below. In JupyterLab and in saved pages it can be worked: the same place is
 * marked in all maps, with each one's value and rank; a click shows a map alone; colours, opacity, scale and random maps are switched.
 *
 * The matrix holds Spearman's rank correlations: 1, the same places matter; 0, nothing in common. A random map (`random: true`) as coarse as the one beside it, with the same
 * values, tells what chance gives.
 *
 * Options: `as` ('overlay' or 'heatmap'; 'overlay'), `scale` ('shared': one colour is one value in all; 'relative': each by its own greatest value; shared where all have one unit
 * and layer), `opacity` (0.6), `columns` (up to four), `photo` (true), `agreement` (from three maps on), `random` (false; true or the number of a column), `seed` (0), `size` (224 CSS
 * pixels), `sign`, `colormap`, `clip`, `range` and `colorbar` as `heatmap` has them.
 *
 * @example
 * cl.compare([await cl.saliency(model, photo), await cl.gradCam(model, photo)])
 * cl.compare(await cl.gradCam(model, photo, { target: ['tabby', 'tiger cat'] }), { scale: 'shared', as: 'heatmap', random: true })
 */
export function compare(maps: Iterable<Attribution | Attributions>, options: CompareOptions = {}): Figure {
  knownOptions('compare', options, names);
  return comparison(mapsIn('compare', maps), options);
}

/** The same for maps that are checked already; `note`: what a reader must know of the choice of maps. */
export function comparison(maps: readonly Attribution[], options: CompareOptions, note?: string): Figure {
  const look = lookOf(maps, options);
  const frame = framed(options);
  const told = measured(maps, look);
  const { rows, columns, places, pictures, correlations } = told;
  const onePicture = pictures.every((picture) => picture === pictures[0]);
  const rowPictures = places.every((row) => new Set(row.filter((place) => place !== null).map((place) => pictures[place])).size === 1);
  const comparable = correlations.some((row, a) => row.some((value, b) => a !== b && value !== null));
  const agreement = truth('agreement', options.agreement ?? (maps.length > 2 && comparable));
  const data = asSmallAsShown({
    ...told,
    ...look,
    ...frame,
    notes: [...told.notes, ...(agreement ? withoutAgreement(told, comparable) : []), ...(note ? [note] : [])],
    // One photo for all stands before a list; in a table, each row's own.
    photo: truth('photo', options.photo ?? (rows.length === 1) === onePicture) && rowPictures,
    agreement,
    random: randomColumn(options.random ?? false, columns.length),
  });
  return widgetFigure({
    widget: 'compare',
    data,
    start,
    draw: drawCompare,
    width: options.size === undefined ? widest : undefined,
    caption: `${data.heading} · ${scaleTold(data, start(data))} · ${maps.map((map) => `${headingOf(map)}, ${detailsOf(map)}`).join('; ')}`,
    htmlAfter: numbersTable(data),
    values: maps,
    reduce: readyCompare,
  });
}

/** Why a map is in no matrix, or all are in none. */
function withoutAgreement({ titles, extremes, pictures }: Pick<CompareData, 'titles' | 'extremes' | 'pictures'>, comparable: boolean): string[] {
  // Where all is 0, that is told already.
  const flat = titles.filter((_, at) => extremes[at][0] === extremes[at][1] && extremes[at][0] !== 0);
  if (comparable || flat.length) return flat.map((title) => `${title} is the same everywhere: it has no rank correlation`);
  return pictures.length > 1 && new Set(pictures).size === pictures.length ? ['maps of different images have no places in common, and no agreement'] : [];
}

function framed({ size, columns, colorbar, seed }: CompareOptions): Pick<CompareData, 'size' | 'perLine' | 'colorbar' | 'seed'> {
  return {
    size: whole('size', size ?? 224, 16, 4000),
    perLine: columns === undefined ? undefined : whole('columns', columns),
    colorbar: truth('colorbar', colorbar ?? true),
    seed: whole('seed', seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
  };
}

function lookOf(maps: readonly Attribution[], options: CompareOptions): Pick<CompareData, 'as' | 'scale' | 'sign' | 'colormap' | 'clip' | 'range' | 'opacity'> {
  const { colormap, clip, range } = options;
  if (colormap !== undefined) colorTable(colormap);
  if (clip !== undefined) between('clip', clip, 1, 100);
  // Values of different kinds cannot be compared.
  const ofOneKind = maps.every(({ unit, layer }) => unit === maps[0].unit && layer === maps[0].layer);
  return {
    as: oneOf('as', options.as ?? 'overlay', ['overlay', 'heatmap']),
    scale: oneOf('scale', options.scale ?? (ofOneKind ? 'shared' : 'relative'), ['shared', 'relative']),
    sign: oneOf('sign', options.sign ?? (maps.some(({ signed, shape }) => signed && (shape[2] ?? 1) === 1) ? 'signed' : 'positive'), signs),
    colormap,
    clip,
    range: range && checkRange(range),
    opacity: between('opacity', options.opacity ?? 0.6, 0, 1),
  };
}

/** The column that the random maps are like, -1 for none. */
function randomColumn(random: boolean | number, columns: number): number {
  if (random === false) return -1;
  if (random === true) return columns - 1;
  const column = Number.isInteger(random) && random < 0 ? random + columns : random;
  if (Number.isInteger(column) && column >= 0 && column < columns) return column;
  throw new RangeError(`random must be true, false or the number of a column, ${columns === 1 ? '0' : `0 to ${columns - 1}`}, got ${shown(random)}`);
}
