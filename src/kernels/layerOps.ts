import * as tf from '@tensorflow/tfjs';
import type { Derived } from './derived';
import { activationByName, cappedRelu, leakyRelu, preluOp, relu, smooth, thresholdedRelu } from './activation';
import { type ConvSettings, type ConvWeights, conv2d, depthwiseConv2d } from './conv2d';
import { addBranches, batchNorm, concatenate, dense, identity, repeatCells, reshape, zeroPad } from './linear';
import { automatic, type Op } from './op';
import { averagePool, globalAveragePool, maxPool, type PoolSettings } from './pooling';
import { cellwise, type WindowRule } from './window';

/** A layer as one or two steps: what it computes, and its fused activation on its own, so that a rule or a logit can be read between. */
export interface LayerOps {
  main: Op;
  activation?: Op;
}

type Layer = tf.layers.Layer;
type Config = Record<string, unknown>;
/** The part of a layer that TensorFlow.js keeps protected. */
interface Internals {
  activation?: { apply(x: tf.Tensor): tf.Tensor };
}
type Factory = (layer: Layer, config: Config, derived: Derived) => Op;

const factories: Record<string, Factory> = {
  Conv2D: (layer, config, derived) => conv2d(convWeights(layer, derived), convSettings(config)),
  DepthwiseConv2D: (layer, config, derived) => depthwiseConv2d(convWeights(layer, derived), convSettings(config)),
  SeparableConv2D: (layer, config, derived) => separable(layer, config, derived),
  Dense: (layer) => dense(() => weight(layer, 0), () => biasOf(layer, 1)),
  BatchNormalization: (layer, config) => batchNorm(() => normParts(layer, config), config.epsilon as number),
  MaxPooling2D: (_, config) => maxPool(poolSettings(config)),
  AveragePooling2D: (_, config) => averagePool(poolSettings(config)),
  GlobalAveragePooling2D: (_, config) => globalAveragePool(config.keepDims === true),
  ZeroPadding2D: (_, config) => {
    const [rows, columns] = config.padding as [[number, number], [number, number]];
    return zeroPad(rows, columns);
  },
  UpSampling2D: (_, config) => repeatCells(pair(config.size, 2)),
  Add: addBranches,
  Concatenate: (_, config) => concatenate((config.axis as number | undefined) ?? -1),
  Flatten: () => reshape((x) => [x.shape[0], x.size / x.shape[0]]),
  Reshape: (layer) => reshape((x) => [x.shape[0], ...(layer.computeOutputShape(x.shape) as number[]).slice(1)]),
  ReLU: (_, config) => (typeof config.maxValue === 'number' ? cappedRelu(config.maxValue) : relu()),
  LeakyReLU: (_, config) => leakyRelu(config.alpha as number),
  PReLU: (layer) => preluOp(() => weight(layer, 0)),
  ThresholdedReLU: (_, config) => thresholdedRelu(config.theta as number),
  Activation: (layer, config) => activation(layer, config),
  Softmax: (layer) => smooth(layer.name, (x) => tf.softmax(x)),
};

const passive = ['Dropout', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'ActivityRegularization'];
for (const name of passive) factories[name] = identity;

const fusing = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense']);

/** The steps of a layer. A kind without an op of ours runs through the layer's own `call`, differentiated by TensorFlow.js. */
export function layerOps(layer: Layer, inputRank: number, derived: Derived): LayerOps {
  const kind = layer.getClassName();
  const config = layer.getConfig() as Config;
  const fused = fusing.has(kind) && config.activation !== undefined && config.activation !== 'linear';
  const factory = plain(kind, config, inputRank) ? factories[kind] : undefined;
  const main = factory ? factory(layer, config, derived) : byCall(fused ? withoutActivation(layer) : layer);
  return {
    main: cellByCell(kind, config) ? onWindows(main) : main,
    activation: fused ? onWindows(activation(layer, config)) : undefined,
  };
}

const cellKinds = new Set(['BatchNormalization', 'Normalization', 'Rescaling', 'Activation', 'ReLU', 'LeakyReLU', 'ThresholdedReLU', 'ELU', 'Softmax', 'Add', 'Average', 'Maximum', 'Minimum', 'Multiply', 'Concatenate', ...passive]);

/** Whether a layer's output cell depends on the input cells of the same place alone. */
function cellByCell(kind: string, { axis = -1 }: Config): boolean {
  return cellKinds.has(kind) && [axis].flat().every((each) => each === -1 || each === 3);
}

const onWindows = (op: Op): Op => ({ ...op, window: cellwise((patches) => op.forward(patches)[0]) });

/** Whether our op covers this configuration of the layer. */
function plain(kind: string, config: Config, rank: number): boolean {
  if (config.dataFormat === 'channelsFirst' || config.dataFormat === 'channels_first') return false;
  if (kind === 'Dense') return rank === 2;
  if (kind === 'UpSampling2D') return config.interpolation !== 'bilinear';
  if (kind === 'BatchNormalization') return config.axis === -1 || config.axis === rank - 1;
  return true;
}

function byCall(layer: Layer): Op {
  const call = (inputs: tf.Tensor[]): tf.Tensor[] => {
    const output = layer.call(inputs.length === 1 ? inputs[0] : inputs, { training: false });
    return Array.isArray(output) ? output : [output];
  };
  return automatic(layer.name, call);
}

/** The same layer, its activation left out: a view over the user's layer, which stays as it is. */
function withoutActivation(layer: Layer): Layer {
  return Object.create(layer, { activation: { value: { apply: (x: tf.Tensor) => x, getClassName: () => 'linear' } } }) as Layer;
}

function activation(layer: Layer, config: Config): Op {
  const name = String(config.activation);
  return activationByName(name) ?? smooth(layer.name, (x) => (layer as unknown as Internals).activation!.apply(x));
}

const weight = <T extends tf.Tensor>(layer: Layer, index: number): T => layer.getWeights()[index] as T;
const biasOf = (layer: Layer, index: number): tf.Tensor | undefined => layer.getWeights()[index];

function pair(value: unknown, fallback: number): [number, number] {
  if (Array.isArray(value)) return [value[0] as number, (value[1] ?? value[0]) as number];
  return typeof value === 'number' ? [value, value] : [fallback, fallback];
}

const convWeights = (layer: Layer, derived: Derived, index = 0): ConvWeights => ({
  kernel: () => weight(layer, index),
  bias: () => biasOf(layer, index + 1),
  derived,
  owner: { layer, index },
});

const convSettings = (config: Config): ConvSettings => ({
  strides: pair(config.strides, 1),
  padding: config.padding as 'same' | 'valid',
  dilations: pair(config.dilationRate, 1),
});

function poolSettings(config: Config): PoolSettings {
  const size = pair(config.poolSize, 2);
  return { size, strides: config.strides == null ? size : pair(config.strides, 2), padding: config.padding as 'same' | 'valid' };
}

function separable(layer: Layer, config: Config, derived: Derived): Op {
  const depthwise = depthwiseConv2d({ ...convWeights(layer, derived), bias: () => undefined }, convSettings(config));
  const pointwise = conv2d(convWeights(layer, derived, 1), { strides: [1, 1], padding: 'valid', dilations: [1, 1] });
  const rule = depthwise.window as WindowRule;
  return {
    prepare: pointwise.prepare,
    window: {
      ...rule,
      work: (channels) => rule.work(channels) + weight(layer, 1).size,
      apply: (...patches) => pointwise.forward([rule.apply(...patches)])[0],
    },
    forward: (inputs) => pointwise.forward(depthwise.forward(inputs)),
    backward: (pass) => {
      const between = depthwise.forward(pass.inputs);
      const grads = pointwise.backward({ ...pass, inputs: between });
      return depthwise.backward({ ...pass, outputs: between, grads });
    },
  };
}

/** The numbers of a batch normalisation, those that the layer goes without left out. */
export function normParts(layer: Layer, config: Config): { gamma?: tf.Tensor; beta?: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor } {
  const weights = layer.getWeights();
  const gamma = config.scale === false ? undefined : weights.shift();
  const beta = config.center === false ? undefined : weights.shift();
  return { gamma, beta, mean: weights[0], variance: weights[1] };
}
