import type { Pixels } from '../../src/image/canvas';
import { colorize } from '../../src/figure/colorize';
import type { Bar } from '../../src/figure/colorbar';
import { remembered } from '../../src/figure/memo';
import { normalize, type Range, valueRange } from '../../src/figure/normalize';
import { type GalleryData, kernelAt, weightsOf } from './data';
import type { GalleryState } from './state';

export const signedColours = 'RdBu';

/** The weights that get the last colours. */
export const rangeOf = (data: GalleryData, { scale }: Pick<GalleryState, 'scale'>, filter: number): Range =>
  scale === 'all' ? valueRange(data.weights, 'signed') : remembered(data.weights, `own ${filter}`, () => valueRange(weightsOf(data, filter), 'signed', 100));

/** The bar of the picture; with a scale for each filter it tells shares. */
export function barOf(data: GalleryData, state: GalleryState): Bar {
  if (state.scale === 'own') return { colormap: signedColours, range: [-1, 1], unit: 'share of the filter’s greatest |weight|', centred: true };
  const range = rangeOf(data, state, 0);
  const clipped = remembered(data.weights, 'clipped', () => ({ low: data.weights.some((value) => value < range[0]), high: data.weights.some((value) => value > range[1]) }));
  return { colormap: signedColours, range, unit: 'weight', centred: true, clipped };
}

/** One kernel in signed colours. */
export const kernelPixels = (data: GalleryData, state: GalleryState, filter: number, input: number): Pixels =>
  remembered(data.weights, `kernel ${filter} ${input} ${state.scale}`, () => colorize(normalize(kernelAt(data, filter, input), rangeOf(data, state, filter), 'signed'), data.size[1], data.size[0], signedColours));

/** A filter on the three colours of an image: a weight of 0 is mid grey, the network's order turned to red, green, blue. */
export const colourPixels = (data: GalleryData, state: GalleryState, filter: number): Pixels =>
  remembered(data.weights, `colour ${filter} ${state.scale}`, () => {
    const [rows, columns] = data.size;
    const range = rangeOf(data, state, filter);
    const pixels = new Uint8ClampedArray(rows * columns * 4).fill(255);
    for (let colour = 0; colour < 3; colour++) {
      const input = data.colours === 'bgr' ? 2 - colour : colour;
      normalize(kernelAt(data, filter, input), range, 'signed').forEach((place, tap) => (pixels[tap * 4 + colour] = Math.round(place * 255)));
    }
    return { width: columns, height: rows, data: pixels };
  });

/** All kernels as one picture: a row of tiles for each filter, in this order. */
export function matrixPixels(data: GalleryData, state: GalleryState, order: readonly number[]): Pixels {
  const [rows, columns] = data.size;
  const inputs = data.inputs.length;
  return remembered(data.weights, `matrix ${order.join()} ${state.scale}`, () => {
    const places = new Float32Array(order.length * rows * inputs * columns);
    const width = inputs * columns;
    order.forEach((filter, line) => {
      const range = rangeOf(data, state, filter);
      for (let input = 0; input < inputs; input++) {
        normalize(kernelAt(data, filter, input), range, 'signed').forEach((place, tap) => {
          places[(line * rows + Math.floor(tap / columns)) * width + input * columns + (tap % columns)] = place;
        });
      }
    });
    return colorize(places, width, order.length * rows, signedColours);
  });
}
