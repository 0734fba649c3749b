import type { Attributions } from '../attribution/attributions';
import { compare } from './compare';
import type { Figure } from './figure';

/** More pictures than this make a page that nobody reads, and a notebook that is slow. */
const most = 24;

/** A set of maps as a grid on one scale: a row for each image where each has several. */
export function mapSet({ items, perImage }: Attributions): Figure {
  const several = items.length > perImage && perImage > 1 && perImage <= 6;
  const as = items.every(({ grain }) => grain === 'fine') ? 'heatmap' : 'overlay';
  return compare(items.slice(0, most), { as, ...(several ? { columns: perImage, photo: false } : {}) });
}
