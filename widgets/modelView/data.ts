import type { Range } from '../../src/figure/normalize';
import type { Seen } from '../../src/figure/shown';

/** A layer as the drawing takes it. */
export interface LayerData {
  name: string;
  /** The Keras class. */
  kind: string;
  activation?: string;
  kernel?: readonly number[];
  strides?: readonly number[];
  padding?: string;
  dilation?: readonly number[];
  /** Without the batch; null where a length is not fixed. */
  shape: readonly (number | null)[];
  params: number;
  /** Multiply-adds for one image; null where they are not counted. */
  work: number | null;
  /** The layers that it reads, by number; -1 is the network's input. */
  inputs: readonly number[];
}

/** Layers that may be folded into one block, from `first` to `last`; `within` is the number of the fold around it, -1 for none. A fold comes before those within it. */
export interface FoldData {
  name: string;
  first: number;
  last: number;
  within: number;
}

/** A network to be drawn. */
export interface NetworkData {
  /** Without the batch. */
  inputShape: readonly (number | null)[];
  layers: readonly LayerData[];
  folds: readonly FoldData[];
}

/** What a layer put out for an image. */
export interface OutputData {
  mean: number;
  least: number;
  most: number;
  /** The share of values that are 0. */
  zeros: number;
  /** The channels of the maps, by number, the one that varies most first. */
  channels: readonly number[];
  /** Of the small maps; a layer without a grid has none. */
  width: number;
  height: number;
  /** The maps one after the other, 0 to 255 over `range`. */
  codes: Uint8Array;
  range: Range;
}

/** What the widget shows, and how it begins. */
export interface ModelViewData extends NetworkData {
  model: string;
  /** The folds that are open at first. */
  open: readonly number[];
  /** What the network saw, and what each of its layers made of it. */
  image?: Seen;
  outputs?: readonly (OutputData | null)[];
}
