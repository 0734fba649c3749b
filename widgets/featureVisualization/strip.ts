import { remembered } from '../../src/figure/memo';
import type { Pixels } from '../../src/image/canvas';
import { resample } from '../../src/image/resample';
import type { FeatureData, Tile } from './data';

/** Pictures of one size side by side, `side` pixels high. */
export function stripOf(pictures: readonly Pixels[], side: number): Pixels {
  const [{ width, height }] = pictures;
  const scale = Math.min(1, side / height);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const data = new Uint8ClampedArray(w * h * 4 * pictures.length);
  pictures.forEach((picture, i) => {
    const small = scale === 1 ? picture : resample(picture, { x: 0, y: 0, width, height }, w, h);
    for (let y = 0; y < h; y++) data.set(small.data.subarray(y * w * 4, (y + 1) * w * 4), (y * pictures.length + i) * w * 4);
  });
  return { width: w * pictures.length, height: h, data };
}

/** One of the pictures of a strip. */
export const pictureIn = ({ strip, moments }: Pick<Tile, 'strip' | 'moments'>, at: number): Pixels =>
  remembered(strip.data, `picture ${at}`, () => {
    const width = strip.width / moments.length;
    const data = new Uint8ClampedArray(width * strip.height * 4);
    for (let y = 0; y < strip.height; y++) data.set(strip.data.subarray((y * strip.width + at * width) * 4, (y * strip.width + (at + 1) * width) * 4), y * width * 4);
    return { width, height: strip.height, data };
  });

/** Below this a raster is shown as squares, which suits a digit but no texture. */
const tiny = 96;

/** The same picture enlarged smoothly, where it is small. */
export const smoothed = (pixels: Pixels): Pixels =>
  Math.max(pixels.width, pixels.height) > tiny
    ? pixels
    : remembered(pixels.data, 'smoothed', () => {
        const scale = Math.ceil((tiny + 1) / Math.max(pixels.width, pixels.height));
        return resample(pixels, { x: 0, y: 0, width: pixels.width, height: pixels.height }, pixels.width * scale, pixels.height * scale);
      });

/** The pixels that all strips together may have: about as many bytes. */
const most = 2.5e5;
const least = 48;

/** How high the strips of so many pictures are. */
export const stripSide = (pictures: number): number => Math.max(least, Math.floor(Math.sqrt(most / pictures)));

/** The same with smaller strips. */
export function reduceStrips(data: FeatureData, detail: number): FeatureData {
  if (detail >= 1) return data;
  const smaller = (tile: Tile): Tile => ({ ...tile, strip: stripOf(tile.moments.map((_, at) => pictureIn(tile, at)), Math.max(16, Math.round(tile.strip.height * Math.sqrt(detail)))) });
  return { ...data, tiles: data.tiles.map(smaller) };
}
