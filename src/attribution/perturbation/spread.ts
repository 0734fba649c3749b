/**
 * Fills the cells without a value, row by row, from the nearest that have one: step by step outwards, each the mean of its
 * neighbours that were filled the step before. What is more than `reach` steps away stays 0.
 */
export function spread(values: Float32Array, has: (cell: number) => boolean, width: number, reach: number): void {
  const filled = Uint8Array.from(values, (_, cell) => (has(cell) ? 1 : 0));
  if (filled.every(Boolean)) return;
  let edge = [...filled.keys()].filter((cell) => filled[cell]);
  for (let step = 0; step < reach && edge.length; step++) {
    const sums = new Map<number, { sum: number; count: number }>();
    for (const cell of edge) {
      for (const next of neighbours(cell, width, values.length)) {
        if (filled[next]) continue;
        const entry = sums.get(next);
        if (!entry) sums.set(next, { sum: values[cell], count: 1 });
        else {
          entry.sum += values[cell];
          entry.count++;
        }
      }
    }
    edge = [...sums.keys()];
    for (const [cell, { sum, count }] of sums) {
      values[cell] = sum / count;
      filled[cell] = 1;
    }
  }
}

function neighbours(cell: number, width: number, size: number): number[] {
  const column = cell % width;
  return [cell - width, cell + width, column > 0 ? cell - 1 : -1, column < width - 1 ? cell + 1 : -1].filter((next) => next >= 0 && next < size);
}
