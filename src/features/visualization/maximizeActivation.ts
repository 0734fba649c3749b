import * as tf from '@tensorflow/tfjs';
import { goalOf } from '../../attribution/goal';
import { between, finite, shown, whole } from '../../check';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { ready } from '../../backend';
import { findLayer, type FoundLayer } from '../../model/layers';
import type { Target } from '../../model/target';
import { batchesOf, dream, type Wanted } from './dream';
import type { FeatureVisualization } from './featureVisualization';
import { directionScores, likeness, type Objective } from './objective';
import { type PictureOptions, settingsOf } from './settings';
import { siteOf } from './site';

/** One cell of a channel. */
export interface NeuronOfLayer {
  channel: number;
  /** `[row, column]` of the layer's grid at the picture's size. Default: the cell in the middle. */
  at?: readonly [number, number];
}

/** Options of `maximizeActivation`: what is to be excited, and how. */
export interface MaximizeActivationOptions extends PictureOptions {
  /** The layer of `channel`, `neuron` or `direction`, by name or by its place in `model.layers()`. */
  layer?: string | number;
  /** A channel (or the unit of a dense layer): the mean over all its cells. A list gives a picture for each. */
  channel?: number | readonly number[];
  /** One cell of a channel. */
  neuron?: NeuronOfLayer | readonly NeuronOfLayer[];
  /** A direction in the space of the layer's channels, as many numbers as it has channels: the mean product over all cells. */
  direction?: readonly number[] | readonly (readonly number[])[];
  /** To what power the product with `direction` is weighted by the cosine of the angle to it, so that the direction counts and not the length. Default 0. */
  cosine?: number;
  /** A class by number or label, or what else an attribution may explain: its logit. A list gives a picture for each. */
  target?: Target | readonly Target[];
  /** How many different pictures of each: they are kept apart by the cosine of their Gram matrices. Default 1. */
  diversity?: number;
  /** How strongly they are kept apart: 1 gives a likeness of 1 the weight of the activation itself. Default 1. */
  diversityWeight?: number;
}

const own = ['layer', 'channel', 'neuron', 'direction', 'cosine', 'target', 'diversity', 'diversityWeight'] as const;

/**
 * Pictures that excite a channel, a neuron, a direction or a class of the network most, made by gradient ascent from noise, with what they reach. As the last value of a
 * cell they show themselves as tiles with a slider over the steps. Iterable; each has `image`, `value` (the activation reached), `start` (of the noise), `snapshots`.
 *
 * The picture is held as its spectrum, in colours that do not go together in photographs, and is moved about at every step (Olah et al. 2017, "Feature Visualization").
 * `param: 'maco'` changes its phases only (Fel et al. 2023); `param: 'pixel'` is plain gradient ascent on pixels (Simonyan et al. 2014), for comparison. Layers that look at any size
 * are looked at with a picture of `size`, and no layer behind the target runs, which makes early layers quick. Kept is the step whose picture, as it stands, reaches most.
 *
 * Options: what to excite, one of `layer` with `channel` (number or list), `neuron: { channel, at }`, `direction` (as many numbers as channels; `cosine`), or `target` (class, label, list);
 * `diversity` (pictures of each; 1), `diversityWeight` (1); how, `steps` (128), `size` (128, of a class the input size), `seed` (0), `param` ('fourier'), `transforms` (`{ jitter, scale, rotate }`),
 * `tv`, `l2` (0), `learningRate` (0.05), `redirect` (true), `batchSize`, `snapshots` (6), `signal`, `onProgress`.
 * Stopped, it keeps the best so far and says so. Throws for an unknown layer, a channel that it does not have, a size that the layers up to it do not take, and a `preprocess` that has no gradient.
 *
 * @example
 * await cl.maximizeActivation(model, { layer: 'block3_conv3', channel: 5, size: 64 })
 * await cl.maximizeActivation(model, { layer: 'block4_conv1', channel: [1, 5, 9], diversity: 2 })
 * await cl.maximizeActivation(model, { target: 'tabby', steps: 256 })
 */
export async function maximizeActivation(model: Classifier, options: MaximizeActivationOptions): Promise<FeatureVisualization> {
  checkModel('maximizeActivation', model);
  const settings = settingsOf('maximizeActivation', options ?? {}, own);
  const copies = whole('diversity', options?.diversity ?? 1, 1, 64);
  const apart = between('diversityWeight', options?.diversityWeight ?? 1, 0, 1e3);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const { of, unit, goalsAt, told } = aimOf(model, options ?? {});
  const { size, shape } = siteOf(model, of, settings.size, of !== model.head.logits);
  if (copies > 1 && shape.length !== 4) throw new RangeError(`diversity compares the cells of a layer with a grid; ${layerOf(model, of)} has none`);
  const goals = goalsAt(shape);
  const pictures = goals.flatMap((goal) => Array.from({ length: copies }, (_, copy) => ({ goal, wanted: { ...goal.wanted, seed: settings.seed + copy } })));
  const batches = batchesOf(model, size, pictures.length, copies, settings.batchSize).map(({ start, end }) => {
    const some = pictures.slice(start, end);
    return { wanted: some.map(({ wanted }) => wanted), objective: together(of, some.map(({ goal }) => goal), copies, apart) };
  });
  const diverse = copies > 1 ? { diversity: copies, diversityWeight: apart } : {};
  return dream({ model, method: 'activation maximisation', unit, rising: true, size, settings, options: { ...told, ...diverse }, batches, rectified: isRectified(model, of) }, options);
}

/** What one picture is made for. */
interface PictureGoal {
  wanted: Omit<Wanted, 'seed'>;
  /** The number of one picture, from the value `[1, ...]`. */
  score(value: tf.Tensor): tf.Tensor1D;
}

interface Aim {
  of: number;
  unit: string;
  told: Record<string, unknown>;
  /** One for each picture that is asked for, at a size at which the value has this shape. */
  goalsAt(shape: readonly number[]): PictureGoal[];
}

function together(of: number, goals: readonly PictureGoal[], copies: number, apart: number): Objective {
  const scores = (value: tf.Tensor): tf.Tensor1D => (goals.length === 1 ? goals[0].score(value) : tf.concat(tf.split(value, goals.length).map((row, i) => goals[i].score(row))));
  if (copies === 1 || !apart) return { of, scores };
  // In the measure of the activation, whatever that is in this layer.
  const scale = (each: tf.Tensor1D): number => apart * (each.dataSync() as Float32Array).reduce((sum, score) => sum + Math.abs(score) / goals.length, 0);
  return { of, scores, beside: (value, own) => tf.mul(tf.sum(likeness(value, copies)), -scale(own)) };
}

const aims = ['channel', 'neuron', 'direction', 'target'] as const;

function aimOf(model: Classifier, options: MaximizeActivationOptions): Aim {
  const given = aims.filter((name) => options[name] !== undefined);
  if (given.length !== 1) throw new TypeError(`maximizeActivation needs one of { layer, channel }, { layer, neuron }, { layer, direction } or { target }, got ${given.length ? given.join(' and ') : options.layer === undefined ? 'none' : 'layer alone'}`);
  if (options.cosine !== undefined && given[0] !== 'direction') throw new TypeError('cosine belongs to direction');
  if (given[0] === 'target') {
    if (options.layer !== undefined) throw new TypeError('target is a class; for a layer give channel, neuron or direction');
    return targetAim(model, options.target as Target | readonly Target[]);
  }
  if (options.layer === undefined) throw new TypeError(`${given[0]} needs the layer that it belongs to: give { layer, ${given[0]} }`);
  const layer = findLayer(model.graph, options.layer);
  if (given[0] === 'direction') return directionAim(layer, options.direction as readonly number[], options.cosine);
  return given[0] === 'channel' ? channelAim(model, layer, options.channel as number) : neuronAim(model, layer, options.neuron as NeuronOfLayer);
}

function targetAim(model: Classifier, given: Target | readonly Target[]): Aim {
  const goals = listOf<Target>('target', given).map((target) => goalOf(model, target, 'logit'));
  const [{ of }] = goals;
  if (goals.some((goal) => goal.of !== of)) throw new RangeError('all targets of one call must be read from one layer');
  const unit = of === model.head.logits ? 'logit' : 'activation';
  return { of, unit, told: {}, goalsAt: () => goals.map(({ target, measure }) => ({ wanted: { label: target.label }, score: measure })) };
}

function channelAim(model: Classifier, layer: FoundLayer, given: number | readonly number[]): Aim {
  const goals = listOf<number>('channel', given).map((channel): PictureGoal => {
    const { target, measure } = goalOf(model, { layer: layer.name, channel }, 'logit');
    return { wanted: { label: target.label, layer: layer.name, channel }, score: measure };
  });
  return { of: layer.value, unit: layer.shape.length === 4 ? 'mean activation' : 'activation', told: { layer: layer.name }, goalsAt: () => goals };
}

function neuronAim(model: Classifier, layer: FoundLayer, given: NeuronOfLayer | readonly NeuronOfLayer[]): Aim {
  const neurons = listOf<NeuronOfLayer>('neuron', given);
  for (const each of neurons) if (each === null || typeof each !== 'object') throw new TypeError(`neuron must be { channel, at }, got ${shown(each)}`);
  return {
    of: layer.value,
    unit: 'activation',
    told: { layer: layer.name },
    goalsAt: ({ length, [1]: rows, [2]: columns }) =>
      neurons.map(({ channel, at, ...rest }): PictureGoal => {
        const middle = length === 4 ? ([rows >> 1, columns >> 1] as const) : undefined;
        const { target, measure } = goalOf(model, { layer: layer.name, channel, at: at ?? middle, ...rest }, 'logit');
        return { wanted: { label: target.label, layer: layer.name, channel }, score: measure };
      }),
  };
}

function directionAim(layer: FoundLayer, given: readonly number[] | readonly (readonly number[])[], power: number | undefined): Aim {
  const cosine = between('cosine', power ?? 0, 0, 100);
  const directions = checkedDirections(layer, Array.isArray(given?.[0]) ? (given as readonly (readonly number[])[]) : [given as readonly number[]]);
  return {
    of: layer.value,
    unit: cosine ? `product × cosine${cosine === 1 ? '' : ` to the power ${cosine}`}` : 'mean product with the direction',
    told: { layer: layer.name, ...(cosine ? { cosine } : {}) },
    goalsAt: () =>
      directions.map((direction, i): PictureGoal => ({
        wanted: { label: `${layer.name} direction${directions.length > 1 ? ` ${i}` : ''}`, layer: layer.name },
        score: (value) => directionScores(value, tf.tensor2d(direction, [1, direction.length]), cosine, undefined),
      })),
  };
}

/** Directions of as many finite numbers as the layer has channels. */
export function checkedDirections({ name, shape }: FoundLayer, given: readonly ArrayLike<number>[]): Float32Array[] {
  const depth = shape.at(-1) ?? 0;
  return given.map((direction) => {
    if (direction === null || typeof direction !== 'object' || direction.length !== depth) throw new RangeError(`direction must have ${depth} numbers, one for each channel of ${JSON.stringify(name)}, got ${direction && typeof direction === 'object' && 'length' in direction ? direction.length : shown(direction)}`);
    const values = Float32Array.from(direction, (value) => finite('direction', value));
    if (values.every((value) => value === 0)) throw new RangeError('direction is 0 in all channels: it points nowhere');
    return values;
  });
}

function listOf<T>(name: string, given: T | readonly T[]): readonly T[] {
  const list = (Array.isArray(given) ? given : [given]) as readonly T[];
  if (!list.length) throw new RangeError(`${name} is an empty list; give at least one`);
  return list;
}

const layerOf = ({ graph }: Classifier, value: number): string => JSON.stringify(graph.steps.find(({ outputs }) => outputs.includes(value))?.layer ?? 'the input');

/** Whether a value comes from a rectifier, perhaps by way of pooling: 0 is silence there. */
function isRectified(model: Classifier, value: number): boolean {
  const step = model.graph.steps.find(({ outputs }) => outputs.includes(value));
  if (!step || step.op.rectifier) return step !== undefined;
  return /Pooling|Dropout|Flatten|Reshape/.test(step.kind) && isRectified(model, step.inputs[0]);
}
