import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { shown } from '../check';
import { longWork } from '../longWork';
import type { LongWorkOptions } from '../progress';
import { buildModel } from './buildModel';
import { freeModel } from './freeModel';
import { withH5 } from './h5File';
import { fillFromH5, megabytes, storedLayers, storedTopology } from './kerasH5';
import type { Labels } from './labels';
import { readLayersModel } from './layersModel';
import { type Place, placeOf } from './place';
import type { Preprocess } from './preprocess';
import { isPreset, type Preset, type PresetName, presets } from './presets';
import { fillRandom } from './random';

export interface OpenOptions extends LongWorkOptions {
  weights?: string | URL | null;
  seed: number;
}

export interface Opened {
  model: tf.LayersModel;
  name: string;
  preprocess: Preprocess;
  labels?: Labels;
}

/** The model behind a source, with its weights; nothing stays in memory when it fails. */
export async function openModel(source: unknown, options: OpenOptions): Promise<Opened> {
  if (isPreset(source)) return openPreset(source, options);
  if (source instanceof tf.LayersModel) return openOwn(source, options);
  const place = await placeOf(source, options);
  return { model: await openPlace(place, options), name: place.name.replace(/\.(json|h5|hdf5|keras)$/i, ''), preprocess: 'none' };
}

/** The model in a file, with its own weights or others. */
async function openPlace(place: Place, options: OpenOptions): Promise<tf.LayersModel> {
  const { weights } = options;
  const { model, filled } = place.kind === 'h5' ? await openH5(place, options) : await openJson(place, options);
  if (!filled) await freeOnFailure(model, () => (weights === null ? random(model, options.seed) : fillFrom(model, weights as string | URL, options)));
  return model;
}

async function openPreset(name: PresetName, options: OpenOptions): Promise<Opened> {
  const preset = presets[name];
  const { preprocess, labels } = preset;
  const model = 'folder' in preset ? await openPlace(await placeOf(preset.folder, options), options) : await built(preset, options);
  return { model, name, preprocess, labels };
}

/** A preset's network with the published weights, or others. */
async function built({ build, weights: published, fillFromTorch }: Preset, options: OpenOptions): Promise<tf.LayersModel> {
  const { weights } = options;
  // Before the model is built: it may be a download that is stopped.
  const file = weights === undefined ? await published(options) : undefined;
  const model = build();
  await freeOnFailure(model, async () => {
    if (weights === null) return random(model, options.seed);
    const place = file === undefined ? await placeOf(weights, options) : { file, name: path.basename(file) };
    return place.file.endsWith('.pth') && fillFromTorch ? fillFromTorch(model, place.file) : fillFromFile(model, place, options);
  });
  return model;
}

function openOwn(model: tf.LayersModel, { weights }: OpenOptions): Opened {
  if (weights !== undefined) throw new TypeError(`weights: the model object has its own; load others with model.setWeights, got ${shown(weights)}`);
  return { model, name: model.name, preprocess: 'none' };
}

interface Architecture {
  model: tf.LayersModel;
  /** Whether it has its weights too. */
  filled: boolean;
}

async function openJson(place: Place, { weights, ...work }: OpenOptions): Promise<Architecture> {
  const withWeights = weights === undefined;
  const model = await readLayersModel(place.file, place.beside, { source: place.name, withWeights, signal: work.signal, onProgress: work.onProgress });
  return { model, filled: withWeights };
}

function openH5(place: Place, { weights, ...work }: OpenOptions): Promise<Architecture> {
  return withH5(place.file, async (root) => {
    const topology = storedTopology(root);
    if (!topology) {
      const layers = storedLayers(root, place.name).map(({ name }) => name);
      const example = layers.includes('block5_conv3') ? 'vgg16' : 'its-architecture.json';
      throw new Error(`${place.name} holds weights only; name the architecture: loadModel(${JSON.stringify(example)}, { weights: ${JSON.stringify(place.name)} })`);
    }
    const model = await buildModel(topology, place.name);
    if (weights !== undefined) return { model, filled: false };
    await freeOnFailure(model, () => reading(place.name, model, work, (job) => fillFromH5(model, root, place.name, job)));
    return { model, filled: true };
  });
}

async function fillFrom(model: tf.LayersModel, weights: string | URL, options: LongWorkOptions): Promise<void> {
  await fillFromFile(model, await placeOf(weights, options), options);
}

const fillFromFile = (model: tf.LayersModel, { file, name }: Pick<Place, 'file' | 'name'>, options: LongWorkOptions): Promise<void> =>
  withH5(file, (root) => reading(name, model, options, (job) => fillFromH5(model, root, name, job)));

const reading = (what: string, model: tf.LayersModel, { signal, onProgress }: LongWorkOptions, run: Parameters<typeof longWork<void>>[2]): Promise<void> =>
  longWork(`reading ${what}`, { total: megabytes(model), unit: 'MB', signal, onProgress }, run);

const random = async (model: tf.LayersModel, seed: number): Promise<void> => fillRandom(model, seed);

async function freeOnFailure(model: tf.LayersModel, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    freeModel(model);
    throw error;
  }
}
