import type { AttributionRecord } from '../attribution/attribution';
import { largest } from '../attribution/largest';
import { shrink } from '../image/shrink';
import { Ranks } from './ranks';

/** The correlation of any two of the maps, by their places in the list. A map is brought to a grid, and its values put in order, once. */
export function correlator(maps: readonly Pick<AttributionRecord, 'values' | 'shape'>[], abs: boolean): (i: number, j: number) => number {
  const planes = maps.map((map) => {
    const [height, width, channels = 1] = map.shape;
    const values = channels === 1 ? map.values : largest(map.values, channels);
    return { values: abs ? values.map(Math.abs) : values, height, width, grids: new Map<string, Ranks>() };
  });
  const ranksOf = ({ values, height, width, grids }: (typeof planes)[number], rows: number, columns: number): Ranks => {
    const size = `${rows} x ${columns}`;
    const ranks = grids.get(size) ?? new Ranks(rows === height && columns === width ? values : shrink(values, width, height, columns, rows));
    grids.set(size, ranks);
    return ranks;
  };
  return (i, j) => {
    const [a, b] = [planes[i], planes[j]];
    const rows = Math.min(a.height, b.height);
    const columns = Math.min(a.width, b.width);
    return ranksOf(a, rows, columns).correlation(ranksOf(b, rows, columns));
  };
}
