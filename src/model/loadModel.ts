import * as tf from '@tensorflow/tfjs';
import { ready } from '../backend';
import { knownOptions, shown, whole } from '../check';
import type { LongWorkOptions } from '../progress';
import { chosenModel } from './chosenModel';
import { Classifier } from './classifier';
import { freeModel } from './freeModel';
import { type Labels, readLabels } from './labels';
import { mustBeClassifier } from './mustBeClassifier';
import { openModel } from './openModel';
import { checkPreprocess, type Preprocess } from './preprocess';
import type { PresetName } from './presets';

/** What `loadModel` takes: a preset's name, the path or URL of a tfjs `model.json` (or its folder) or of a Keras `.h5`, or a model object. */
export type ModelSource = PresetName | (string & {}) | URL | tf.LayersModel;

/** Options of `loadModel`. */
export interface LoadModelOptions extends LongWorkOptions {
  /** How pixels become the network's input. Default: the preset's own; `'none'` (pixels 0..255 as they are) for your own model. */
  preprocess?: Preprocess;
  /** Height and width, for a network that takes any size. Default 224 x 224. */
  inputSize?: [height: number, width: number];
  /** Names of the classes: an array, the path of a `.json` or `.txt` file, or `'imagenet'`. Default: the preset's own; none for your own model. */
  labels?: Labels;
  /** Path or URL of other weights of the same architecture (`.h5`); `null` for random ones. Default: the published ones, or those in the model's file. */
  weights?: string | URL | null;
  /** Of the random weights: the same seed gives the same weights. Default 0. */
  seed?: number;
  /** What captions call it. Default: the preset's, model's or file's name. */
  name?: string;
}

const optionNames = ['preprocess', 'inputSize', 'labels', 'weights', 'seed', 'name', 'signal', 'onProgress'] as const;

/**
 * A `Classifier`: a convolutional network with its preprocessing and class names, ready to be explained.
 * A preset (`'efficientnet-lite0'`, the default, or `'vgg16'`) is downloaded once and kept in the cache. `'vgg-tiny'`, a VGG of 0.7 million weights that
 * tells the ten things in painted scenes (`scenes`), ships with the package; so does `'vgg-tiny-shortcut'`, which has learnt to lean on a mark. Your own model is a Keras `.h5`,
 * or a tfjs layers model (`model.json`, its folder, or its URL), or a `tf.LayersModel` that you have already.
 * Say how your model wants its pixels with `preprocess`. Without a source it is the model that the environment variable `CONVLENS_MODEL` names, if any, with `CONVLENS_WEIGHTS`:
 * a path, a URL, or `random`: so a class, or a test, gives all notebooks another network.
 *
 * Options: `preprocess` ('caffe', 'tf', 'torch', 'lite', '0-1', 'none' or a function; 'none' for your own model), `labels` (an array, a .json or .txt
 * file, 'imagenet'), `inputSize` ([height, width], for a network of any size; 224 x 224), `weights` (an `.h5`, or null for random ones with `seed`),
 * `name`, `signal`, `onProgress`. Throws one line when the source is unknown (naming the nearest), cannot be read, or is no classifier of one image. Call `dispose()` on the result to free its memory.
 * @example
 * const model = await cl.loadModel();
 * const own = await cl.loadModel('flowers/model.json', { preprocess: '0-1', labels: ['daisy', 'rose'] });
 * const untrained = await cl.loadModel('vgg16', { weights: null, seed: 1 });
 */
export async function loadModel(source?: ModelSource, options: LoadModelOptions = {}): Promise<Classifier> {
  knownOptions('loadModel', options, optionNames);
  const chosen = source === undefined ? chosenModel() : { source };
  const { signal, onProgress, weights = chosen.weights, seed = 0, name, inputSize } = options;
  const preprocess = options.preprocess === undefined ? undefined : checkPreprocess(options.preprocess);
  if (inputSize !== undefined) checkSize(inputSize);
  whole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  if (name !== undefined && typeof name !== 'string') throw new TypeError(`name must be a text, got ${shown(name)}`);
  signal?.throwIfAborted();
  await ready();

  const opened = await openModel(chosen.source, { weights, seed, signal, onProgress });
  try {
    const { classes } = mustBeClassifier(opened.model, inputSize, preprocess);
    const wanted = options.labels ?? opened.labels;
    const labels = wanted === undefined ? undefined : await readLabels(wanted, classes);
    return new Classifier(opened.model, { name: name ?? opened.name, preprocess: preprocess ?? opened.preprocess, inputSize, labels });
  } catch (error) {
    // A model that the user made stays the user's.
    if (opened.model !== source) freeModel(opened.model);
    throw error;
  }
}

function checkSize(size: unknown): void {
  if (!Array.isArray(size) || size.length !== 2) throw new TypeError(`inputSize must be [height, width], got ${shown(size)}`);
  size.forEach((length, i) => whole(`inputSize[${i}]`, length));
}
