import type { Likeness } from '../../src/metrics/sanity/likeness';
import type { Cursor } from '../shared/crossHair';
import type { BoardData, BoardMap, BoardRow } from './data';

export interface BoardState {
  /** Which method, and which of its maps, stands enlarged beside the original; the last places are the maps beside the steps. */
  row: number;
  at: number;
  /** What the numbers and the chart tell. */
  measure: keyof Likeness;
  cursor?: Cursor;
}

/** Whether a map counts as like the original: as the verdict takes it. */
export const isAlike = (row: BoardRow, map: BoardMap): boolean => (map.likeness.absRank ?? 0) >= 0.5 && (map.likeness.absRank ?? 0) > row.chance.highest.absRank;

/** The maps of a row: the original, the steps, and those beside them. */
export const allMaps = ({ maps, beside }: BoardRow): BoardMap[] => [...maps, ...beside];

/** Begins with what gives the verdict away: the last step at which the first failing method's map is still alike; else the first step. */
export function start({ rows }: BoardData): BoardState {
  const failing = Math.max(0, rows.findIndex(({ outcome }) => outcome === 'fails'));
  const row = rows[failing];
  const alike = row.maps.findLastIndex((map, at) => at > 0 && isAlike(row, map));
  return { row: failing, at: row.outcome === 'fails' && alike > 0 ? alike : Math.min(1, row.maps.length - 1), measure: 'absRank' };
}

/** The map that is enlarged; where the method has none at that step, its last one. */
export function enlarged({ rows }: BoardData, { row, at }: BoardState): { row: BoardRow; map: BoardMap; at: number } {
  const maps = allMaps(rows[row]);
  const place = Math.min(at, maps.length - 1);
  return { row: rows[row], map: maps[place], at: place };
}

/** Whether the signs of the values are shown: where the measure knows them. */
export const showsSigns = (row: BoardRow, { measure }: BoardState): boolean => measure === 'rank' && row.signed;
