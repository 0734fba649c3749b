import type { ClassTable, ExplorerData } from './data';

/** A class before and after a window is covered. */
export interface ClassRow {
  label: string;
  index: number;
  before: number;
  after: number;
  isTarget: boolean;
}

/** The likeliest classes with a window covered; the target below them where it is not among them; and which are no longer among them. */
export function classRows(classes: ClassTable, target: ExplorerData['target'], window: number): { rows: ClassRow[]; below?: ClassRow; gone: ClassRow[] } {
  const { labels, indices, before, count, likeliest, after, originals, kept } = classes;
  const row = (place: number, score: number): ClassRow => ({ label: labels[place], index: indices[place], before: before[place], after: score, isTarget: place === target?.place });
  const ranks = Array.from({ length: count }, (_, rank) => window * count + rank).filter((at) => likeliest[at] >= 0);
  const places = ranks.map((at) => Math.round(likeliest[at]));
  const below = target && !places.includes(target.place) ? row(target.place, target.probabilities[window]) : undefined;
  const gone = originals.map((place, rank) => row(place, kept[window * count + rank])).filter(({ isTarget }, rank) => !places.includes(originals[rank]) && !isTarget);
  return { rows: places.map((place, rank) => row(place, after[ranks[rank]])), below, gone };
}
