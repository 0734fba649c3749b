import { allCells, correlationOf, tableOf } from './cells';
import type { CompareData, MadeRandom } from './data';
import { reduceCompare } from './data';
import { start } from './state';

/** What a page needs, with the random maps of the first state ready: making them would delay the first picture. */
export function readyCompare(data: CompareData, detail: number): CompareData {
  const reduced = reduceCompare(data, detail);
  if (reduced.random < 0) return reduced;
  const table = tableOf(reduced, start(reduced));
  const cells = allCells(table).filter(({ kind }) => kind !== 'photo');
  const correlation = correlationOf(reduced);
  const randoms = table.cells.map((row): MadeRandom | null => {
    const random = row.find((cell) => cell?.kind === 'random');
    return random ? { values: random.map.values, correlations: Object.fromEntries(cells.map((cell) => [cell.key, correlation(random, cell)])) } : null;
  });
  return { ...reduced, randoms };
}
