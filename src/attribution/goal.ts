import * as tf from '@tensorflow/tfjs';
import { knownOptions, shown, whole } from '../check';
import type { Classifier } from '../model/classifier';
import { findLayer } from '../model/layers';
import { classIndex, type Contrast, type Neuron, probabilities, type Score, type Target } from '../model/target';
import type { AttributionScore, AttributionTarget } from './attribution';

/** A target, looked up: which value of the network it reads, and the number that is explained. */
export interface Goal {
  /** The value that it reads: the logits, or a layer's output. */
  of: number;
  target: AttributionTarget;
  /** The explained number of each row, `[n]`. */
  measure(value: tf.Tensor): tf.Tensor1D;
  /** What the caption says of one row. */
  rate(value: tf.Tensor): AttributionScore;
}

export function goalOf(model: Classifier, target: Target, score: Score): Goal {
  if (typeof target === 'function') return functionGoal(model, target);
  if (target && typeof target === 'object' && 'contrast' in target) return contrastGoal(model, target, score);
  if (target && typeof target === 'object' && 'layer' in target) return neuronGoal(model, target, score);
  return classGoal(model, classIndex(target, model.head.classes, model.labels), score);
}

export function classGoal(model: Classifier, index: number, score: Score): Goal {
  const { scored, chances } = readings(model, score);
  return {
    of: model.head.logits,
    target: { index, label: model.label(index) },
    measure: (value) => column(scored(value), index),
    rate: (value) => ({ logit: first(column(flat(model, value), index)), probability: first(column(chances(value), index)) }),
  };
}

function contrastGoal(model: Classifier, target: Contrast, score: Score): Goal {
  knownOptions('target', target, ['contrast']);
  const { contrast } = target;
  if (!Array.isArray(contrast) || contrast.length !== 2) throw new TypeError(`contrast takes two classes, [why this, and not that], got ${shown(contrast)}`);
  const [a, b] = contrast.map((each) => classIndex(each, model.head.classes, model.labels));
  if (a === b) throw new RangeError(`contrast of ${JSON.stringify(model.label(a))} with itself is 0 everywhere; give two classes`);
  const { scored } = readings(model, score);
  const difference = (values: tf.Tensor2D): tf.Tensor1D => tf.sub(column(values, a), column(values, b));
  return {
    of: model.head.logits,
    target: { index: -1, label: `${model.label(a)}, not ${model.label(b)}` },
    measure: (value) => difference(scored(value)),
    rate: (value) => ({ logit: first(difference(flat(model, value))), probability: null }),
  };
}

function neuronGoal(model: Classifier, target: Neuron, score: Score): Goal {
  knownOptions('target', target, ['layer', 'channel', 'at']);
  if (score === 'probability') throw new RangeError(`score "probability" needs a class; layer ${shown(target.layer)} has activations`);
  const { name, value: of, shape } = findLayer(model.graph, target.layer);
  const depth = shape.at(-1) ?? 1;
  const channel = whole(`channel of ${JSON.stringify(name)}`, target.channel, 0, depth - 1);
  const at = target.at === undefined ? undefined : cellOf(name, target.at);
  const measure = (value: tf.Tensor): tf.Tensor1D => {
    const grid = tf.reshape(value, [value.shape[0], -1, depth]);
    const [, , columns = 1] = value.shape;
    const cell = at && cellIndex(name, at, value.shape);
    const part = cell === undefined ? grid : tf.slice(grid, [0, cell[0] * columns + cell[1], 0], [-1, 1, -1]);
    return tf.reshape(tf.mean(tf.slice(part, [0, 0, channel], [-1, -1, 1]), [1, 2]), [-1]);
  };
  const place = at ? ` at row ${at[0]}, column ${at[1]}` : '';
  return { of, target: { index: -1, label: `${name} ${shape.length === 4 ? 'channel' : 'unit'} ${channel}${place}` }, measure, rate: (value) => ({ logit: first(measure(value)), probability: null }) };
}

function cellOf(layer: string, at: unknown): [number, number] {
  if (!Array.isArray(at) || at.length !== 2) throw new TypeError(`at must be [row, column] of layer ${JSON.stringify(layer)}, got ${shown(at)}`);
  return [whole('row', at[0], 0), whole('column', at[1], 0)];
}

function cellIndex(layer: string, at: [number, number], [, rows, columns, depth]: number[]): [number, number] {
  if (depth === undefined) throw new RangeError(`at needs a layer with a grid; ${JSON.stringify(layer)} has units`);
  if (at[0] < rows && at[1] < columns) return at;
  throw new RangeError(`at [${at.join(', ')}] lies outside layer ${JSON.stringify(layer)}, ${rows} x ${columns}`);
}

function functionGoal(model: Classifier, target: (logits: tf.Tensor2D) => tf.Tensor): Goal {
  const measure = (value: tf.Tensor): tf.Tensor1D => {
    const logits = flat(model, value);
    const rows = Array.from({ length: logits.shape[0] }, (_, row) => tf.slice(logits, [row, 0], [1, -1]));
    return tf.concat(rows.map((row) => oneNumber(target(row))));
  };
  return {
    of: model.head.logits,
    target: { index: -1, label: target.name || 'a function of the logits' },
    measure,
    rate: (value) => ({ logit: first(measure(value)), probability: null }),
  };
}

function oneNumber(value: unknown): tf.Tensor1D {
  if (value instanceof tf.Tensor && value.size === 1) return tf.reshape(value, [1]);
  throw new TypeError(`target must return one number as a tensor, got ${value instanceof tf.Tensor ? `shape [${value.shape.join(', ')}]` : shown(value)}`);
}

const flat = ({ head }: Classifier, value: tf.Tensor): tf.Tensor2D => tf.reshape(value, [-1, head.classes]);

const column = (values: tf.Tensor2D, index: number): tf.Tensor1D => tf.reshape(tf.slice(values, [0, index], [-1, 1]), [-1]);

const first = (values: tf.Tensor1D): number => values.dataSync()[0];

/** Logits or probabilities of every class, as the explained score asks, and the probabilities for the caption. */
function readings(model: Classifier, score: Score): { scored: (value: tf.Tensor) => tf.Tensor2D; chances: (value: tf.Tensor) => tf.Tensor2D } {
  const chances = (value: tf.Tensor): tf.Tensor2D => probabilities(flat(model, value), model.head.ending);
  return { scored: score === 'probability' ? chances : (value) => flat(model, value), chances };
}
