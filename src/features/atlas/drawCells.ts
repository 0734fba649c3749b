import { crc32 } from 'node:zlib';
import { uniformDraws } from '../../model/uniform';
import type { Cell } from '../effective/cells';

/** Cells along an axis that are drawn from: those at the edge see padding, and are left out where there are enough others. */
const inner = (length: number): { from: number; count: number } => (length > 3 ? { from: 1, count: length - 2 } : { from: 0, count: length });

/** How many cells of a map of that size can be drawn from. */
export const drawable = ([rows, columns]: readonly [number, number]): number => inner(rows).count * inner(columns).count;

/** `count` different cells of a map, drawn at random; of one name and one seed always the same. */
export function drawCells([rows, columns]: readonly [number, number], count: number, seed: number, name: string): Cell[] {
  const next = uniformDraws(seed + crc32(name));
  const [down, across] = [inner(rows), inner(columns)];
  const left = [...Array(down.count * across.count).keys()];
  return Array.from({ length: Math.min(count, left.length) }, (_, drawn) => {
    // The first part of a shuffle: each place is filled by one of those that are left.
    const other = drawn + Math.floor(next() * (left.length - drawn));
    [left[drawn], left[other]] = [left[other], left[drawn]];
    return [down.from + Math.floor(left[drawn] / across.count), across.from + (left[drawn] % across.count)];
  });
}
