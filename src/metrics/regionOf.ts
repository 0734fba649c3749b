import type { Attribution } from '../attribution/attribution';
import { shown } from '../check';
import type { Image } from '../image/image';
import { checkRegion, type Region, regionMask } from '../image/region';

/** A part of the image, or several that count as one: a mask `{ width, height, data }` over the whole image, or a box `{ x, y, width, height }` in pixels of `map.image`. */
export type Regions = Region | readonly Region[];

/** The region on the pixels that the network saw: 1 inside. Without one it is all that the image is known to hold of the target. */
export function regionOf(method: string, { image, target }: Pick<Attribution, 'image' | 'target'>, given?: Regions): Uint8Array {
  const regions = given === undefined ? masksOf(method, image, target.label) : Array.isArray(given) ? (given as readonly Region[]) : [given as Region];
  if (!regions.length) throw new RangeError(`${method}: region is an empty list; give at least one mask or box`);
  const inside = new Uint8Array(image.width * image.height);
  for (const region of regions) {
    const mask = regionMask(checkRegion('region', region), image, image);
    for (let at = 0; at < inside.length; at++) inside[at] |= mask[at];
  }
  if (inside.some(Boolean)) return inside;
  const why = 'x' in regions[0] ? `the box at (${regions[0].x}, ${regions[0].y})` : 'the mask';
  throw new RangeError(`${method}: ${why} has no pixel of the ${image.width} x ${image.height} image inside it`);
}

function masksOf(method: string, { name, masks, width, height }: Image, label: string): Region[] {
  const own = masks.filter((mask) => mask.label === label);
  if (own.length) return own;
  const known = [...new Set(masks.map((mask) => mask.label).filter((each) => each !== undefined))];
  const what = known.length ? `${name} has masks of ${known.map(shown).join(', ')}, none of ${shown(label)}` : `${name} has no mask of ${shown(label)}`;
  throw new RangeError(`${method}: ${what}; give a region: a box { x, y, width, height } in pixels of map.image (${width} x ${height}), or a mask { width, height, data }`);
}
