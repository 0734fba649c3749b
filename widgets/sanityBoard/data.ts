import type { Attribution } from '../../src/attribution/attribution';
import { nameOf } from '../../src/figure/caption';
import { coarsened } from '../../src/figure/live/codes';
import type { Seen } from '../../src/figure/shown';
import { onGrid, planeOf } from '../../src/metrics/plane';
import type { ChanceLikeness, Likeness } from '../../src/metrics/sanity/likeness';
import type { HeldMap, MethodSanity, SanityCheck } from '../../src/metrics/sanity/result';

/** One map of the board. */
export interface BoardMap {
  kind: 'original' | 'step' | 'other class' | 'random labels';
  /** The step's name; of the others what they are. */
  title: string;
  values: Float32Array;
  /** Rows and columns of `values`. */
  shape: readonly [number, number];
  /** How like the original it is; null where there is nothing to compare. */
  likeness: Record<keyof Likeness, number | null>;
}

/** A method's row. */
export interface BoardRow {
  name: string;
  /** Whether values below 0 mean evidence against. */
  signed: boolean;
  unit: string;
  /** The original first, then one for each step that was reached. */
  maps: BoardMap[];
  /** Maps beside the steps: for another class, and of a network that learnt random labels. */
  beside: BoardMap[];
  chance: ChanceLikeness;
  outcome?: 'passes' | 'unclear' | 'fails';
  verdict: string;
}

/** What the widget shows. */
export interface BoardData {
  model: string;
  target: string;
  mode: SanityCheck['mode'];
  weights: SanityCheck['weights'];
  seed: number;
  /** What the network saw. */
  photo: Seen;
  /** The names of the steps, from the scores down. */
  stages: string[];
  /** What the other class is. */
  other?: string;
  rows: BoardRow[];
  note?: string;
}

export const boardData = ({ model, target, mode, weights, seed, stages, methods, note }: SanityCheck): BoardData => {
  const { width, height, data, name } = methods[0].original.image;
  return { model, target: nameOf(target), mode, weights, seed, photo: { width, height, data, name }, stages: stages.map((stage) => stage.name), other: methods.find(({ otherClass }) => otherClass)?.otherClass?.map.target.label, rows: methods.map((method) => rowOf(method, stages.map((stage) => stage.name))), note };
};

function rowOf({ name, original, steps, otherClass, randomLabels, chance, verdict }: MethodSanity, stages: readonly string[]): BoardRow {
  const same = Number.isNaN(chance.mean.absRank) ? null : 1;
  return {
    name,
    signed: original.signed && original.shape.length === 2,
    unit: original.unit,
    maps: [{ ...boardMap(original, 'original'), likeness: { rank: same, absRank: same, ssim: same } }, ...steps.map((step, at) => heldMap(step, 'step', stages[at]))],
    beside: [...(otherClass ? [heldMap(otherClass, 'other class')] : []), ...(randomLabels ? [heldMap(randomLabels, 'random labels')] : [])],
    chance,
    outcome: verdict?.outcome,
    verdict: verdict?.text ?? 'not finished',
  };
}

const heldMap = ({ map, likeness }: HeldMap, kind: BoardMap['kind'], title: string = kind): BoardMap => ({ ...boardMap(map, kind, title), likeness: { rank: known(likeness.rank), absRank: known(likeness.absRank), ssim: known(likeness.ssim) } });

/** JSON has no NaN. */
const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

function boardMap(map: Attribution, kind: BoardMap['kind'], title: string = kind): Omit<BoardMap, 'likeness'> {
  const { values, height, width } = planeOf('sanityBoard', map);
  return { kind, title, values, shape: [height, width] };
}

// At full detail: the numbers of all maps together that a page is sent.
const mostValues = 130_000;

/** The same with maps no finer than a page's budget has room for. */
export function reduceBoard(data: BoardData, detail: number): BoardData {
  const maps = data.rows.reduce((sum, { maps: own, beside }) => sum + own.length + beside.length, 0);
  const smaller = (map: BoardMap): BoardMap => {
    const [height, width] = map.shape;
    return { ...map, ...coarser(map, Math.sqrt((mostValues * detail) / maps / (width * height))) };
  };
  return { ...data, rows: data.rows.map((row) => ({ ...row, maps: row.maps.map(smaller), beside: row.beside.map(smaller) })) };
}

/** The map with so many times the rows and columns, each value the mean of those it stands for; never finer than it is. */
export function coarser({ values, shape: [height, width] }: Pick<BoardMap, 'values' | 'shape'>, scale: number): Pick<BoardMap, 'values' | 'shape'> {
  const [rows, columns] = [height, width].map((side) => Math.max(1, Math.round(side * Math.min(1, scale))));
  return { values: coarsened(onGrid({ values, height, width }, rows, columns)), shape: [rows, columns] };
}
