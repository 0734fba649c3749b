import type { Image } from '../../image/image';
import { plainNumbers } from '../../json';
import type { Prediction } from '../../model/predictions';
import type { WindowClasses } from './windowClasses';
import type { Window } from './windows';

/** One window of an occlusion map, and what the network makes of the image with it covered. */
export interface OcclusionWindow {
  /** The first row of the window, in pixels of the network's input. */
  top: number;
  /** The first column. */
  left: number;
  /** The row below the last one. */
  bottom: number;
  /** The column after the last one. */
  right: number;
  /** The explained score with the window covered. */
  score: number;
  /** How far the score falls, f(x) - f(x covered); below 0 where it rises. */
  fall: number;
  /** The target, where it is a class, with the window covered. */
  target?: Prediction;
  /** The five classes that are likeliest with the window covered, the likeliest first; none where they were not kept. */
  classes: readonly Prediction[];
  /** The classes that are the likeliest of the image as it is, in that order, with the window covered. */
  originals: readonly Prediction[];
}

/** What `new OcclusionWindows` takes. */
export interface WindowsParts {
  /** In the order in which they were scored, with their scores; there may be more scores. */
  windows: readonly Window[];
  scores: Float32Array;
  whole: number;
  target: number;
  patch: readonly [number, number];
  stride: readonly [number, number];
  total: number;
  cover: Image;
  classes?: WindowClasses;
  note?: string;
}

/**
 * Every window that `occlusion` scored, row by row: its place, the score of the target, and the likeliest classes with it covered.
 * Iterable; `map.windows` has it, and `cl.occlusionExplorer(map)` shows it.
 *
 * @example
 * for (const { top, left, fall, classes } of map.windows) console.log(top, left, fall, classes[0].label)
 */
export class OcclusionWindows implements Iterable<OcclusionWindow> {
  /** The explained score of the image as it is. */
  readonly score: number;
  /** The five classes that are likeliest of the image as it is; none where they were not kept. */
  readonly classes: readonly Prediction[];
  /** The side of the patch, `[height, width]`, in pixels of the network's input. */
  readonly patch: readonly [number, number];
  /** How far it moves, `[down, across]`. */
  readonly stride: readonly [number, number];
  /** How many windows there are in all: more than were scored where the map was stopped early. */
  readonly total: number;
  /** The fill as a picture of the whole input: a window of the photograph is covered with the same part of it. */
  readonly cover: Image;
  /** Why the classes were not kept, where they were not. */
  readonly note?: string;
  /** The places, row by row, in the lists of the parts. */
  private readonly order: readonly number[];
  private readonly parts: WindowsParts;

  /** @internal */
  constructor(parts: WindowsParts) {
    const { windows, whole, classes, patch, stride, total, cover, note } = parts;
    this.score = whole;
    this.classes = classes?.image ?? [];
    this.patch = patch;
    this.stride = stride;
    this.total = total;
    this.cover = cover;
    this.note = note;
    this.order = [...windows.keys()].sort((a, b) => windows[a].top - windows[b].top || windows[a].left - windows[b].left);
    this.parts = parts;
  }

  /** How many were scored. */
  get length(): number {
    return this.order.length;
  }

  /** The window at a place of the list, row by row; negative counts from the end. */
  at(index: number): OcclusionWindow | undefined {
    const place = this.order.at(index);
    return place === undefined ? undefined : this.window(place);
  }

  *[Symbol.iterator](): Iterator<OcclusionWindow> {
    for (const place of this.order) yield this.window(place);
  }

  /** A class of the image as it is, with nothing covered, by its number; undefined where the classes were not kept. */
  uncovered(index: number): Prediction | undefined {
    return this.parts.classes?.uncovered(index);
  }

  /** How many there are, and where the score falls most. */
  toString(): string {
    const { length, total, patch, stride } = this;
    const ranked = [...this].filter(({ fall }) => fall).sort((a, b) => b.fall - a.fall);
    const place = ({ top, left, fall }: OcclusionWindow): string => `by ${Math.abs(fall).toFixed(2)} at row ${top}, column ${left}`;
    const most = ranked[0]?.fall > 0 ? `; the score falls most ${place(ranked[0])}` : '';
    return `${length === total ? length : `${length} of ${total}`} windows of ${patch.join(' x ')}, moved by ${stride.join(' x ')}${most}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** Lists, one entry for each window; the classes by number, with their names beside them. */
  toJSON(): object {
    const { score, patch, stride, total, classes, note } = this;
    const windows = [...this];
    const lists = {
      top: windows.map(({ top }) => top),
      left: windows.map(({ left }) => left),
      scores: plain(windows.map((window) => window.score)),
    };
    if (!classes.length) return { score, patch, stride, total, note, ...lists };
    const likeliest = {
      index: windows.map((window) => window.classes.map(({ index }) => index)),
      probability: windows.map((window) => plain(window.classes.map((each) => each.score))),
      logit: windows.map((window) => plain(window.classes.map(({ logit }) => logit))),
    };
    const labels = Object.fromEntries(windows.flatMap((window) => window.classes.map(({ index, label }) => [index, label])));
    return { score, patch, stride, total, ...lists, classes, likeliest, labels };
  }

  private window(place: number): OcclusionWindow {
    const { windows, scores, whole, classes, target } = this.parts;
    return {
      ...windows[place],
      score: scores[place],
      fall: whole - scores[place],
      target: classes && target >= 0 ? classes.one(place, target) : undefined,
      classes: classes?.likeliest(place) ?? [],
      originals: classes?.image.map(({ index }) => classes.one(place, index)) ?? [],
    };
  }
}

const plain = (values: readonly number[]): number[] => plainNumbers(Float32Array.from(values));
