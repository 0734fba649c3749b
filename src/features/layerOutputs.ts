import * as tf from '@tensorflow/tfjs';
import { ready } from '../backend';
import { knownOptions, shown, whole } from '../check';
import { draw } from '../draw';
import { plainNumbers } from '../json';
import type { FeatureMapOptions } from '../figure/featureMaps';
import type { Figure } from '../figure/figure';
import type { Image } from '../image/image';
import { checkModel, type Classifier, type ImageInput } from '../model/classifier';
import { findLayer, type FoundLayer, layersOf, type LayerTable } from '../model/layers';
import { forward } from '../model/run';
import { Showable } from '../show';
import { ceilingOf } from './statistics/ceiling';
import { LayerStatistics } from './statistics/result';
import { Tally } from './statistics/tally';

/** Options of `layerOutputs`. */
export interface LayerOutputsOptions {
  /** Names, or places in `model.layers()`. Default: every layer that puts out `[height, width, channels]`. */
  layers?: readonly (string | number)[];
  /** The channels to keep, by number. Default: all. */
  channels?: readonly number[];
}

/** What one layer put out for an image. Shows itself as a grid of its channels. */
export class LayerOutput extends Showable {
  constructor(
    /** The layer's name. */
    readonly layer: string,
    /** The Keras class of the layer. */
    readonly kind: string,
    /** `[height, width, channels]`, or `[units]` behind the last convolution. */
    readonly shape: readonly number[],
    /** Channels last. */
    readonly values: Float32Array,
    /** What the network saw. */
    readonly image: Image,
    /** The model's name. */
    readonly model: string,
    /** The number of each channel in the layer. */
    readonly channels: readonly number[],
    /** How many channels the layer has, chosen or not. */
    readonly depth = channels.length,
    /** The greatest value that its activation lets through, as 6 of ReLU6; undefined where there is none. */
    readonly ceiling?: number,
  ) {
    super();
  }

  /** One channel, `[height, width]` flat, by its number in the layer. */
  channel(channel: number): Float32Array {
    const at = channelAt(this, channel);
    const kept = this.channels.length;
    return Float32Array.from({ length: this.values.length / kept }, (_, i) => this.values[i * kept + at]);
  }

  override toFigure(): Figure {
    return draw.layerOutputs(new LayerOutputs([this], this.image, this.model));
  }

  override toString(): string {
    return `${this.layer} (${this.kind}): ${this.shape.join(' x ')}`;
  }

  toJSON(): object {
    return { ...this, values: plainNumbers(this.values) };
  }
}

/** Where a channel, by its number in the layer, stands among those that were kept. */
export function channelAt({ layer, channels }: LayerOutput, channel: unknown): number {
  const at = channels.indexOf(channel as number);
  if (at >= 0) return at;
  throw new RangeError(`layer ${JSON.stringify(layer)} has no channel ${shown(channel)} here; it has ${channels.length}, ${channels[0]} to ${channels.at(-1)}`);
}

/** What several layers put out for one image, in the order in which they run. Iterable; shows itself as a row of channels for each. */
export class LayerOutputs extends Showable implements Iterable<LayerOutput> {
  constructor(
    /** An output for each layer. */
    readonly items: readonly LayerOutput[],
    /** What the network saw. */
    readonly image: Image,
    /** The model's name. */
    readonly model: string,
    /** Every layer of the model, chosen or not. */
    readonly network?: LayerTable,
  ) {
    super();
  }

  [Symbol.iterator](): Iterator<LayerOutput> {
    return this.items[Symbol.iterator]();
  }

  /** How many layers. */
  get length(): number {
    return this.items.length;
  }

  /** The output of one layer, by name. */
  get(layer: string): LayerOutput {
    const found = this.items.find((each) => each.layer === layer);
    if (!found) throw new RangeError(`no output of layer ${JSON.stringify(layer)} here; there are: ${this.items.map((each) => each.layer).join(', ')}`);
    return found;
  }

  /**
   * What each output comes to: mean, standard deviation, extremes, zeros, dead channels, saturation, lifetime and population sparseness. Shows itself as a table.
   * `layerStatistics(model, images)` gives the same over many images.
   */
  statistics(): LayerStatistics {
    const layers = this.items.map(({ layer, kind, shape, channels, ceiling, values }) => {
      const tally = new Tally({ layer, kind, shape, channels, ceiling });
      tally.add(values);
      return tally.result();
    });
    return new LayerStatistics({ model: this.model, collection: this.image.name, images: 1, broken: [], layers });
  }

  /** The grid of channels with options of your own. */
  grid(options?: FeatureMapOptions): Figure {
    return draw.layerOutputs(this, options);
  }

  override toFigure(): Figure {
    return this.grid();
  }

  override toString(): string {
    return this.items.map(String).join('\n');
  }
}

/**
 * The outputs of layers for one image, activations applied, from one pass through the network. Iterable; each has `layer`, `kind`,
 * `shape` (`[height, width, channels]`), `values` (channels last) and `channel(i)`.
 *
 * Options: `layers` (names or numbers; default every layer with a grid), `channels` (numbers; default all).
 * Throws for an unknown layer (naming the nearest) or a channel that a layer does not have.
 *
 * @example
 * await cl.layerOutputs(model, photo, { layers: ['block1_conv1', 'block3_conv3'] })
 */
export async function layerOutputs(model: Classifier, image: ImageInput, options: LayerOutputsOptions = {}): Promise<LayerOutputs> {
  checkModel('layerOutputs', model);
  knownOptions('layerOutputs', options, ['layers', 'channels']);
  const { layers, channels } = options;
  if (layers !== undefined && !Array.isArray(layers)) throw new TypeError(`layers must be a list of names or numbers, got ${shown(layers)}`);
  await ready();
  const { x, image: seen } = model.prepare(image);
  try {
    const wanted = layers ? layers.map((layer) => findLayer(model.graph, layer)) : layersOf(model.graph).filter(({ shape }) => shape.length === 4);
    if (!wanted.length) throw new RangeError(layers ? 'layers names no layer; give at least one' : `${model.name} has no layer with a grid; name some with layers: ${model.layers().names.slice(0, 6).join(', ')}`);
    const outputs = forward(model.graph, x, wanted.map(({ value }) => value));
    try {
      return new LayerOutputs(wanted.map((layer, i) => output(layer, outputs[i], seen, model.name, channels, ceilingOf(model.graph, layer.value))), seen, model.name, model.layers());
    } finally {
      tf.dispose(outputs);
    }
  } finally {
    x.dispose();
  }
}

function output({ name, kind }: FoundLayer, tensor: tf.Tensor, image: Image, model: string, channels: readonly number[] | undefined, ceiling: number | undefined): LayerOutput {
  const depth = tensor.shape.at(-1) as number;
  const kept = channels?.map((channel) => whole(`channels (layer ${JSON.stringify(name)})`, channel, 0, depth - 1)) ?? [...Array(depth).keys()];
  const all = tensor.dataSync() as Float32Array;
  const values = channels ? pick(all, depth, kept) : all;
  return new LayerOutput(name, kind, [...tensor.shape.slice(1, -1), kept.length], values, image, model, kept, depth, ceiling);
}

const pick = (values: Float32Array, depth: number, channels: number[]): Float32Array =>
  Float32Array.from({ length: (values.length / depth) * channels.length }, (_, i) => values[Math.floor(i / channels.length) * depth + channels[i % channels.length]]);
