import type { Pixels } from '../../src/image/canvas';
import type { Colormap } from '../../src/figure/colormap';
import type { Range } from '../../src/figure/normalize';
import type { StripRow } from '../layerStrip';
import { valuesOfCodes } from './codes';
import type { ChannelOrder, Orders } from './keep';

/** Whose greatest value gets the last colour: each map's own, the layer's, or that of all layers. */
export type BrowserScale = 'unit' | 'layer' | 'global';

/** What is seen of two images. */
export type BrowserView = 'both' | 'first' | 'second' | 'difference';

/** One image's maps of a layer, one after the other. */
export interface ImageMaps {
  /** `channels.length` maps of `height` x `width` codes. */
  codes: Uint8Array;
  /** The greatest size of each map. */
  tops: Float32Array;
  /** Of each kept channel, over all its positions. */
  mean: Float32Array;
  min: Float32Array;
  max: Float32Array;
  variance: Float32Array;
  zeros: Float32Array;
  /** Of all channels of the layer's output: how many are 0 everywhere, and how many values are no number. */
  dead: number;
  broken: number;
  /** Over all channels. */
  whole: { mean: number; max: number; zeros: number };
}

/** A layer as the widget shows it. */
export interface BrowserLayer {
  name: string;
  kind: string;
  /** `[height, width, channels]`, or `[units]`, of the whole layer. */
  shape: number[];
  /** Where it stands in the strip. */
  place: number;
  /** Of how many channels the ones below are the first: those of the output that was given. */
  given: number;
  /** The number in the layer of each kept channel; a layer without a grid is one map of a row, which is no channel: -1. */
  channels: number[];
  /** The numbers of the values of a layer without a grid, where they are not simply 0, 1, 2 ... */
  units?: number[];
  /** For each order the first ones, as places in `channels`. */
  orders: Orders;
  /** Size of the maps that are kept, and how many of the layer's cells one of theirs is the mean of. */
  height: number;
  width: number;
  factor: number;
  /** Whether a value is negative: then the colours are symmetric about 0. */
  signed: boolean;
  /** The values of the first and the last colour, and whether there are values beyond. */
  range: Range;
  clipped: boolean;
  /** The same for the first image minus the second. */
  difference: Range;
  images: ImageMaps[];
  /** One image: how even the texture is, and the layout's tolerance in pixels. Two: how alike they are in each. */
  texture: number | null;
  layout: number | null;
}

/** What the widget shows, and how it begins. */
export interface BrowserData {
  model: string;
  photos: (Pixels & { name: string })[];
  /** Every layer of the network, where that is known; else those that are shown. */
  strip: StripRow[];
  layers: BrowserLayer[];
  /** How many layers there were to choose from. */
  outOf: number;
  /** How many maps are shown at once, or all that were asked for by number. */
  count: number;
  order: ChannelOrder;
  scale: BrowserScale;
  view: BrowserView;
  /** Which layer is shown first. */
  at: number;
  colormap?: Colormap;
  size?: number;
}

const values = new WeakMap<ImageMaps, Map<number, Float32Array>>();

/** The values of one map, by its place among the layer's; worked out once. */
export function mapValues({ height, width, signed }: BrowserLayer, image: ImageMaps, at: number): Float32Array {
  const known = values.get(image) ?? new Map<number, Float32Array>();
  values.set(image, known);
  let map = known.get(at);
  if (!map) {
    const table = valuesOfCodes(image.tops[at], signed);
    map = Float32Array.from(image.codes.subarray(at * height * width, (at + 1) * height * width), (code) => table[code]);
    known.set(at, map);
  }
  return map;
}
