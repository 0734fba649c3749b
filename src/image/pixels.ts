import { shown } from '../check';
import type { Pixels } from './canvas';

/** Pixels as many libraries hold them: grey, RGB or RGBA values 0..255, row by row. */
export interface PixelSource {
  /** `width * height` values for grey, three times as many for RGB, four times for RGBA. */
  data: ArrayLike<number>;
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
}

/** Opaque RGBA bytes from grey, RGB or RGBA values; throws when the sizes do not fit together. */
export function fromPixels({ data, width, height }: PixelSource): Pixels {
  const size = width * height;
  if (!Number.isInteger(width) || !Number.isInteger(height) || size < 1) {
    throw new RangeError(`image width and height must be whole numbers of at least 1, got ${shown(width)} x ${shown(height)}`);
  }
  const channels = (data?.length ?? 0) / size;
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new RangeError(`image data of ${width} x ${height} must have ${size} (grey), ${size * 3} (RGB) or ${size * 4} (RGBA) values, got ${data?.length ?? 0}`);
  }
  const pixels = new Uint8ClampedArray(size * 4);
  for (let at = 0; at < size; at++) {
    const alpha = channels === 4 ? data[at * 4 + 3] / 255 : 1;
    for (let channel = 0; channel < 3; channel++) {
      const value = data[at * channels + (channels === 1 ? 0 : channel)];
      if (!Number.isFinite(value)) throw new RangeError(`image data has ${shown(value)} at value ${at * channels + channel}; numbers from 0 to 255 are needed`);
      pixels[at * 4 + channel] = value * alpha + 255 * (1 - alpha);
    }
    pixels[at * 4 + 3] = 255;
  }
  return { width, height, data: pixels };
}
