import type { Attribution } from '../../src/attribution/attribution';
import type { OcclusionWindow, OcclusionWindows } from '../../src/attribution/perturbation/occlusionWindows';
import { starts } from '../../src/attribution/perturbation/windows';
import type { Pixels } from '../../src/image/canvas';
import type { Grid } from './scan';

/** What becomes of the classes, window by window. */
export interface ClassTable {
  /** The names of all classes that are ever among the likeliest, and their numbers. */
  labels: string[];
  indices: number[];
  /** Their probabilities with nothing covered. */
  before: Float32Array;
  /** How many are told of each window. */
  count: number;
  /** Of each window its likeliest classes, by their places in `labels`, and their probabilities; -1 where there are fewer. */
  likeliest: Float32Array;
  after: Float32Array;
  /** The classes that are likeliest with nothing covered, by their places, and their probabilities in each window. */
  originals: number[];
  kept: Float32Array;
}

/** The target, where it is a class: its place in `labels`, and what becomes of it. */
export interface TargetTable {
  place: number;
  logit: number;
  probability: number;
  logits: Float32Array;
  probabilities: Float32Array;
}

export interface ExplorerData {
  photo: Pixels;
  /** A colour, or a picture of the whole input. */
  cover: [number, number, number] | Pixels;
  grid: Grid;
  /** The explained score with nothing covered, and of each window. */
  whole: number;
  scores: Float32Array;
  /** The windows where the score falls most and where it rises most; undefined where it does neither. */
  fall?: number;
  rise?: number;
  classes?: ClassTable;
  target?: TargetTable;
}

/** All windows of an occlusion map as lists. */
export function explorerData(map: Attribution, windows: OcclusionWindows): ExplorerData {
  const [height, width] = map.shape;
  const list = [...windows];
  const falls = list.map(({ fall }) => fall || 0);
  const most = (sign: 1 | -1): number | undefined => {
    const best = falls.reduce((best, fall, i) => (fall * sign > falls[best] * sign ? i : best), 0);
    return falls[best] * sign > 0 ? best : undefined;
  };
  return {
    photo: pixels(map.image),
    cover: colourOf(windows.cover) ?? pixels(windows.cover),
    grid: gridOf(windows, list, height, width),
    whole: windows.score,
    scores: Float32Array.from(list, ({ score }) => score),
    fall: most(1),
    rise: most(-1),
    ...classTables(map.target.index, windows, list),
  };
}

const pixels = ({ width, height, data }: Pixels): Pixels => ({ width, height, data });

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

function classTables(target: number, windows: OcclusionWindows, list: readonly OcclusionWindow[]): Pick<ExplorerData, 'classes' | 'target'> {
  const count = windows.classes.length;
  if (!count) return {};
  const explained = target < 0 ? undefined : windows.uncovered(target);
  const seen = [...windows.classes, ...list.flatMap(({ classes }) => classes), ...(explained ? [explained] : [])];
  const places = new Map([...new Set(seen.map(({ index }) => index))].map((index, place) => [index, place]));
  const indices = [...places.keys()];
  const place = (index: number): number => places.get(index) as number;
  const known = indices.map((index) => windows.uncovered(index)!);
  const table = <T>(of: (window: OcclusionWindow) => readonly T[], value: (each: T) => number): Float32Array => {
    const values = new Float32Array(list.length * count).fill(-1);
    list.forEach((window, i) => of(window).forEach((each, rank) => (values[i * count + rank] = value(each))));
    return values;
  };
  return {
    classes: {
      labels: known.map(({ label }) => label),
      indices,
      before: Float32Array.from(known, ({ score }) => score),
      count,
      likeliest: table(({ classes }) => classes, ({ index }) => place(index)),
      after: table(({ classes }) => classes, ({ score }) => score),
      originals: windows.classes.map(({ index }) => place(index)),
      kept: table(({ originals }) => originals, ({ score }) => score),
    },
    target: explained && {
      place: place(target),
      logit: explained.logit,
      probability: explained.score,
      logits: Float32Array.from(list, (window) => window.target!.logit),
      probabilities: Float32Array.from(list, (window) => window.target!.score),
    },
  };
}
