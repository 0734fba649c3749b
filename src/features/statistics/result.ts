import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import type { Unreadable } from '../../image/collection';
import { plainNumbers } from '../../json';
import { Showable } from '../../show';

/** What the outputs of one layer come to, over all positions, channels and images. */
export interface LayerStats {
  layer: string;
  /** The Keras class of the layer. */
  kind: string;
  /** `[rows, columns, channels]`, or `[units]`. */
  shape: readonly number[];
  /** The numbers of the channels. */
  channels: readonly number[];
  /** How many images were taken in. */
  images: number;
  mean: number;
  std: number;
  min: number;
  max: number;
  /** The share of values that are exactly 0. */
  zeros: number;
  /** The numbers of the channels that were 0 everywhere, in every image. */
  dead: readonly number[];
  /** The greatest value that its activation lets through, as 6 of ReLU6; undefined where there is none. */
  ceiling?: number;
  /** The share of values that reach it. */
  saturated?: number;
  /**
   * How selective its channels are, 0 (the same everywhere) to 1 (one position alone): the sparseness of Treves & Rolls 1991, in the form of Vinje & Gallant 2000, of each channel over all positions of all images;
   * the mean over the channels that are not dead. Null where there is one position, or none is active.
   */
  lifetime: number | null;
  /** The same measure over the channels at one position, 0 (all answer alike) to 1 (one alone): the mean over the positions where any answers. Null for one channel. */
  population: number | null;
  /** How many values are NaN or infinite; they are left out. */
  broken: number;
  /** Of each channel: the mean of its values, the mean of their sizes, and the greatest. */
  channelMean: Float32Array;
  channelSize: Float32Array;
  channelMax: Float32Array;
}

/** The fields of `LayerStatistics`. */
export interface LayerStatisticsRecord {
  model: string;
  /** What the images are called. */
  collection: string;
  /** How many images were taken in. */
  images: number;
  /** Those that could not be read, and why. */
  broken: readonly Unreadable[];
  layers: readonly LayerStats[];
  /** What the reader must know, as that it was stopped. */
  note?: string;
}

/** Statistics of the outputs of several layers. Iterable; shows itself as a table with a small chart for each layer. */
export class LayerStatistics extends Showable implements Iterable<LayerStats> {
  constructor(record: LayerStatisticsRecord) {
    super();
    Object.assign(this, record);
  }

  [Symbol.iterator](): Iterator<LayerStats> {
    return this.layers[Symbol.iterator]();
  }

  /** How many layers. */
  get length(): number {
    return this.layers.length;
  }

  /** The statistics of one layer, by name. */
  get(layer: string): LayerStats {
    const { layers } = this;
    const found = layers.find((each) => each.layer === layer);
    if (found) return found;
    throw new RangeError(`no statistics of layer ${JSON.stringify(layer)} here; there are: ${layers.map((each) => each.layer).join(', ')}`);
  }

  override toFigure(): Figure {
    return draw.layerStatistics(this);
  }

  override toString(): string {
    const { layers, images, collection, model } = this;
    const share = (value: number): string => `${Math.round(value * 100)} %`;
    const line = ({ layer, mean, std, zeros, dead, channels }: LayerStats): string => `${layer}: mean ${Number(mean.toPrecision(3))}, std ${Number(std.toPrecision(3))}, ${share(zeros)} zeros, ${dead.length} of ${channels.length} channels dead`;
    return [`statistics of ${layers.length} layers of ${model} over ${images} ${images === 1 ? 'image' : 'images'} of ${collection}`, ...layers.map(line)].join('\n');
  }

  toJSON(): object {
    const plain = ({ channelMean, channelSize, channelMax, ...layer }: LayerStats): object => ({ ...layer, channelMean: plainNumbers(channelMean), channelSize: plainNumbers(channelSize), channelMax: plainNumbers(channelMax) });
    return { ...this, layers: this.layers.map(plain) };
  }
}

// The fields are the record's, told once, there.
export interface LayerStatistics extends Readonly<LayerStatisticsRecord> {}
