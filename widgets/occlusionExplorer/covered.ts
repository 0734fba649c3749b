import type { Pixels } from '../../src/image/canvas';
import type { Box } from './scan';

/** The photograph with a window of it covered: by a colour, or by the same part of another picture of its size. */
export function covered(photo: Pixels, cover: readonly [number, number, number] | Pixels, { top, left, bottom, right }: Box): Pixels {
  const { width, height } = photo;
  const data = new Uint8ClampedArray(photo.data);
  for (let row = top; row < bottom; row++) {
    const [start, end] = [(row * width + left) * 4, (row * width + right) * 4];
    if ('data' in cover) data.set(cover.data.subarray(start, end), start);
    else for (let pixel = start; pixel < end; pixel += 4) data.set(cover, pixel);
  }
  return { width, height, data };
}
