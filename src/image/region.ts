import { between, shown } from '../check';
import type { Box } from './resample';

/** Which pixels of an image belong to a thing. */
export interface Mask {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** `width * height` values, row by row: 1 inside, 0 outside. */
  data: Uint8Array;
  /** What it is, as a class's label. */
  label?: string;
}

/** A part of an image: the pixels of a mask, or a box `{ x, y, width, height }` in pixels from the upper left. */
export type Region = Mask | Box;

/** The region as a mask of `height` x `width` pixels, from one that was drawn on an image of `from` pixels (a mask brings its own size). A pixel is inside when half of it is. */
export function regionMask(region: Region, { width, height }: Size, from: Size): Uint8Array {
  const cover = isMask(region) ? coverOf(region, { x: 0, y: 0, width: region.width, height: region.height }, { width, height }) : boxCover(region, { width, height }, from);
  return Uint8Array.from(cover, (share) => Number(share >= 0.5));
}

/** The part `seen` of a mask, at `width` x `height`; what lies outside the mask is not inside. */
export function fitMask(mask: Mask, seen: Box, { width, height }: Size): Mask {
  return { width, height, data: Uint8Array.from(coverOf(mask, seen, { width, height }), (share) => Number(share >= 0.5)), ...(mask.label !== undefined && { label: mask.label }) };
}

/** The smallest box around a mask's pixels, or undefined when it has none. */
export function boxAround({ width, height, data }: Mask): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < data.length; at++) {
    if (!data[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Throws one clear line when it is no region of an image of that size. */
export function checkRegion(name: string, region: unknown): Region {
  if (region && typeof region === 'object' && 'data' in region) return checkMask(name, region as Mask);
  if (region && typeof region === 'object' && 'x' in region) {
    const { x, y, width, height } = region as Box;
    between(`${name} x`, x, 0);
    between(`${name} y`, y, 0);
    if (!(Number.isFinite(width) && Number.isFinite(height) && width > 0 && height > 0)) throw new RangeError(`${name} must have a width and a height above 0, got ${shown(width)} x ${shown(height)}`);
    return region as Box;
  }
  throw new TypeError(`${name} must be a mask { width, height, data } or a box { x, y, width, height }, got ${shown(region)}`);
}

function checkMask(name: string, mask: Mask): Mask {
  const { width, height, data } = mask;
  if (data?.length !== width * height || !data.length) throw new RangeError(`${name} of ${shown(width)} x ${shown(height)} must have ${width * height} values, got ${data?.length ?? 0}`);
  return mask;
}

export const isMask = (region: Region): region is Mask => 'data' in region;

interface Size {
  width: number;
  height: number;
}

/** How much of each cell of a `width` x `height` grid over `seen` lies inside the mask. */
function coverOf(mask: Mask, seen: Box, { width, height }: Size): Float32Array {
  const rows = shares(seen.y, seen.height, height, mask.height);
  const columns = shares(seen.x, seen.width, width, mask.width);
  const half = new Float32Array(mask.height * width);
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < width; x++) for (const [column, share] of columns[x]) if (mask.data[y * mask.width + column]) half[y * width + x] += share;
  }
  const cover = new Float32Array(height * width);
  for (let y = 0; y < height; y++) for (const [row, share] of rows[y]) for (let x = 0; x < width; x++) cover[y * width + x] += share * half[row * width + x];
  return cover;
}

/** For each of `cells` over the stretch, which of `size` pixels it covers, and how much of the cell each of them makes. */
function shares(start: number, extent: number, cells: number, size: number): [number, number][][] {
  const step = extent / cells;
  return Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [start + cell * step, start + (cell + 1) * step];
    const list: [number, number][] = [];
    for (let pixel = Math.max(0, Math.floor(from)); pixel < Math.min(size, to); pixel++) list.push([pixel, (Math.min(to, pixel + 1) - Math.max(from, pixel)) / step]);
    return list;
  });
}

function boxCover(box: Box, { width, height }: Size, from: Size): Float32Array {
  const [across, down] = [width / from.width, height / from.height];
  const inside = (start: number, extent: number, cells: number): number[] =>
    Array.from({ length: cells }, (_, cell) => Math.max(0, Math.min(cell + 1, start + extent) - Math.max(cell, start)));
  const columns = inside(box.x * across, box.width * across, width);
  const rows = inside(box.y * down, box.height * down, height);
  return Float32Array.from({ length: width * height }, (_, at) => columns[at % width] * rows[Math.floor(at / width)]);
}
