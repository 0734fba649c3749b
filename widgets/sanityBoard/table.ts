import { dataTable } from '../shared/dataTable';
import type { BoardData } from './data';
import { allMaps } from './state';
import { likenessText, momentOf } from './words';

/** The numbers behind the picture: every map's likeness, and what chance gives. */
export function likenessTable(data: BoardData): string {
  const rows = data.rows.flatMap((row) => [
    ...allMaps(row).slice(1).map((map) => ({ method: row.name, moment: momentOf(data, map), ...map.likeness })),
    { method: row.name, moment: `random maps, mean of ${row.chance.maps}`, ...row.chance.mean },
    { method: row.name, moment: `random maps, highest of ${row.chance.maps}`, ...row.chance.highest },
  ]);
  return dataTable(
    'the likeness in numbers',
    [
      { head: 'method', text: ({ method }) => method, left: true },
      { head: 'network', text: ({ moment }) => moment, left: true },
      { head: 'rank correlation of |values|', text: ({ absRank }) => likenessText(absRank) },
      { head: 'of values', text: ({ rank }) => likenessText(rank) },
      { head: 'structural similarity', text: ({ ssim }) => likenessText(ssim) },
    ],
    rows,
  );
}
