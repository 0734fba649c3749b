/** A place in a layer's map. */
export type Cell = readonly [row: number, column: number];

/** At most `side` x `side` cells spread evenly over a map. */
export function lattice([rows, columns]: readonly number[], side: number): Cell[] {
  const spread = (length: number): number[] => {
    const count = Math.min(side, length);
    return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count));
  };
  return spread(rows).flatMap((row) => spread(columns).map((column): Cell => [row, column]));
}

/** The one of `cells` that is nearest to a place, the first of several. */
export const nearestCell = (cells: readonly Cell[], [row, column]: Cell): number => {
  const far = cells.map((cell) => Math.hypot(cell[0] - row, cell[1] - column));
  return far.indexOf(Math.min(...far));
};
