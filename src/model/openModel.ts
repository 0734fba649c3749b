import * as tf from '@tensorflow/tfjs';
import { hint, shown } from '../check';
import type { LongWorkOptions } from '../progress';
import type { Labels } from './labels';
import type { Preprocess } from './preprocess';
import { isPreset, presetNames, presets, type PresetName } from './presets';
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
  throw new Error(`unknown model ${shown(source)}${hint(String(source), presetNames)}`);
}

async function openPreset(name: PresetName, options: OpenOptions): Promise<Opened> {
  const preset = presets[name];
  const model = preset.build();
  try {
    if (options.weights === null) fillRandom(model, options.seed);
    else await preset.fillFromTorch?.(model, await preset.weights(options));
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, name, preprocess: preset.preprocess, labels: options.weights === undefined ? 'imagenet' : undefined };
}
