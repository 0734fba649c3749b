import { encode, encodeIndexed, type Pixels } from '../image/canvas';
import { enlarge, resample } from '../image/resample';
import { toPalette } from './palette';
import { isTiny } from './tiny';

// Viewers smooth what they enlarge; these pixels are enlarged here, to what a screen with two pixels to a CSS pixel shows.
const density = 2;


/** A photograph-like picture as a data URI for a place `width` CSS pixels wide: smooth, JPEG; a tiny one with sharp edges. */
export function smoothUri(pixels: Pixels, width: number): string {
  if (isTiny(pixels, width)) return crispUri(pixels, width);
  // What is not enlarged on the page need not be enlarged here.
  const target = Math.min(width * density, width > pixels.width ? pixels.width * 2 : pixels.width);
  const height = Math.max(1, Math.round((pixels.height * target) / pixels.width));
  const scaled = target === pixels.width ? pixels : resample(pixels, { x: 0, y: 0, width: pixels.width, height: pixels.height }, target, height);
  return `data:image/jpeg;base64,${encode(scaled, 'jpeg').toString('base64')}`;
}

/** A map of single values as a data URI: PNG, each value a square with sharp edges. */
export function crispUri(pixels: Pixels, width: number): string {
  const factor = Math.max(1, Math.ceil((width * density) / pixels.width));
  return pngUri(enlarge(pixels, factor));
}

/** The very pixels as a data URI: PNG, with a palette where the colours are few. */
export function pngUri(pixels: Pixels): string {
  const palette = toPalette(pixels);
  const png = palette ? encodeIndexed(pixels.width, pixels.height, palette.indices, palette.colours) : encode(pixels, 'png');
  return `data:image/png;base64,${png.toString('base64')}`;
}
