import { rowsThatFit } from '../../attribution/budget';
import { ready } from '../../backend';
import { knownOptions, shown, whole } from '../../check';
import { collectionOf, type ImagesSource, type Unreadable } from '../../image/collection';
import { longWork } from '../../longWork';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { findLayer, type FoundLayer, layersOf } from '../../model/layers';
import type { LongWorkOptions } from '../../progress';
import { streamActivations } from '../crops/streamActivations';
import { ceilingOf } from './ceiling';
import { LayerStatistics } from './result';
import { Tally } from './tally';

/** Options of `layerStatistics`. */
export interface LayerStatisticsOptions extends LongWorkOptions {
  /** Names, or places in `model.layers()`. Default: every layer that puts out `[height, width, channels]`. */
  layers?: readonly (string | number)[];
  /** How many images go through the network at once; it does not change the result. Default: up to 8, as many as take less than half a second. */
  batchSize?: number;
}

/**
 * What the outputs of layers come to over many images, as `LayerStatistics`: for each layer mean, standard deviation, extremes, the share of zeros (sparsity), the channels that are dead on all images, the share
 * that reaches the ceiling of a ReLU6, lifetime and population sparseness (Treves & Rolls 1991, in the form of Vinje & Gallant 2000). Shows itself as a table with a small chart for each layer.
 * `(await layerOutputs(model, photo)).statistics()` gives the same of one image.
 *
 * The images are a folder, a list or a collection; they stream through the network, and need no more memory when they are many. One that cannot be read is left out and told. Stopped, it keeps what it has.
 *
 * Options: `layers` (names or numbers; default every layer with a grid), `batchSize`, `signal`, `onProgress`. Throws for an unknown layer (naming the nearest), and when no image can be read.
 *
 * @example
 * await cl.layerStatistics(model, 'photos/', { layers: ['block1_conv2', 'block5_conv3'] })
 */
export async function layerStatistics(model: Classifier, images: ImagesSource, options: LayerStatisticsOptions = {}): Promise<LayerStatistics> {
  checkModel('layerStatistics', model);
  knownOptions('layerStatistics', options, ['layers', 'batchSize', 'signal', 'onProgress']);
  const found = layersFor(model, options.layers);
  const batchSize = options.batchSize === undefined ? undefined : whole('batchSize', options.batchSize);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const collection = await collectionOf('layerStatistics', images);

  const total = collection.entries.length;
  const broken: Unreadable[] = [];
  // Lengths that the model leaves open are known from the first output.
  let tallies: Tally[] | undefined;
  let seen = 0;
  const result = (note?: string): LayerStatistics => new LayerStatistics({ model: model.name, collection: collection.name, images: seen, broken, layers: tallies?.map((tally) => tally.result()) ?? [], note });
  return longWork('layer statistics', { total, unit: 'images', signal: options.signal, onProgress: options.onProgress }, async (job) => {
    const settings = { job, batchSize, most: rowsThatFit(model.graph), broken: (each: Unreadable) => void broken.push(each) };
    const done = await streamActivations(model, collection, found.map(({ value }) => value), settings, ({ outputs, images: batch }) => {
      tallies ??= outputs.map((output, at) => tallyFor(model, found[at], output.shape));
      outputs.forEach((output, at) => {
        const values = output.dataSync() as Float32Array;
        const each = values.length / batch.length;
        for (let row = 0; row < batch.length; row++) tallies?.[at].add(values.subarray(row * each, (row + 1) * each));
      });
      seen += batch.length;
      job.picture(() => result(`so far: ${seen} of ${total} images`).toFigure());
    });
    if (!seen) {
      job.signal.throwIfAborted();
      throw new Error(`layerStatistics could read none of the ${total} images of ${collection.name}; the first: ${broken[0].name}: ${broken[0].reason}`);
    }
    return result(done < total ? `stopped after ${done} of ${total} images` : undefined);
  });
}

function layersFor(model: Classifier, layers: unknown): FoundLayer[] {
  if (layers === undefined) {
    const all = layersOf(model.graph).filter(({ shape }) => shape.length === 4);
    if (all.length) return all;
    throw new RangeError(`${model.name} has no layer with a grid; name some with layers: ${model.layers().names.slice(0, 6).join(', ')}`);
  }
  if (!Array.isArray(layers) || !layers.length) throw new TypeError(`layers must be a list of names or numbers, got ${shown(layers)}`);
  return layers.map((layer) => findLayer(model.graph, layer));
}

function tallyFor({ graph }: Classifier, { name, kind, value }: FoundLayer, [, ...shape]: readonly number[]): Tally {
  return new Tally({ layer: name, kind, shape, channels: [...Array(shape[shape.length - 1]).keys()], ceiling: ceilingOf(graph, value) });
}
