import { between } from '../check';
import type { Pixels } from '../image/canvas';
import { colorTable } from './colormap';
import { luminance } from './luminance';
import { barOf, colorNames, frameNames, frameOf, signOf, type ColorOptions, type FrameOptions } from './mapPanel';
import { remembered } from './memo';
import { normalize } from './normalize';
import type { Panel } from './sheet';
import { singleChannel, type Shown } from './shown';
import { strongest } from './strongest';
import type { Bar } from './colorbar';

/** Options of `overlay`. */
export interface OverlayOptions extends ColorOptions, FrameOptions {
  /** How much of the colour covers the photo, 0 to 1. Default 0.6; with `fade` it is the opacity of the strongest values. */
  opacity?: number;
  /** Whether weak values let the photo through, so that the photo keeps its own colours where nothing was found. Default true. */
  fade?: boolean;
  /** Values below this share of the range (0 to 1) are left clear. Default 0. */
  threshold?: number;
}

export const overlayNames = [...colorNames, ...frameNames, 'opacity', 'fade', 'threshold'] as const;

/** The picture alone, and its colour bar; `keep`: the share of the image, its strongest values, that is drawn. */
export function overlayPanel(shown: Shown, options: OverlayOptions, keep = 1): { panel: Panel; bar: Bar } {
  const map = singleChannel(shown);
  const opacity = between('opacity', options.opacity ?? 0.6, 0, 1);
  const threshold = between('threshold', options.threshold ?? 0, 0, 1);
  const sign = signOf(map, options);
  const bar = barOf(map, options);
  const positions = remembered(map.values, `positions ${sign} ${bar.range}`, () => normalize(map.values, bar.range, sign));
  const kept = keep < 1 ? strongest(map.values, keep, sign) : undefined;
  const strengths = positions.map((at, pixel) => {
    if (kept && !kept[pixel]) return 0;
    const strength = sign === 'signed' ? Math.abs(at - 0.5) * 2 : at;
    if (!(strength >= threshold)) return 0;
    return options.fade === false ? opacity : opacity * Math.min(1, strength * 1.5);
  });
  const frame = frameOf(map, options.size);
  return { panel: { ...frame, pixels: blend(map, positions, strengths, bar.range[0] < 0, colorTable(bar.colormap)), look: 'smooth' }, bar };
}

function blend({ image, shape }: Shown, positions: Float32Array, strengths: Float32Array, signed: boolean, table: Uint8Array): Pixels {
  const [height, width] = shape;
  const data = new Uint8ClampedArray(image.data);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      // A layer's own small grid is shown as squares over the image.
      const at = Math.floor((y * height) / image.height) * width + Math.floor((x * width) / image.width);
      const strength = strengths[at];
      const row = Math.round(positions[at] * 255) * 3;
      const start = (y * image.width + x) * 4;
      const grey = luminance(data[start], data[start + 1], data[start + 2]);
      // Under the map the photo loses its own colour, which would be taken for a value; under two colours it loses it everywhere.
      const paling = signed ? 0.85 : Math.min(1, strength * 1.5);
      for (let channel = 0; channel < 3; channel++) {
        const pixel = start + channel;
        data[pixel] = (data[pixel] + (grey - data[pixel]) * paling) * (1 - strength) + (strength && table[row + channel] * strength);
      }
    }
  }
  return { width: image.width, height: image.height, data };
}
