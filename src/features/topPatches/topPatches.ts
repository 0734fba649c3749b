import * as tf from '@tensorflow/tfjs';
import { ready } from '../../backend';
import { knownOptions, shown, truth, whole } from '../../check';
import { collectionOf, type ImagesSource, type Unreadable } from '../../image/collection';
import { longWork } from '../../longWork';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { findLayer, type FoundLayer, lastConvolution } from '../../model/layers';
import type { AxisField, ReceptiveField } from '../../model/receptive/field';
import type { LongWorkOptions } from '../../progress';
import { fieldFor } from '../crops/fieldFor';
import { type ActivationBatch, streamActivations } from '../crops/streamActivations';
import { ChannelRecorder, smallImage } from './channelRecorder';
import { type Patch, TopPatches } from './result';
import type { Strided } from './strongestCells';

/** Options of `topPatches`. */
export interface TopPatchesOptions extends LongWorkOptions {
  /** The layer, by name or by its place in `model.layers()`. Default: the one that Grad-CAM looks at, the last with a grid. */
  layer?: string | number;
  /** One channel, by number. */
  channel?: number;
  /** Several channels, by number, all in one pass. Default: the first 8. */
  channels?: readonly number[];
  /** How many patches of a channel. Default 9. */
  count?: number;
  /** How many patches one image may give to a channel, at least half a crop apart. Default 1. */
  perImage?: number;
  /** Whether the patches that excite it least are shown too: those with the lowest value, before the layer's ReLU where it has one. Default false. */
  least?: boolean;
  /** Whether cells that look into the padding count. Default true: that they are among the strongest is something to know. */
  padding?: boolean;
  /**
   * The side of the crops in pixels of the network's input, about the middle of the cell's receptive field. Default: the whole theoretical field, at most the
   * image: deep in a network that is everything, though a cell depends mostly on the middle.
   */
  side?: number;
  /** How many images go through the network at once; it does not change the result. Default: up to 8, as many as take less than half a second. */
  batchSize?: number;
}

const names = ['layer', 'channel', 'channels', 'count', 'perImage', 'least', 'padding', 'side', 'batchSize', 'signal', 'onProgress'];
const usualChannels = 8;

/**
 * The image crops that excite channels of a layer most, as `TopPatches`: iterable by channel, each with `patches` (value, image, label, cell, box, pixels, the strongest first),
 * `maxima` (its greatest value in each image) and `fired` (the share of images in which it was above 0). Shows itself as a row of patches for each channel.
 *
 * The images are a folder (its sub-folders are the classes), a list or a collection; they stream through the network, and only the crops stay in memory. One that cannot be read
 * is left out and told. A crop is the theoretical receptive field of the strongest cell (Araujo et al. 2019); what lies in the padding is grey. Stopped, it keeps what it has.
 *
 * Options: `layer` (default the one that Grad-CAM looks at), `channel` or `channels` (numbers; default the first 8), `count` (9), `perImage` (1), `least` (false), `padding` (true: cells that look into it count), `side` (pixels; default the whole field),
 * `batchSize`, `signal`, `onProgress`. Throws for an unknown layer (naming the nearest), a channel that it does not have (naming the range), and when no image can be read.
 *
 * @example
 * await cl.topPatches(model, 'photos/', { layer: 'block3b_add', channels: [0, 5, 12] })
 */
export async function topPatches(model: Classifier, images: ImagesSource, options: TopPatchesOptions = {}): Promise<TopPatches> {
  checkModel('topPatches', model);
  knownOptions('topPatches', options, names);
  const count = whole('count', options.count ?? 9);
  const perImage = whole('perImage', options.perImage ?? 1);
  const least = truth('least', options.least ?? false);
  const padding = truth('padding', options.padding ?? true);
  const side = options.side === undefined ? undefined : whole('side', options.side);
  const batchSize = options.batchSize === undefined ? undefined : whole('batchSize', options.batchSize);
  const found = options.layer === undefined ? lastConvolution(model.graph) : findLayer(model.graph, options.layer);
  const channels = channelsOf(found, options);
  const backend = await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const collection = await collectionOf('topPatches', images);

  const start = performance.now();
  const field = fieldFor(model, found);
  const before = beforeRelu(model, found);
  const allowed = padding ? undefined : cellsWithin(field, model.inputShape);
  const recorders = channels.map((channel) => new ChannelRecorder(channel, { field, count, perImage, side, allowed }));
  const broken: Unreadable[] = [];
  let seen = 0;
  const [height, width] = model.inputShape;
  const result = (note?: string): TopPatches =>
    new TopPatches({
      model: model.name,
      layer: found.name,
      kind: found.kind,
      collection: collection.name,
      images: seen,
      broken,
      channels: recorders.map((each) => each.result(least, classOf(model, found, each.channel))),
      map: [field.map[0], field.map[1]],
      field: [field.rows.size, field.columns.size],
      size: [height, width],
      options: { count, perImage, least, padding, ...(side !== undefined && { side }) },
      beforeRelu: before !== found.value,
      seconds: (performance.now() - start) / 1000,
      backend: backend.name,
      note,
    });

  const total = collection.entries.length;
  return longWork('top patches', { total, unit: 'images', signal: options.signal, onProgress: options.onProgress }, async (job) => {
    const done = await streamActivations(model, collection, [...new Set([found.value, before])], { job, batchSize, broken: (each) => broken.push(each) }, (batch) => {
      record(batch, recorders, least);
      seen += batch.images.length;
      job.picture(() => result(`so far: ${seen} of ${total} images`).toFigure());
    });
    if (!seen) {
      job.signal.throwIfAborted();
      throw new Error(`topPatches could read none of the ${total} images of ${collection.name}; the first: ${broken[0].name}: ${broken[0].reason}`);
    }
    return result(done < total ? `stopped after ${done} of ${total} images` : undefined);
  });
}

/** The checked numbers of the channels. */
function channelsOf({ name, shape }: FoundLayer, { channel, channels }: TopPatchesOptions): number[] {
  const depth = shape.at(-1) as number;
  const checked = (each: unknown): number => whole(`channel of layer ${JSON.stringify(name)}`, each, 0, depth - 1);
  if (channel !== undefined && channels !== undefined) throw new TypeError('give channel or channels, not both');
  if (channel !== undefined) return [checked(channel)];
  if (channels === undefined) return [...Array(Math.min(usualChannels, depth)).keys()];
  if (!Array.isArray(channels) || !channels.length) throw new TypeError(`channels must be a list of numbers from 0 to ${depth - 1}, got ${shown(channels)}`);
  return [...new Set(channels.map(checked))];
}

/** The value that a layer's ReLU reads, which ranks cells as its output does; the layer's own where it has none. */
function beforeRelu({ graph }: Classifier, { value }: FoundLayer): number {
  const step = graph.steps.find(({ outputs, op }) => op.rectifier && op.rising && outputs.includes(value));
  return step ? step.inputs[0] : value;
}

/** Which cells look at nothing but the image, row by row. */
function cellsWithin({ layer, map, rows, columns }: ReceptiveField, [height, width]: readonly number[]): boolean[] {
  const within = ({ size, jump, offset }: AxisField, cell: number, length: number): boolean => jump === null || (offset + cell * jump >= 0 && offset + cell * jump + size <= length);
  const cells = Array.from({ length: map[0] * map[1] }, (_, at) => within(rows, Math.floor(at / map[1]), height) && within(columns, at % map[1], width));
  if (cells.includes(true)) return cells;
  throw new RangeError(`every cell of layer ${JSON.stringify(layer)} looks into the padding (its field is ${rows.size} x ${columns.size}, the image ${height} x ${width}); leave padding: false out`);
}

/** The class that a channel of the last layer stands for. */
const classOf = (model: Classifier, { value }: FoundLayer, channel: number): string | undefined =>
  model.labels && [model.graph.output, model.head.logits].includes(value) ? model.label(channel) : undefined;

/** Shows a batch to the recorders. */
function record({ outputs, images, entries, places }: ActivationBatch, recorders: readonly ChannelRecorder[], least: boolean): void {
  const indices = tf.tensor1d(recorders.map(({ channel }) => channel), 'int32');
  // Only the wanted channels leave the backend.
  const [values, before = values] = outputs.map((output) => tf.gather(output, indices, output.rank - 1).dataSync() as Float32Array);
  const step = recorders.length;
  const length = values.length / step / images.length;
  images.forEach((image, row) => {
    let context: Patch['context'] | undefined;
    const sighting = { image, entry: entries[row], at: places[row], context: () => (context ??= smallImage(image)) };
    recorders.forEach((recorder, at) => {
      const map = (all: Float32Array): Strided => ({ values: all, from: row * length * step + at, step, length, sign: 1 });
      recorder.see(sighting, map(values), map(before), least);
    });
  });
}
