import { remembered } from '../../src/figure/memo';
import type { Pixels } from '../../src/image/canvas';

/** Pictures of one size as one, about square: a JPEG for each would be mostly header. */
export interface Sprite {
  pixels: Pixels;
  /** Of each picture. */
  width: number;
  height: number;
  columns: number;
}

/** A JPEG mixes the pixels of a block of this side: neighbours lie in blocks of their own. */
const block = 8;
const cellOf = (length: number): number => Math.ceil(length / block) * block;

export function spriteOf(pictures: readonly Pixels[]): Sprite | undefined {
  if (!pictures.length) return undefined;
  const { width, height } = pictures[0];
  const columns = Math.ceil(Math.sqrt(pictures.length));
  const [across, down] = [cellOf(width), cellOf(height)];
  const size = { width: columns * across, height: Math.ceil(pictures.length / columns) * down };
  const data = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  pictures.forEach((picture, at) => {
    const [left, top] = [(at % columns) * across, Math.floor(at / columns) * down];
    // The rest of a block repeats the edge, so that it does not colour the picture.
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) {
        const from = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4;
        data.set(picture.data.subarray(from, from + 4), ((top + y) * size.width + left + x) * 4);
      }
    }
  });
  return { pixels: { ...size, data }, width, height, columns };
}

/** One picture of a sprite. */
export function spritePart(sprite: Sprite, at: number): Pixels {
  const { pixels, width, height, columns } = sprite;
  return remembered(pixels, `part ${at}`, () => {
    const [left, top] = [(at % columns) * cellOf(width), Math.floor(at / columns) * cellOf(height)];
    const data = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y++) data.set(pixels.data.subarray(((top + y) * pixels.width + left) * 4, ((top + y) * pixels.width + left + width) * 4), y * width * 4);
    return { width, height, data };
  });
}
