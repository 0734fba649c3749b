/** A cell of a grid, with the activations that fall in it. */
export interface Bin {
  /** From the top. */
  row: number;
  /** From the left. */
  column: number;
  /** Which activations. */
  members: number[];
}

/** The cells of a `grid` x `grid` raster over places in [0, 1] (x and y in turn) that hold at least `fewest`, row by row. */
export function binned(places: Float32Array, grid: number, fewest: number): Bin[] {
  const bins = new Map<number, number[]>();
  const step = (place: number): number => Math.min(grid - 1, Math.floor(place * grid));
  for (let at = 0; at * 2 < places.length; at++) {
    const key = step(places[at * 2 + 1]) * grid + step(places[at * 2]);
    const members = bins.get(key);
    if (members) members.push(at);
    else bins.set(key, [at]);
  }
  return [...bins]
    .filter(([, members]) => members.length >= fewest)
    .sort(([a], [b]) => a - b)
    .map(([key, members]) => ({ row: Math.floor(key / grid), column: key % grid, members }));
}
