import type { Pixels } from '../../src/image/canvas';

/** The first picture to the left of the divider, the second to the right of it; both of one size. */
export function swiped(left: Pixels, right: Pixels, split: number): Pixels {
  const { width, height } = right;
  const data = new Uint8ClampedArray(right.data);
  const columns = Math.round(split * width);
  for (let row = 0; row < height; row++) {
    const first = row * width * 4;
    data.set(left.data.subarray(first, first + columns * 4), first);
  }
  return { width, height, data };
}
