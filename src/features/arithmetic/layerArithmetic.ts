import * as tf from '@tensorflow/tfjs';
import { shown, whole } from '../../check';
import type { Classifier } from '../../model/classifier';
import type { Graph, Step } from '../../model/graph';
import { findLayer } from '../../model/layers';
import { forward } from '../../model/run';
import { type Elementwise, type Merge, mergers } from './cellwise';
import type { Convolution } from './convolution';
import { convolutionOf } from './convolutionOf';
import type { Pool } from './pool';
import { channelMap, gridOf, type Site, slidesOf, type Values } from './site';
import type { Stage } from './stage';
import { type Following, following, isSoftmax, stageOf } from './stages';
import type { Dense, GlobalPool, Softmax } from './units';
import { denseOf, globalPoolOf, shareOf, softmaxOf } from './unitsOf';

/** How a layer works out its numbers, with the numbers. */
export type Arithmetic = Convolution | Pool | Elementwise | Merge | Dense | GlobalPool | Softmax;

/** A layer's arithmetic for one image, and where it stands in the network. */
export interface LayerArithmetic {
  layer: string;
  /** The Keras class. */
  kind: string;
  /** The output channel or unit. */
  channel: number;
  /** How many channels or units the layer has. */
  depth: number;
  /** The layers that it reads; `input` for the image. */
  inputs: readonly string[];
  /** The layer that puts out the result: the layer itself, or the last of the normalisations and activations behind it. */
  last: string;
  arithmetic: Arithmetic;
}

type Maker = (site: Site) => Arithmetic;

const makers: Record<string, Maker> = {
  Conv2D: convolutionOf,
  DepthwiseConv2D: convolutionOf,
  SeparableConv2D: convolutionOf,
  MaxPooling2D: (site) => poolOf(site, 'max'),
  AveragePooling2D: (site) => poolOf(site, 'average'),
  GlobalAveragePooling2D: (site) => globalPoolOf(site, 'average'),
  GlobalMaxPooling2D: (site) => globalPoolOf(site, 'max'),
  GlobalAveragePooling2DKeepdims: (site) => globalPoolOf(site, 'average'),
  GlobalMaxPooling2DKeepdims: (site) => globalPoolOf(site, 'max'),
  Dense: denseOf,
};
for (const how of mergers) makers[how[0].toUpperCase() + how.slice(1)] = (site) => mergeOf(site, how);

/** What can be stepped through, as an error says it. */
const takes = 'Conv2D, DepthwiseConv2D, SeparableConv2D, Dense, MaxPooling2D, AveragePooling2D, global pooling, BatchNormalization, activations (ReLU, swish, softmax ...), Add, Multiply, Average, Maximum and Minimum';

/**
 * How a layer makes one of its channels out of what it reads, together with the normalisations and activations that follow it. Throws for
 * a layer whose arithmetic is not known. Default channel: the one with the greatest mean; of classes, the likeliest.
 */
export function layerArithmetic(model: Classifier, x: tf.Tensor4D, layer: string | number, channel?: number): LayerArithmetic {
  const { graph } = model;
  const found = findLayer(graph, layer);
  const step = graph.steps.find((each) => each.layer === found.name) as Step;
  const depth = found.shape.at(-1) ?? 1;
  if (channel !== undefined) whole(`channel of ${JSON.stringify(found.name)}`, channel, 0, depth - 1);
  const shapeOf = (value: number): (number | null)[] => graph.shapes[value];
  mustBeKnown(step, shapeOf);
  const softmax = isSoftmax(step);
  const chainOf = (each: number): Following => {
    if (softmax) return { value: step.inputs[0], layer: found.name, stages: [], softmax: step };
    if (/Pooling/.test(step.kind)) return { value: step.outputs[0], layer: found.name, stages: [] };
    return following(graph, step.outputs[0], found.name, each, shapeOf);
  };
  // Which value comes last is the same for every channel.
  const chain = chainOf(channel ?? 0);
  const last = chain.softmax?.outputs[0] ?? chain.value;
  const ids = [...step.inputs, chain.value, last];
  const values = valuesOf(graph, x, ids);
  const result = values[ids.length - 1];
  const chosen = channel ?? strongest(result);
  const stages = [...ownStages(step, chosen, shapeOf), ...chainOf(chosen).stages, ...softmaxStages(chain, values[ids.length - 2])];
  const site: Site = { model, step, channel: chosen, inputs: values.slice(0, step.inputs.length), stages, result };
  return {
    layer: found.name,
    kind: found.kind,
    channel: chosen,
    depth,
    inputs: step.inputs.map((id) => makerOf(graph, id)),
    last: chain.softmax?.layer ?? chain.layer,
    arithmetic: softmax ? softmaxOf(site) : (makers[step.kind] ?? elementwiseOf)(site),
  };
}

function mustBeKnown(step: Step, shapeOf: (value: number) => (number | null)[]): void {
  const shape = shapeOf(step.outputs[0]);
  const rank = shape.length;
  const { kind, source } = step;
  const plain = (source.getConfig() as { dataFormat?: string }).dataFormat !== 'channelsFirst';
  if (plain && kind in makers && (kind !== 'Dense' || rank === 2) && (rank === 2 || rank === 4)) return;
  if (plain && isSoftmax(step) && rank === 2) return;
  if (plain && (rank === 2 || rank === 4) && !isSoftmax(step) && stageOf(step, 0, shape)) return;
  throw new RangeError(`convolutionStepper cannot step through layer ${shown(step.layer)} (${kind}${step.activation ? `, ${step.activation}` : ''}); it takes ${takes}`);
}

function valuesOf(graph: Graph, x: tf.Tensor4D, ids: readonly number[]): Values[] {
  const tensors = forward(graph, x, [...new Set(ids)]);
  try {
    const values = new Map([...new Set(ids)].map((id, i) => [id, { shape: tensors[i].shape.slice(1), data: tensors[i].dataSync() as Float32Array }]));
    return ids.map((id) => values.get(id) as Values);
  } finally {
    tf.dispose(tensors);
  }
}

/** The channel with the greatest mean. */
function strongest({ shape, data }: Values): number {
  const depth = shape.at(-1) as number;
  const sums = new Float64Array(depth);
  data.forEach((value, at) => (sums[at % depth] += value));
  return sums.indexOf(Math.max(...sums));
}

/** A layer that is itself a normalisation or an activation. */
function ownStages(step: Step, channel: number, shapeOf: (value: number) => (number | null)[]): Stage[] {
  if (step.kind in makers || isSoftmax(step)) return [];
  return [stageOf(step, channel, shapeOf(step.outputs[0])) as Stage];
}

const softmaxStages = ({ softmax }: Following, logits: Values): Stage[] => (softmax ? [shareOf(softmax.layer, logits.data)] : []);

const makerOf = (graph: Graph, value: number): string => graph.steps.find(({ outputs }) => outputs.includes(value))?.layer ?? 'input';

function poolOf({ step, channel, inputs: [input], result }: Site, how: Pool['how']): Pool {
  const { poolSize } = step.source.getConfig() as { poolSize: [number, number] };
  const grid = gridOf(input);
  return { kind: 'pool', how, input: grid, output: gridOf(result), slides: slidesOf(step, grid), size: poolSize, map: channelMap(input, channel), result: channelMap(result, channel) };
}

const elementwiseOf: Maker = ({ channel, inputs: [input], stages, result }) => ({ kind: 'elementwise', grid: gridOf(result), map: channelMap(input, channel), stages, result: channelMap(result, channel) });

function mergeOf({ model, step, channel, inputs, stages, result }: Site, how: Merge['how']): Merge {
  const grid = gridOf(result);
  const maps = inputs.map((values, i) => ({ layer: makerOf(model.graph, step.inputs[i]), map: spreadOver(values, channel, grid) }));
  return { kind: 'merge', how, grid, maps, stages, result: channelMap(result, channel) };
}

/** One channel of a branch over the whole grid: a gate of one cell, or one for all channels, serves everywhere. */
function spreadOver(values: Values, channel: number, [rows, columns]: [number, number]): Float32Array {
  const [height, width] = gridOf(values);
  const map = channelMap(values, Math.min(channel, (values.shape.at(-1) as number) - 1));
  return Float32Array.from({ length: rows * columns }, (_, at) => map[(Math.floor(at / columns) % height) * width + ((at % columns) % width)]);
}
