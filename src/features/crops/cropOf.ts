import type { Pixels } from '../../image/canvas';
import { type Box, resample } from '../../image/resample';
import type { AxisField, ReceptiveField } from '../../model/receptive/field';

/** What a cell of a layer looks at, cut out of an image. */
export interface Crop {
  pixels: Pixels;
  /** Where it lies, in whole pixels of what the network saw; parts of it may lie beyond the image, in the padding. */
  box: Box;
}

/** Rows and columns along which a layer's cells look. */
type Fields = Pick<ReceptiveField, 'rows' | 'columns'>;

/** What lies beyond the image in a crop. */
export const paddingColour = [208, 213, 219] as const;

/**
 * The part of an image that a cell looks at: its theoretical receptive field. A field larger than the image is cut to the image's own size, moved so that it
 * holds all that the cell can see. With `side`, a square of that many pixels about the middle of the field: deep cells see everything, but look mostly there.
 */
export function cropBox({ rows, columns }: Fields, [row, column]: readonly [number, number], { width, height }: Pick<Pixels, 'width' | 'height'>, side?: number): Box {
  const down = stretch(rows, row, height, side);
  const across = stretch(columns, column, width, side);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function stretch({ size, jump, offset, spans }: AxisField, cell: number, image: number, side = Infinity): { start: number; length: number } {
  const { start: first, end } = spans[cell];
  const length = Math.min(side, image, size || image);
  const middle = jump === null ? (first + end) / 2 : offset + cell * jump + size / 2;
  const start = Math.round(middle - length / 2);
  // A whole field holds all that the cell sees, and no more padding than it must.
  if (side < Math.min(image, size)) return { start, length };
  return { start: Math.min(Math.max(start, end - length), first), length };
}

/** The crop of a cell. `size`: the longer side of its pixels; default: one pixel for each of the image's. `side` as in `cropBox`. */
export function cropOf(image: Pixels, fields: Fields, cell: readonly [number, number], { size, side }: { size?: number; side?: number } = {}): Crop {
  const box = cropBox(fields, cell, image, side);
  const pixels = cut(image, box);
  const scale = (size ?? 0) / Math.max(box.width, box.height);
  if (!scale || scale === 1) return { pixels, box };
  const [width, height] = [box.width, box.height].map((length) => Math.max(1, Math.round(length * scale)));
  return { pixels: resample(pixels, { x: 0, y: 0, width: box.width, height: box.height }, width, height), box };
}

/** The pixels of a box of whole numbers; what lies beyond the image has the padding's colour. */
function cut({ width, height, data }: Pixels, box: Box): Pixels {
  const part = new Uint8ClampedArray(box.width * box.height * 4);
  for (let at = 0; at < part.length; at += 4) part.set([...paddingColour, 255], at);
  const [left, right] = [Math.max(0, box.x), Math.min(width, box.x + box.width)];
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++) {
    if (left < right) part.set(data.subarray((y * width + left) * 4, (y * width + right) * 4), ((y - box.y) * box.width + left - box.x) * 4);
  }
  return { width: box.width, height: box.height, data: part };
}
