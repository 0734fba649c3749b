import type { Attributions } from '../../src/attribution/attributions';
import type { Figure } from '../../src/figure/figure';
import { comparison } from './compare';

/** More pictures than this make a page that nobody reads, and a notebook that is slow. */
const most = 24;

/** A set of maps as a table on one scale. */
export function mapSet({ items, columns }: Attributions): Figure {
  const as = items.every(({ grain }) => grain === 'fine') ? 'heatmap' : 'overlay';
  const note = items.length > most ? `of ${items.length} maps the first ${most} are shown` : undefined;
  return comparison(items.slice(0, most), { as, ...(columns && columns <= 8 ? { columns } : {}) }, note);
}
