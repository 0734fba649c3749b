import type { Pixels } from '../image/canvas';
import { colorTable, type Colormap } from './colormap';

// Where there is no value: a grey that no scale but greys holds.
const noValue = [128, 128, 128];

/** Opaque pixels of positions in [0, 1]; NaN becomes plain grey. */
export function colorize(positions: Float32Array, width: number, height: number, colormap: Colormap): Pixels {
  const table = colorTable(colormap);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < positions.length; at++) {
    const row = Math.round(positions[at] * 255) * 3;
    for (let channel = 0; channel < 3; channel++) data[at * 4 + channel] = Number.isNaN(row) ? noValue[channel] : table[row + channel];
    data[at * 4 + 3] = 255;
  }
  return { width, height, data };
}
