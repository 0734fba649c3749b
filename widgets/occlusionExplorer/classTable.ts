import type { OcclusionWindow, OcclusionWindows } from '../../src/attribution/perturbation/occlusionWindows';

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

/** The same of all windows as lists, which pack well; the target is in it, likely or not. Undefined where the classes were not kept. */
export function classTable(windows: OcclusionWindows, list: readonly OcclusionWindow[], target: number): ClassTable | undefined {
  const count = windows.classes.length;
  if (!count) return undefined;
  const seen = [...windows.classes, ...list.flatMap(({ classes }) => classes)].map(({ index }) => index);
  const indices = [...new Set(target < 0 ? seen : [...seen, target])];
  const places = new Map(indices.map((index, place) => [index, place]));
  const place = ({ index }: { index: number }): number => places.get(index) as number;
  const all = indices.map((index) => windows.uncovered(index)!);
  const column = <T>(of: (window: OcclusionWindow) => readonly T[], value: (each: T) => number): Float32Array => {
    const values = new Float32Array(list.length * count).fill(-1);
    list.forEach((window, i) => of(window).forEach((each, rank) => (values[i * count + rank] = value(each))));
    return values;
  };
  return {
    labels: all.map(({ label }) => label),
    indices,
    before: Float32Array.from(all, ({ score }) => score),
    count,
    likeliest: column(({ classes }) => classes, place),
    after: column(({ classes }) => classes, ({ score }) => score),
    originals: windows.classes.map(place),
    kept: column(({ originals }) => originals, ({ score }) => score),
  };
}

/** A class before and after a window is covered. */
export interface ClassRow {
  label: string;
  index: number;
  before: number;
  after: number;
  isTarget: boolean;
}

/** The likeliest classes with a window covered; the target below them where it is not among them; and which are no longer among them. */
export interface ClassRows {
  rows: ClassRow[];
  below?: ClassRow;
  gone: ClassRow[];
}

export function classRows({ labels, indices, before, count, likeliest, after, originals, kept }: ClassTable, target: { place: number; probability: { after: Float32Array } } | undefined, window: number): ClassRows {
  const row = (place: number, score: number): ClassRow => ({ label: labels[place], index: indices[place], before: before[place], after: score, isTarget: place === target?.place });
  const ranks = Array.from({ length: count }, (_, rank) => window * count + rank);
  // A page has them from 16 bits.
  const told = ranks.map((at) => ({ place: Math.round(likeliest[at]), score: after[at] })).filter(({ place }) => place >= 0);
  const isTold = (place: number): boolean => told.some((each) => each.place === place);
  const gone = originals.map((place, rank) => ({ place, score: kept[ranks[rank]] })).filter(({ place }) => !isTold(place) && place !== target?.place);
  return {
    rows: told.map(({ place, score }) => row(place, score)),
    below: target && !isTold(target.place) ? row(target.place, target.probability.after[window]) : undefined,
    gone: gone.map(({ place, score }) => row(place, score)),
  };
}
