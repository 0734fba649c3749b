/** A cell by its place in a map, and its value. */
export interface ScoredCell {
  at: number;
  score: number;
}

/** Values of one channel that lie `step` apart in a list, from `from` on. */
export interface Strided {
  values: Float32Array;
  from: number;
  step: number;
  length: number;
  /** 1 for the highest first, -1 for the lowest first. */
  sign: 1 | -1;
  /** Which of them count; default: all. */
  allowed?: readonly boolean[];
}

/** The strongest cell of a map, what is not finite left out; undefined where nothing is. */
export function strongestCell({ values, from, step, length, sign, allowed }: Strided): ScoredCell | undefined {
  let best: ScoredCell | undefined;
  for (let at = 0; at < length; at++) {
    const score = sign * values[from + at * step];
    if (allowed?.[at] === false) continue;
    if (Number.isFinite(score) && (best === undefined || score > best.score)) best = { at, score };
  }
  return best;
}

/** The strongest cells of a map above `floor`, the first one first, each apart from those before it; at most `count`. */
export function strongestCells(map: Strided, count: number, floor: number, apart: (a: number, b: number) => boolean): ScoredCell[] {
  if (count === 1) return [strongestCell(map)].filter((cell) => cell !== undefined && cell.score > floor) as ScoredCell[];
  const { values, from, step, length, sign, allowed } = map;
  const cells = Array.from({ length }, (_, at): ScoredCell => ({ at, score: sign * values[from + at * step] })).filter(({ at, score }) => allowed?.[at] !== false && Number.isFinite(score) && score > floor);
  cells.sort((a, b) => b.score - a.score || a.at - b.at);
  const found: ScoredCell[] = [];
  for (const cell of cells) {
    if (found.every(({ at }) => apart(at, cell.at))) found.push(cell);
    if (found.length === count) break;
  }
  return found;
}
