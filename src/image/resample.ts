import type { Pixels } from './canvas';

/** Part of a picture, in its pixels; fractions are allowed. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The part `box` of `source`, scaled to `width` x `height`: bilinear when it grows, and a triangle
 * filter as wide as the shrinkage when it shrinks (as Pillow does), so that fine texture does not alias.
 */
export function resample(source: Pixels, box: Box, width: number, height: number): Pixels {
  const across = filter(source.width, box.x, box.width, width);
  const down = filter(source.height, box.y, box.height, height);
  const firstRow = down[0].start;
  const rows = down[height - 1].start + down[height - 1].weights.length - firstRow;
  const half = new Float32Array(rows * width * 4);
  for (let row = 0; row < rows; row++) {
    for (let x = 0; x < width; x++) {
      const { start, weights } = across[x];
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let k = 0, at = ((firstRow + row) * source.width + start) * 4 + channel; k < weights.length; k++, at += 4) sum += weights[k] * source.data[at];
        half[(row * width + x) * 4 + channel] = sum;
      }
    }
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const { start, weights } = down[y];
    for (let at = 0; at < width * 4; at++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * half[(start - firstRow + k) * width * 4 + at];
      data[y * width * 4 + at] = sum;
    }
  }
  return { width, height, data };
}

/** For each target position, which source positions it is made of, and how much of each. */
function filter(size: number, origin: number, extent: number, target: number): { start: number; weights: number[] }[] {
  const scale = extent / target;
  const reach = Math.max(1, scale);
  return Array.from({ length: target }, (_, at) => {
    const centre = origin + (at + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(size, Math.max(start + 1, Math.floor(centre + reach + 0.5)));
    const weights = Array.from({ length: end - start }, (_, k) => Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / reach));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
}

/** Every pixel repeated `factor` times each way: a small map stays a grid of squares in any viewer. */
export function enlarge({ width, height, data }: Pixels, factor: number): Pixels {
  const wide = new Uint32Array(width * factor * height * factor);
  const source = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let y = 0; y < height * factor; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < width * factor; x++) wide[y * width * factor + x] = source[row + Math.floor(x / factor)];
  }
  return { width: width * factor, height: height * factor, data: new Uint8ClampedArray(wide.buffer) };
}
