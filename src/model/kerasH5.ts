import * as tf from '@tensorflow/tfjs';
import type { Job } from '../progress';
import { type H5Dataset, type H5File, type H5Group, isDataset, isGroup, member, text, texts } from './h5File';
import { floatsOf } from './h5Floats';

interface Stored {
  /** `kernel`, or an older Keras's `W_1`. */
  name: string;
  dataset: H5Dataset;
  shape: number[];
}

interface StoredLayer {
  name: string;
  weights: Stored[];
}

type Weight = tf.LayersModel['weights'][number];

/** The layers with weights in a Keras `.h5`, of weights only or of a whole model, in the file's order. */
export function storedLayers(root: H5File, source: string): StoredLayer[] {
  const inner = member(root, 'model_weights');
  const group = isGroup(inner) ? inner : root;
  const names = texts(group, 'layer_names');
  if (!names) {
    const newer = isGroup(member(root, 'layers')) || isGroup(member(root, '_layer_checkpoint_dependencies'));
    throw new Error(newer ? `${source} is in Keras 3's newer weights layout; save the model with model.save('model.h5')` : `${source} is an HDF5 file, but not Keras's: it lists no layer_names`);
  }
  return names.map((name) => ({ name, weights: storedWeights(group, name, source) })).filter(({ weights }) => weights.length);
}

function storedWeights(group: H5Group, layer: string, source: string): Stored[] {
  const of = member(group, layer);
  if (!isGroup(of)) return [];
  return (texts(of, 'weight_names') ?? []).map((name) => {
    const dataset = member(of, name);
    if (!isDataset(dataset)) throw new Error(`${source} is damaged: it lists ${JSON.stringify(name)} of layer ${JSON.stringify(layer)}, and does not hold it`);
    return { name: name.replace(/:\d+$/, ''), dataset, shape: dataset.shape ?? [] };
  });
}

/** The architecture that a whole-model `.h5` carries; undefined in a file of weights only. */
export function storedTopology(root: H5File): Record<string, unknown> | undefined {
  const config = text(root, 'model_config');
  return config === undefined ? undefined : (JSON.parse(config) as Record<string, unknown>);
}

/** Puts the file's weights into the model, layer by layer. Everything is compared before the first is written. */
export async function fillFromH5(model: tf.LayersModel, root: H5File, source: string, job: Job): Promise<void> {
  const pairs = matched(model, storedLayers(root, source), source);
  let done = 0;
  for (const { weight, stored } of pairs) {
    const values = await floatsOf(stored.dataset, async (bytes) => {
      job.signal.throwIfAborted();
      await job.advance((done + bytes) / 1e6);
    });
    done += values.byteLength;
    const tensor = tf.tensor(values, stored.shape);
    weight.write(tensor);
    // The native backend takes its copy at the first use: now, so that the array can go before the next is read.
    tf.dispose([tensor, stored.shape.length ? tf.tidy(() => tf.slice(tensor, stored.shape.map(() => 0), stored.shape.map(() => 1))) : []]);
  }
}

export const megabytes = (model: tf.LayersModel): number => (model.countParams() * 4) / 1e6;

interface Pair {
  weight: Weight;
  stored: Stored;
}

/** By the layers' names; where those differ throughout (another session's numbers), by order. */
function matched(model: tf.LayersModel, layers: StoredLayer[], source: string): Pair[] {
  const own = model.layers.filter(({ weights }) => weights.length);
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const missing = own.filter(({ name }) => !byName.has(name));
  const inOrder = missing.length > 0 && own.length === layers.length && own.every((layer, i) => sameShapes(layer.weights, layers[i].weights));
  if (missing.length && !inOrder) throw new Error(otherArchitecture(model, own, layers, missing.length, source));
  return own.flatMap((layer, i) => pairs(layer, inOrder ? layers[i] : (byName.get(layer.name) as StoredLayer), source));
}

const sameShapes = (own: Weight[], stored: Stored[]): boolean => own.length === stored.length && own.every(({ shape }, i) => String(shape) === String(stored[i].shape));

function otherArchitecture(model: tf.LayersModel, own: tf.layers.Layer[], layers: StoredLayer[], missing: number, source: string): string {
  const list = (names: string[]): string => `${names.slice(0, 3).join(', ')}${names.length > 3 ? `, ... (${names.length})` : ''}`;
  const whose = `${source} is of another architecture than ${model.name}`;
  const headless = layers.every(({ name }) => own.some((layer) => layer.name === name)) && !layers.some(({ name }) => name === own[own.length - 1].name);
  return missing < own.length
    ? `${whose}: it lacks ${list(own.map(({ name }) => name).filter((name) => !layers.some((layer) => layer.name === name)))}${headless ? '; a file without the top (_notop) names no classes, take the full one' : ''}`
    : `${whose}: it holds ${list(layers.map(({ name }) => name)) || 'no weights'}; wanted ${list(own.map(({ name }) => name))}`;
}

function pairs(layer: tf.layers.Layer, { weights }: StoredLayer, source: string): Pair[] {
  const fault = (what: string): Error => new Error(`${source} is of another architecture: layer ${JSON.stringify(layer.name)} ${what}`);
  if (weights.length !== layer.weights.length) throw fault(`has ${layer.weights.length} weights in the model, ${weights.length} in the file`);
  const named = new Map(weights.map((stored) => [lastTwo(stored.name), stored]));
  // A nested model's weights come in an order that depends on what was frozen; their names tell them apart.
  const useNames = named.size === weights.length && layer.weights.every(({ originalName }) => named.has(lastTwo(originalName)));
  return layer.weights.map((weight, i) => {
    const stored = useNames ? (named.get(lastTwo(weight.originalName)) as Stored) : weights[i];
    if (String(weight.shape) !== String(stored.shape)) throw fault(`has ${weight.originalName.split('/').pop()} [${weight.shape.join(', ')}] in the model, [${stored.shape.join(', ')}] in the file`);
    return { weight, stored };
  });
}

/** `layer/kernel` out of a longer path. */
const lastTwo = (name: string): string => name.split('/').slice(-2).join('/');
