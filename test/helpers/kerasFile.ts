import type * as tf from '@tensorflow/tfjs';
import { fillRandom } from '../../src/model/random';

export interface KerasFileOptions {
  /** Makes it a whole-model file: this is its `model_config`. */
  config?: object;
  /** What the file calls a weight, from the layer's name and the weight's place; default as Keras 2 does: `fc1/kernel:0`. */
  weightName?: (layer: string, weight: string, index: number) => string;
}

/** Writes a model's weights as Keras does, after giving it random ones (with `seed` null: those that it has). */
export async function writeKerasH5(file: string, model: tf.LayersModel, seed: number | null, { config, weightName }: KerasFileOptions = {}): Promise<void> {
  const h5 = await import('h5wasm/node');
  await h5.ready;
  if (seed !== null) fillRandom(model, seed);
  const root = new h5.File(file, 'w');
  const group = config ? root.create_group('model_weights') : root;
  if (config) root.create_attribute('model_config', JSON.stringify(config));
  group.create_attribute('layer_names', model.layers.map(({ name }) => name));
  group.create_attribute('backend', 'tensorflow');
  for (const layer of model.layers) {
    const own = group.create_group(layer.name);
    const names = layer.weights.map((weight, i) => {
      const [, part] = weight.originalName.split('/');
      return weightName ? weightName(layer.name, part, i) : `${weight.originalName}:0`;
    });
    // h5wasm guesses no type for an empty list; Keras writes one.
    if (names.length) own.create_attribute('weight_names', names);
    layer.weights.forEach((weight, i) => {
      const value = weight.read();
      const parts = names[i].split('/');
      const folder = parts.slice(0, -1).reduce((at, name) => (at.keys().includes(name) ? (at.get(name) as typeof own) : at.create_group(name)), own);
      folder.create_dataset({ name: parts[parts.length - 1], data: value.dataSync() as Float32Array, shape: value.shape });
    });
  }
  root.close();
}
