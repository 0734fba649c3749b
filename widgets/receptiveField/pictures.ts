import { luminance } from '../../src/figure/luminance';
import { colorize } from '../../src/figure/colorize';
import { type Colormap, colorTable } from '../../src/figure/colormap';
import { remembered } from '../../src/figure/memo';
import { normalize, type Range, valueRange } from '../../src/figure/normalize';
import type { Pixels } from '../../src/image/canvas';
import type { Rectangle } from '../../src/model/window/spans';
import { decoded, type EffectiveCell, type LayerField } from './data';

/** Below the box, the photograph is dimmed to this; over the gradient's strongest place its colour covers it by that. */
const dimmed = 0.28;
const opacity = 0.85;

export const heatColors: Colormap = 'magma';

/** The gradient's values that get the first and the last colour. */
export const heatRange = ({ map }: EffectiveCell): Range => remembered(map.codes, 'range', () => valueRange(decoded(map), 'absolute'));

/** The photograph as a cell sees it: what it cannot see is dark, and over the rest lies the gradient. */
export function seenPhoto(image: Pixels, { top, left, bottom, right }: Rectangle, heat: EffectiveCell | undefined): Pixels {
  const { width, height } = image;
  const data = new Uint8ClampedArray(remembered(image, 'dimmed', () => dimmedData(image)));
  for (let y = top; y < bottom; y++) {
    const row = y * width;
    data.set(image.data.subarray((row + left) * 4, (row + right) * 4), (row + left) * 4);
  }
  if (heat) layHeat(data, width, heat);
  return { width, height, data };
}

function dimmedData({ data }: Pixels): Uint8ClampedArray {
  const dark = new Uint8ClampedArray(data);
  for (let at = 0; at < data.length; at += 4) dark.fill(greyOf(data, at) * dimmed, at, at + 3);
  return dark;
}

const greyOf = (data: Uint8ClampedArray, at: number): number => luminance(data[at], data[at + 1], data[at + 2]);

function layHeat(data: Uint8ClampedArray, width: number, cell: EffectiveCell): void {
  const { map, part } = cell;
  const positions = remembered(map.codes, 'positions', () => normalize(decoded(map), heatRange(cell), 'absolute'));
  const table = colorTable(heatColors);
  for (let y = part.top; y < part.bottom; y++) {
    const row = Math.floor(((y - part.top) * map.rows) / (part.bottom - part.top)) * map.columns;
    for (let x = part.left; x < part.right; x++) {
      const position = positions[row + Math.floor(((x - part.left) * map.columns) / (part.right - part.left))];
      const strength = opacity * Math.min(1, position * 1.5);
      // Under the gradient the photograph loses its own colour, which would be taken for a value.
      const paling = Math.min(1, strength * 1.5);
      const colour = Math.round(position * 255) * 3;
      const at = (y * width + x) * 4;
      const grey = greyOf(data, at);
      for (let channel = 0; channel < 3; channel++) data[at + channel] = (data[at + channel] + (grey - data[at + channel]) * paling) * (1 - strength) + table[colour + channel] * strength;
    }
  }
}

/** What a layer put out, and the colours that its values get. */
export const outputPicture = ({ output }: LayerField): { pixels: Pixels; colormap: Colormap; range: Range } =>
  remembered(output.codes, 'picture', () => {
    const sign = output.low < 0 ? 'signed' : 'positive';
    const colormap = sign === 'signed' ? 'RdBu' : 'viridis';
    const values = decoded(output);
    const range = valueRange(values, sign);
    return { pixels: colorize(normalize(values, range, sign), output.columns, output.rows, colormap), colormap, range };
  });
