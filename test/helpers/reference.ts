import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../src/model/classifier';
import { classifier } from './models';

/** An array as the JSON files hold it: float32 in base64. */
export interface Packed {
  shape: number[];
  data: string;
}

/** What one peer gave. */
export interface PeerCase {
  peer: string;
  title: string;
  /** The call in Python. */
  call: string;
  values: Float32Array;
  shape: number[];
  /** The gap that Captum reports beside integrated gradients. */
  delta?: number;
}

/** A layer of test/reference/specs.py. */
interface LayerSpec {
  kind: 'conv' | 'depthwise' | 'bn' | 'relu' | 'leaky' | 'prelu' | 'maxPool' | 'meanPool' | 'add' | 'concat' | 'gap' | 'flatten' | 'dense' | 'softmax';
  name: string;
  of?: string[];
  filters: number;
  kernel: number;
  size: number;
  stride: number;
  padding: 'same' | 'valid';
  bias: boolean;
  dilation?: number;
  activation?: 'relu' | 'swish' | 'elu' | 'tanh' | 'softmax' | null;
  max?: number | null;
  slope: number;
  units: number;
}

interface Stored {
  name: string;
  input: [number, number, number];
  layer: string;
  early: string;
  cell: [number, number, number];
  sigma: number;
  target: number;
  other: number;
  layers: LayerSpec[];
  weights: Record<string, Packed[]>;
  image: Packed;
  base: Packed;
  colour: Packed;
  draws: Packed;
  logits: Packed;
  versions: Record<string, string>;
  cases: (Omit<PeerCase, 'values' | 'shape'> & { values: Packed })[];
}

/** A network of test/reference, built in TensorFlow.js, with the image and everything that the peers were given. */
export interface Given {
  name: string;
  model: Classifier;
  x: tf.Tensor4D;
  /** The most likely class, and the next. */
  t: number;
  u: number;
  /** Where the CAMs look, and a layer before it. */
  layer: string;
  early: string;
  /** A cell of `early`. */
  neuron: { layer: string; channel: number; at: [number, number] };
  /** A baseline for integrated gradients. */
  base: tf.Tensor4D;
  /** A value for each channel of the input. */
  colour: number[];
  /** The noise that the peers were given, `[samples, height, width, channels]` with deviation 1, and the deviation they gave it. */
  draws: tf.Tensor4D;
  sigma: number;
  logits: Float32Array;
  versions: Record<string, string>;
  cases: PeerCase[];
}

export const referenceNames = ['plain', 'residual', 'depthwise', 'vgg', 'mixed'] as const;

/** Reads a network of test/reference and what the peers say of it. */
export function reference(name: (typeof referenceNames)[number]): Given {
  const record = JSON.parse(readFileSync(path.join(__dirname, '..', 'reference', `${name}.json`), 'utf8')) as Stored;
  const [channel, ...at] = record.cell;
  const one = (packed: Packed): tf.Tensor4D => tf.tensor4d(floats(packed), [1, ...packed.shape] as [number, number, number, number]);
  return {
    name,
    model: classifier(network(record)),
    x: one(record.image),
    t: record.target,
    u: record.other,
    layer: record.layer,
    early: record.early,
    neuron: { layer: record.early, channel, at: at as [number, number] },
    base: one(record.base),
    colour: [...floats(record.colour)],
    draws: tf.tensor4d(floats(record.draws), record.draws.shape as [number, number, number, number]),
    sigma: record.sigma,
    logits: floats(record.logits),
    versions: record.versions,
    cases: record.cases.map((each) => ({ ...each, values: floats(each.values), shape: each.values.shape })),
  };
}

/** Frees what `reference` made. */
export function freeReference({ model, x, base, draws }: Given): void {
  model.dispose();
  tf.dispose([x, base, draws]);
}

export const floats = ({ data }: Packed): Float32Array => {
  const bytes = Buffer.from(data, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

function network({ name, input, layers, weights }: Stored): tf.LayersModel {
  const first = tf.input({ shape: input });
  const values = new Map<string, tf.SymbolicTensor>();
  let before = first;
  for (const spec of layers) {
    const inputs = spec.of?.map((each) => values.get(each) as tf.SymbolicTensor) ?? [before];
    before = layerOf(spec).apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
    values.set(spec.name, before);
  }
  const model = tf.model({ inputs: first, outputs: before, name });
  tf.tidy(() => {
    for (const [layer, arrays] of Object.entries(weights)) model.getLayer(layer).setWeights(arrays.map((each) => tf.tensor(floats(each), each.shape)));
  });
  return model;
}

function layerOf({ kind, name, activation, stride, padding, max, ...spec }: LayerSpec): tf.layers.Layer {
  const window = { name, strides: stride, padding, kernelSize: spec.kernel, useBias: spec.bias };
  switch (kind) {
    case 'conv': return tf.layers.conv2d({ ...window, filters: spec.filters, dilationRate: spec.dilation, activation: activation ?? undefined });
    case 'depthwise': return tf.layers.depthwiseConv2d(window);
    case 'maxPool': return tf.layers.maxPooling2d({ name, poolSize: spec.size, strides: stride, padding });
    case 'meanPool': return tf.layers.averagePooling2d({ name, poolSize: spec.size, strides: stride, padding });
    case 'leaky': return tf.layers.leakyReLU({ name, alpha: spec.slope });
    case 'prelu': return tf.layers.prelu({ name, sharedAxes: [1, 2] });
    case 'bn': return tf.layers.batchNormalization({ name, epsilon: 1e-3 });
    case 'relu': return tf.layers.reLU({ name, maxValue: max ?? undefined });
    case 'dense': return tf.layers.dense({ name, units: spec.units, activation: activation ?? undefined });
    case 'softmax': return tf.layers.activation({ name, activation: 'softmax' });
    case 'add': return tf.layers.add({ name });
    case 'concat': return tf.layers.concatenate({ name });
    case 'gap': return tf.layers.globalAveragePooling2d({ name });
    case 'flatten': return tf.layers.flatten({ name });
  }
}
