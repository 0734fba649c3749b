import { Attribution } from '../../attribution/attribution';
import { correlator } from '../correlator';
import { onGrid, planeOf } from '../plane';
import { Ranks } from '../ranks';
import { structuralSimilarity } from '../structuralSimilarity';
import { surrogate } from '../surrogate';

/** How like the first map another one is. NaN where one of them is the same everywhere: then there is nothing to compare. */
export interface Likeness {
  /** Spearman's rank correlation of the values. */
  rank: number;
  /** Of the sizes of the values: evidence for and against count alike. */
  absRank: number;
  /** Structural similarity of the sizes, each map divided by its greatest. */
  ssim: number;
}

export const likenessNames = ['absRank', 'rank', 'ssim'] as const satisfies readonly (keyof Likeness)[];

/** How like `original` other maps are: its own values are put in order once. */
export function likenessTo(original: Attribution): (map: Attribution) => Likeness {
  const own = ranksOf(original);
  return (map) => {
    const alike = map.shape[0] === original.shape[0] && map.shape[1] === original.shape[1];
    const theirs = alike ? ranksOf(map) : undefined;
    const rank = (abs: boolean): number => (theirs ? own[Number(abs)].correlation(theirs[Number(abs)]) : correlator([original, map], abs)(0, 1));
    return { rank: rank(false), absRank: rank(true), ssim: structuralSimilarity(original, map, { abs: true }) };
  };
}

/** The order of a map's values, and of their sizes. */
function ranksOf(map: Attribution): [Ranks, Ranks] {
  const { values } = planeOf('sanityCheck', map);
  const plain = new Ranks(values);
  return [plain, values.some((value) => value < 0) ? new Ranks(values.map(Math.abs)) : plain];
}

/** What maps that know nothing have in common with a map. */
export interface ChanceLikeness {
  /** The mean over the random maps. */
  mean: Likeness;
  /** The greatest of them: one map in twenty that knows nothing is above it (a one-sided test at 5 %). */
  highest: Likeness;
  /** How many. */
  maps: number;
}

/** One more makes the greatest of them a test at 5 %. */
const draws = 19;

// Grids finer than this only make the random maps slow.
const finest = 112;

/** What chance gives: random maps with the map's own values and power spectrum. `pause` is called after each. */
export async function chanceLikeness(map: Attribution, seed: number, pause: () => Promise<void>): Promise<ChanceLikeness> {
  const small = coarse(map);
  const like = likenessTo(small);
  const all: Likeness[] = [];
  for (let at = 1; at <= draws; at++) {
    all.push(like(new Attribution({ ...small, values: surrogate(small.values, [small.shape[0], small.shape[1]], seed + at) })));
    await pause();
  }
  const each = (of: (values: number[]) => number): Likeness => ({ rank: of(all.map(({ rank }) => rank)), absRank: of(all.map(({ absRank }) => absRank)), ssim: of(all.map(({ ssim }) => ssim)) });
  return { mean: each((values) => values.reduce((sum, value) => sum + value, 0) / draws), highest: each((values) => Math.max(...values)), maps: draws };
}

/** The map with one value to a cell, on a grid that is not too fine. */
function coarse(map: Attribution): Attribution {
  const { values, height, width } = planeOf('sanityCheck', map);
  const scale = Math.min(1, finest / Math.max(height, width));
  const [rows, columns] = [height, width].map((side) => Math.max(1, Math.round(side * scale)));
  return new Attribution({ ...map, values: onGrid({ values, height, width }, rows, columns), shape: [rows, columns] });
}
