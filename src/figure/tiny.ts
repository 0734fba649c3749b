import type { Pixels } from '../image/canvas';

/** Whether pixels in a place `width` CSS pixels wide would be nothing but blur if they were enlarged smoothly, as a digit of 28 x 28. */
export const isTiny = (pixels: Pixels, width: number): boolean => Math.max(pixels.width, pixels.height) <= 96 && width >= pixels.width;
