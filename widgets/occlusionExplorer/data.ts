import type { Attribution } from '../../src/attribution/attribution';
import type { OcclusionWindow, OcclusionWindows } from '../../src/attribution/perturbation/occlusionWindows';
import { starts } from '../../src/attribution/perturbation/windows';
import type { ColorOptions } from '../../src/figure/mapPanel';
import { reduced, type Shown, shownOf } from '../../src/figure/shown';
import type { Pixels } from '../../src/image/canvas';
import { type ClassTable, classTable } from './classTable';
import type { Grid } from './scan';

/** What is explained, in numbers. */
export type ScoreKind = 'logit' | 'probability' | 'score';

/** A number of the target with nothing covered, and in each window. */
export interface Course {
  before: number;
  after: Float32Array;
}

/** One map, and what each of its windows gave. */
export interface ExplorerMap {
  map: Shown;
  /** What windows are covered with: a colour, or a picture of the whole input. */
  cover: readonly [number, number, number] | Pixels;
  grid: Grid;
  kind: ScoreKind;
  /** The explained score, and how many decimals tell its windows apart. */
  score: Course;
  decimals: number;
  /** Of a class, its other number: the probability beside the logit, or the logit beside the probability. */
  other?: Course;
  /** The windows where the score falls most and where it rises most; undefined where it does neither. */
  fall?: number;
  rise?: number;
  classes?: ClassTable;
  /** The place of the target in the class table, and its probability. */
  target?: { place: number; probability: Course };
  /** Why there are no classes, or fewer windows. */
  notes: string[];
}

export interface ExplorerData extends Pick<ColorOptions, 'sign' | 'colormap' | 'clip' | 'range'> {
  maps: ExplorerMap[];
}

/** An occlusion map with its windows as lists. */
function explorerMap(map: Attribution, windows: OcclusionWindows): ExplorerMap {
  const list = [...windows];
  const [height, width] = map.shape;
  const falls = list.map(({ fall }) => fall || 0);
  const classes = classTable(windows, list, map.target.index);
  const course = (of: 'logit' | 'score'): Course => ({ before: windows.uncovered(map.target.index)![of], after: Float32Array.from(list, ({ target }) => target![of]) });
  const isClass = classes !== undefined && map.target.index >= 0;
  const kind = map.target.index < 0 ? 'score' : map.options.score === 'probability' ? 'probability' : 'logit';
  return {
    map: shownOf(map),
    cover: colourOf(windows.cover) ?? plainPixels(windows.cover),
    grid: gridOf(windows, list, height, width),
    kind,
    score: { before: windows.score, after: Float32Array.from(list, ({ score }) => score) },
    decimals: decimalsFor(Math.max(...falls.map(Math.abs))),
    other: isClass ? course(kind === 'probability' ? 'logit' : 'score') : undefined,
    fall: greatest(falls),
    rise: greatest(falls.map((fall) => -fall)),
    classes,
    target: isClass ? { place: classes.indices.indexOf(map.target.index), probability: course('score') } : undefined,
    notes: notesOf(windows),
  };
}

/** The data of some maps. What the maps of one call have in common is made one, to be packed once. */
export function explorerData(maps: readonly { map: Attribution; windows: OcclusionWindows }[], look: Omit<ExplorerData, 'maps'> = {}): ExplorerData {
  const known: Float32Array[] = [];
  const one = (values: Float32Array): Float32Array => {
    const same = known.find((each) => each.length === values.length && each.every((value, i) => value === values[i]));
    if (!same) known.push(values);
    return same ?? values;
  };
  const list = maps.map(({ map, windows }) => explorerMap(map, windows));
  for (const { classes } of list) if (classes) for (const name of ['likeliest', 'after', 'kept'] as const) classes[name] = one(classes[name]);
  return { maps: list, ...look };
}

/** The maps with about that share of their values; what the windows gave stays. */
export const reduceExplorer = (data: ExplorerData, detail: number): ExplorerData => ({ ...data, maps: data.maps.map((each) => ({ ...each, map: reduced(each.map, detail) })) });

const plainPixels = ({ width, height, data }: Pixels): Pixels => ({ width, height, data });

/** The colour of a picture of one colour. */
function colourOf({ data }: Pixels): [number, number, number] | undefined {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  return words.every((word) => word === words[0]) ? [data[0], data[1], data[2]] : undefined;
}

function gridOf({ patch, stride, length, total }: OcclusionWindows, list: readonly OcclusionWindow[], height: number, width: number): Grid {
  const tops = starts(height, patch[0], stride[0]);
  const lefts = starts(width, patch[1], stride[1]);
  const grid = { height, width, patch, tops, lefts };
  if (length === total) return grid;
  const scored = new Uint8Array(total);
  for (const { top, left } of list) scored[tops.indexOf(top) * lefts.length + lefts.indexOf(left)] = 1;
  return { ...grid, scored };
}

/** The place of the greatest number above 0. */
function greatest(values: readonly number[]): number | undefined {
  const best = values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
  return values[best] > 0 ? best : undefined;
}

/** Three digits of the greatest change, two decimals at least. */
const decimalsFor = (change: number): number => (change > 0 && change < 1 ? Math.min(8, 2 - Math.floor(Math.log10(change))) : 2);

function notesOf({ length, total, note }: OcclusionWindows): string[] {
  const few = length < total ? 'where a window was not scored, the nearest one that was is shown' : undefined;
  return [few, note].filter((each) => each !== undefined);
}
