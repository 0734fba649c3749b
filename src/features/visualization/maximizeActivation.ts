import * as tf from '@tensorflow/tfjs';
import { ready } from '../../backend';
import { between, whole } from '../../check';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { aimOf, type AimOptions, type PictureGoal } from './aims';
import { batchesOf, dream } from './dream';
import type { FeatureVisualization } from './featureVisualization';
import { likeness, type Objective } from './objective';
import { type PictureOptions, settingsOf } from './settings';
import { siteOf } from './site';

/** Options of `maximizeActivation`: what is to be excited, and how. */
export interface MaximizeActivationOptions extends AimOptions, PictureOptions {
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

function together(of: number, goals: readonly PictureGoal[], copies: number, apart: number): Objective {
  const scores = (value: tf.Tensor): tf.Tensor1D => (goals.length === 1 ? goals[0].score(value) : tf.concat(tf.split(value, goals.length).map((row, i) => goals[i].score(row))));
  if (copies === 1 || !apart) return { of, scores };
  // In the measure of the activation, whatever that is in this layer.
  const scale = (each: tf.Tensor1D): number => apart * (each.dataSync() as Float32Array).reduce((sum, score) => sum + Math.abs(score) / goals.length, 0);
  return { of, scores, beside: (value, own) => tf.mul(tf.sum(likeness(value, copies)), -scale(own)) };
}

const layerOf = ({ graph }: Classifier, value: number): string => JSON.stringify(graph.steps.find(({ outputs }) => outputs.includes(value))?.layer ?? 'the input');

/** Whether a value comes from a rectifier, perhaps by way of pooling: 0 is silence there. */
function isRectified(model: Classifier, value: number): boolean {
  const step = model.graph.steps.find(({ outputs }) => outputs.includes(value));
  if (!step || step.op.rectifier) return step !== undefined;
  return /Pooling|Dropout|Flatten|Reshape/.test(step.kind) && isRectified(model, step.inputs[0]);
}
