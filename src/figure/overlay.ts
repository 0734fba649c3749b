import type { Attribution } from '../attribution/attribution';
import { between, knownOptions } from '../check';
import type { Pixels } from '../image/canvas';
import { colorTable } from './colormap';
import { captionOf, detailsOf, headingOf } from './caption';
import type { Figure } from './figure';
import { altOf, barOf, colorNames, frameNames, frameOf, notesOf, signOf, type ColorOptions, type FrameOptions } from './heatmap';
import { normalize } from './normalize';
import { smoothUri } from './raster';
import { sheet, type Panel } from './sheet';
import { mustBeMap, singleChannel, type Shown } from './shown';
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

const names = [...colorNames, ...frameNames, 'opacity', 'fade', 'threshold'] as const;

/**
 * A Figure of a map laid over the image that the network saw, with a colour bar.
 * The colours follow the map's own range; give `range` to compare several overlays. `map.overlay(options)` is the same.
 *
 * Options: `opacity` (0.6), `fade` (true: weak values let the photo through), `threshold` (0; a share of the range below which nothing is drawn),
 * `sign`, `colormap`, `clip`, `range`, `size` and `colorbar` as `heatmap` has them.
 *
 * @example
 * cl.overlay(await cl.gradCam(model, photo), { opacity: 0.6, colormap: 'turbo' })
 */
export function overlay(map: Attribution, options: OverlayOptions = {}): Figure {
  knownOptions('overlay', options, names);
  mustBeMap('overlay', map);
  const { panel, bar } = overlayPanel(map, options);
  return sheet({
    panels: [panel],
    bar: options.colorbar === false ? undefined : bar,
    heading: headingOf(map),
    details: detailsOf(map),
    notes: notesOf(map),
    alt: altOf('Overlay', map, signOf(singleChannel(map), options)),
    caption: captionOf(map),
    data: map,
  });
}

/** The picture alone, and its colour bar: for sheets of several. */
export function overlayPanel(shown: Shown, options: OverlayOptions): { panel: Panel; bar: Bar } {
  const map = singleChannel(shown);
  const opacity = between('opacity', options.opacity ?? 0.6, 0, 1);
  const threshold = between('threshold', options.threshold ?? 0, 0, 1);
  const sign = signOf(map, options);
  const bar = barOf(map, options);
  const positions = normalize(map.values, bar.range, sign);
  const strengths = positions.map((at) => {
    const strength = sign === 'signed' ? Math.abs(at - 0.5) * 2 : at;
    if (!(strength >= threshold)) return 0;
    return options.fade === false ? opacity : opacity * Math.min(1, strength * 1.5);
  });
  const frame = frameOf(map, options.size);
  return { panel: { ...frame, uri: smoothUri(blend(map, positions, strengths, bar.range[0] < 0, colorTable(bar.colormap)), frame.width) }, bar };
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
      const grey = 0.3 * data[start] + 0.59 * data[start + 1] + 0.11 * data[start + 2];
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
