import type { Attributions } from '../attribution/attributions';
import { compare } from './compare';
import type { Figure } from './figure';

/** More pictures than this make a page that nobody reads, and a notebook that is slow. */
const most = 24;

/** A set of maps as a grid on one scale: where they vary in two ways, one way along the rows. */
export function mapSet({ items, columns }: Attributions): Figure {
  const as = items.every(({ grain }) => grain === 'fine') ? 'heatmap' : 'overlay';
  return compare(items.slice(0, most), { as, ...(columns && columns <= 8 ? { columns, photo: false } : {}) });
}
