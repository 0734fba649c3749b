import * as tf from '@tensorflow/tfjs';
import { ready } from '../../backend';
import { oneOf, shown } from '../../check';
import { Image } from '../../image/image';
import { checkModel, type Classifier, type ImageInput } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { findLayer, type FoundLayer, hasGrid, layersOf } from '../../model/layers';
import { preprocessed, toPixels } from '../../model/preprocess';
import { forward, pathBetween } from '../../model/run';
import { dream } from './dream';
import type { FeatureVisualization } from './featureVisualization';
import { grams, type Objective } from './objective';
import { type PictureOptions, settingsOf } from './settings';
import { siteOf } from './site';

/** Options of `invertFeatures`. */
export interface InvertFeaturesOptions extends PictureOptions {
  /** The layer whose activations are matched, by name or by its place in `model.layers()`; a list gives a picture for each. Default: the last layer of each size of map. */
  layer?: string | number | readonly (string | number)[];
  /**
   * What is matched: `'features'`, the activations at each position (Mahendran & Vedaldi 2015), or `'gram'`, how the channels go together over all positions, which
   * keeps the texture and drops the layout (Gatys et al. 2016). Default `'features'`.
   */
  match?: 'features' | 'gram';
}

/**
 * Pictures that give the same activations as an image, one for each layer: what a layer keeps of it. As the last value of a cell: the image, and beside it what each
 * layer keeps, with a slider over the steps. Iterable; each has `image`, `value`: the relative error ‖A − A₀‖ / ‖A₀‖ of its activations, and that of an even `grey` picture beside it.
 *
 * From noise, by the same optimiser as `maximizeActivation`, but not moved about (Mahendran & Vedaldi 2015, "Understanding Deep Image Representations by Inverting Them"). `match: 'gram'` matches
 * Gram matrices, as neural style does (Gatys et al. 2016): early layers give grain and colours, later ones larger pieces of the same stuff, in another order.
 *
 * Options: `layer` (name, number or list; default the last of each size of map), `match` ('features'), `size` (the input size; another only for an image and layers that take it), `steps` (128), `seed` (0),
 * `param` ('fourier'), `transforms` (off), `tv`, `l2` (0), `learningRate` (0.05), `redirect`, `snapshots` (6), `signal`, `onProgress`.
 * Stopped, it keeps the best so far and says so. Throws for an unknown layer, for `match: 'gram'` of a layer without a grid, and for one that is 0 everywhere for this image.
 *
 * @example
 * await cl.invertFeatures(model, photo, { layer: ['block1_conv2', 'block3_conv3', 'block5_conv3'] })
 * await cl.invertFeatures(model, photo, { layer: 'block3_conv1', match: 'gram' })
 */
export async function invertFeatures(model: Classifier, image: ImageInput, options: InvertFeaturesOptions = {}): Promise<FeatureVisualization> {
  checkModel('invertFeatures', model);
  const settings = settingsOf('invertFeatures', options, ['layer', 'match'], { steps: 128, transforms: false });
  const match = oneOf('match', options.match ?? 'features', ['features', 'gram'] as const);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const layers = layersFor(model, options.layer);
  for (const { name, kind, shape } of layers) {
    if (match === 'gram' && shape.length !== 4) throw new RangeError(`match "gram" needs a layer with a grid; ${JSON.stringify(name)} (${kind}) has none`);
  }
  const { x, seen } = inputOf(model, image, settings.size);
  const wanted: tf.Tensor[] = [];
  try {
    const [, height, width] = x.shape;
    for (const { value } of layers) siteOf(model, value, height === width ? height : undefined, false);
    const summary = match === 'gram' ? grams : (value: tf.Tensor): tf.Tensor => value;
    wanted.push(...tf.tidy(() => forward(model.graph, x, layers.map(({ value }) => value)).map((value) => tf.clone(summary(value)))));
    const batches = layers.map(({ name, value }, i) => ({
      wanted: [{ label: name, layer: name, seed: settings.seed }],
      objective: likening(value, wanted[i], summary, name),
    }));
    return await dream({ model, method: match === 'gram' ? 'texture inversion' : 'feature inversion', unit: 'relative error', rising: false, original: seen, size: [height, width], settings, options: { match }, batches }, options);
  } finally {
    tf.dispose([x, ...wanted]);
  }
}

/** To be as near as possible to what is wanted: the relative error, negative. */
function likening(of: number, wanted: tf.Tensor, summary: (value: tf.Tensor) => tf.Tensor, layer: string): Objective {
  const size = tf.tidy(() => tf.norm(wanted).dataSync()[0]);
  if (!(size > 0)) throw new RangeError(`layer ${JSON.stringify(layer)} is 0 everywhere for this image; there is nothing to invert`);
  // A little beside 0, where a root has no slope.
  return { of, scores: (value) => tf.reshape(tf.neg(tf.sqrt(tf.add(tf.sum(tf.square(tf.div(tf.sub(summary(value), wanted), size))), 1e-12))), [1]) };
}

/** The network's input, and the picture of it. */
function inputOf(model: Classifier, image: ImageInput, size: number | undefined): { x: tf.Tensor4D; seen: Image } {
  if (size === undefined || !(image instanceof Image)) {
    if (size !== undefined && image instanceof tf.Tensor) throw new TypeError('size belongs to an image; a tensor is taken as it is');
    const { x, image: seen } = model.prepare(image);
    return { x, seen };
  }
  const seen = image.fitTo(size, size);
  return { x: tf.tidy(() => preprocessed(toPixels(seen), model.preprocess, model.inputShape[2])), seen };
}

function layersFor({ graph, name }: Classifier, given: InvertFeaturesOptions['layer']): FoundLayer[] {
  if (given !== undefined) {
    const list = Array.isArray(given) ? (given as readonly (string | number)[]) : [given as string | number];
    if (!list.length) throw new RangeError(`layer is an empty list, got ${shown(given)}; give at least one`);
    return list.map((layer) => findLayer(graph, layer));
  }
  const grids = layersOf(graph).filter(({ value, shape }) => hasGrid(shape) && pathBetween(graph, [graph.input], value).length > 0);
  const last = grids.filter(({ shape }, at) => at === grids.length - 1 || String(shape.slice(1, 3)) !== String(grids[at + 1].shape.slice(1, 3)));
  if (!last.length) throw new RangeError(`${name} has no layer with a grid; name some with layer`);
  return last;
}
