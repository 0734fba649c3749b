import { whole } from '../check';
import { colorize } from './colorize';
import type { Colormap } from './colormap';
import { nameOf } from './caption';
import { heatText } from './altText';
import { remembered } from './memo';
import { checkRange, normalize, valueRange, type Range, type Sign } from './normalize';
import { deprocess } from './deprocess';
import type { Panel } from './sheet';
import { singleChannel, type Shown } from './shown';
import type { Bar } from './colorbar';

/** How values become colours. */
export interface ColorOptions {
  /** `'positive'`: what speaks for the class; `'absolute'`: the size; `'signed'`: both, about 0. Default: `'signed'` for a map with negative evidence, else `'positive'`. */
  sign?: Sign;
  /** The colour scale. Default `'viridis'`; for signed maps `'RdBu'` (blue against, red for). */
  colormap?: Colormap;
  /** The percentile of the values that gets the last colour; 100 clips nothing. Default: 99.5 where a few extreme pixels would darken all the rest, else 100. */
  clip?: number;
  /** The values of the first and the last colour, to compare maps; default: from the map itself. */
  range?: Range;
}

/** The size of a picture, and what stands beside it. */
export interface FrameOptions {
  /** Length of the longer side in CSS pixels. Default 336. */
  size?: number;
  /** Whether the colour bar is drawn. Default true. */
  colorbar?: boolean;
}

/** Options of `heatmap`. */
export interface HeatmapOptions extends ColorOptions, FrameOptions {
  /** Whether the image that the network saw stands beside the map. Default false. */
  photo?: boolean;
}

export const colorNames = ['sign', 'colormap', 'clip', 'range'] as const;
export const frameNames = ['size', 'colorbar'] as const;

/** The image that the network saw, as large as its map. */
export function photoPanel(map: Shown, size?: number): Panel {
  const frame = frameOf(map, size);
  return { ...frame, pixels: map.image, look: 'smooth' };
}

/** The picture alone, and its colour bar: for sheets of several. */
export function heatmapPanel(shown: Shown, options: ColorOptions & FrameOptions): { panel: Panel; bar?: Bar } {
  const frame = frameOf(shown, options.size);
  if (shown.shape[2] === 3) return { panel: { ...frame, pixels: { width: shown.shape[1], height: shown.shape[0], data: deprocess(shown.values, shown.channelOrder) }, look: 'crisp' } };
  const map = singleChannel(shown);
  const bar = barOf(map, options);
  const positions = normalize(map.values, bar.range, signOf(map, options));
  return { panel: { ...frame, pixels: colorize(positions, map.shape[1], map.shape[0], bar.colormap), look: 'crisp' }, bar };
}

export const signOf = (map: Shown, { sign }: ColorOptions): Sign => sign ?? (map.signed ? 'signed' : 'positive');

/** Colours, range and unit of a map under these options. */
export function barOf(map: Shown, options: ColorOptions): Bar {
  const sign = signOf(map, options);
  const range: Range = options.range ? checkRange(options.range) : valueRange(map.values, sign, options.clip);
  const beyond = (test: (value: number) => boolean): boolean => range[1] > range[0] && map.values.some((value) => test(sign === 'absolute' ? Math.abs(value) : value));
  const clipped = remembered(map.values, `clipped ${sign} ${range}`, () => ({ high: beyond((value) => value > range[1]), low: sign !== 'positive' && beyond((value) => value < range[0]) }));
  return {
    colormap: options.colormap ?? (sign === 'signed' ? 'RdBu' : 'viridis'),
    range,
    centred: sign === 'signed',
    unit: sign === 'absolute' ? `|${map.unit}|` : map.unit,
    clipped,
  };
}

/** Size on the page: the image's own proportions, the longer side `size` CSS pixels. */
export function frameOf({ image }: Shown, size = 336): { width: number; height: number } {
  whole('size', size, 16, 4000);
  const scale = size / Math.max(image.width, image.height);
  return { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
}

/** The map's own note, and a word where the picture is empty. */
export function notesOf(map: Shown): string[] {
  const notes = map.note ? [map.note] : [];
  const { gaps, empty } = remembered(map.values, 'gaps', () => ({ gaps: map.values.some(Number.isNaN), empty: map.values.every((value) => value === 0) }));
  if (gaps) notes.push('grey pixels have no value (NaN)');
  else if (empty && !map.note) notes.push(`all values are 0: no ${map.signed ? '' : 'positive '}evidence${map.layer ? ` at layer ${map.layer}` : ''}`);
  return notes;
}

/** The picture in plain words. */
export function altOf(kind: string, map: Shown, sign: Sign): string {
  const single = singleChannel(map);
  const where = heatText(single.values, single.shape as [number, number], map === single ? sign : 'absolute');
  return `${kind} of ${map.method} on ${map.image.name} for ${nameOf(map.target)}: ${where}.${notesOf(map).map((note) => ` Note: ${note}.`).join('')}`;
}
