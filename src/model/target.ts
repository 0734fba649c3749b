import * as tf from '@tensorflow/tfjs';
import { hint, shown } from '../check';
import type { Graph } from './graph';

/**
 * What is explained: a class by number or label; why one class and not another; a channel or unit inside the network; or any function of
 * the logits `[1, classes]` that gives one number. Default: the most likely class.
 */
export type Target = number | string | Contrast | Neuron | ((logits: tf.Tensor2D) => tf.Tensor);

/** Why the first class and not the second: the difference of their scores. */
export interface Contrast {
  /** Two classes, by number or label. */
  contrast: readonly [number | string, number | string];
}

/** A place inside the network: what a channel of a layer puts out. */
export interface Neuron {
  /** The layer, by name or by its place in `model.layers()`. */
  layer: string | number;
  /** The channel of a convolution, or the unit of a dense layer. */
  channel: number;
  /** One cell of the channel, `[row, column]`. Default: the mean of all. */
  at?: readonly [number, number];
}

/** `'logit'`: the score before softmax; `'probability'`: after it. */
export type Score = 'logit' | 'probability';

/** Where a network keeps its scores, and how they become probabilities. */
export interface Head {
  /** The value of the logits. */
  logits: number;
  classes: number;
  /** The last activation; `none` for a network that puts out logits. */
  ending: 'softmax' | 'sigmoid' | 'none';
}

/** The logits behind a fused or a separate softmax (or sigmoid), with reshapes in between. */
export function headOf(graph: Graph): Head {
  const classes = graph.shapes[graph.output].slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
  for (let value = graph.output; ; ) {
    const step = graph.steps.find(({ outputs }) => outputs.includes(value));
    if (!step) break;
    const ending = endingOf(step);
    if (ending) return { logits: step.inputs[0], classes, ending };
    if (!step.op.reshapes) break;
    value = step.inputs[0];
  }
  return { logits: graph.output, classes, ending: 'none' };
}

function endingOf(step: Graph['steps'][number]): 'softmax' | 'sigmoid' | undefined {
  if (step.kind === 'Softmax') return 'softmax';
  if (!step.fused && step.kind !== 'Activation') return undefined;
  return step.activation === 'softmax' || step.activation === 'sigmoid' ? step.activation : undefined;
}

/** Probabilities of logits `[n, classes]`. A network that ends in logits is taken to mean a softmax. */
export function probabilities(logits: tf.Tensor2D, ending: Head['ending']): tf.Tensor2D {
  return areApart({ ending, classes: logits.shape[1] }) ? tf.sigmoid(logits) : tf.softmax(logits);
}

/** Whether each class has a probability of its own, by a sigmoid, and not a share of one. */
export const areApart = ({ ending, classes }: Pick<Head, 'ending' | 'classes'>): boolean => ending === 'sigmoid' || classes === 1;

export const labelOf = (labels: readonly string[] | undefined, index: number): string => labels?.[index]?.split(',')[0].trim() ?? `class ${index}`;

/** The number of the class that a target names. Says what is wrong, and the nearest label. */
export function classIndex(target: unknown, classes: number, labels: readonly string[] | undefined): number {
  if (typeof target === 'number') {
    if (Number.isInteger(target) && target >= 0 && target < classes) return target;
    throw new RangeError(`target must be a class from 0 to ${classes - 1}, got ${shown(target)}`);
  }
  if (typeof target !== 'string') throw new TypeError(`target must be a class number, a label, { contrast: [a, b] }, { layer, channel } or a function of the logits, got ${shown(target)}`);
  if (!labels) throw new RangeError(`target ${JSON.stringify(target)}: this model has no labels; give a class number, or loadModel's option labels`);
  return byLabel(target, labels);
}

function byLabel(target: string, labels: readonly string[]): number {
  const wanted = target.trim().toLowerCase();
  const whole = matches(labels, (label) => label.trim().toLowerCase() === wanted);
  const found = whole.length ? whole : matches(labels, (label) => names(label).some((name) => name.toLowerCase() === wanted));
  if (found.length === 1) return found[0];
  if (found.length) {
    throw new RangeError(`target ${JSON.stringify(target)} names ${found.length} classes: ${found.map((i) => `${i} (${labels[i]})`).join(', ')}; give the number`);
  }
  throw new RangeError(`unknown label ${JSON.stringify(target)}${hint(target, labels.flatMap(names)) || '; model.labels lists them'}`);
}

const names = (label: string): string[] => label.split(',').map((name) => name.trim());

const matches = (labels: readonly string[], test: (label: string) => boolean): number[] => labels.flatMap((label, i) => (test(label) ? [i] : []));
