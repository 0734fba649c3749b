import * as tf from '@tensorflow/tfjs';
import { goalOf } from '../../attribution/goal';
import { between, finite, shown } from '../../check';
import type { Classifier } from '../../model/classifier';
import { findLayer, type FoundLayer } from '../../model/layers';
import type { Target } from '../../model/target';
import type { Wanted } from './dream';
import { directionScores } from './objective';

/** One cell of a channel. */
export interface NeuronOfLayer {
  channel: number;
  /** `[row, column]` of the layer's grid at the picture's size. Default: the cell in the middle. */
  at?: readonly [number, number];
}

/** What is to be excited: one of these. */
export interface AimOptions {
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
}

/** What one picture is made for. */
export interface PictureGoal {
  wanted: Omit<Wanted, 'seed'>;
  /** The number of one picture, from the value `[1, ...]`. */
  score(value: tf.Tensor): tf.Tensor1D;
}

export interface Aim {
  of: number;
  unit: string;
  told: Record<string, unknown>;
  /** One for each picture that is asked for, at a size at which the value has this shape. */
  goalsAt(shape: readonly number[]): PictureGoal[];
}

const aims = ['channel', 'neuron', 'direction', 'target'] as const;

/** What the options ask for, looked up. */
export function aimOf(model: Classifier, options: AimOptions): Aim {
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

