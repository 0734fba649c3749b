import * as tf from '@tensorflow/tfjs';
import { freeTape } from '../../kernels/op';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { preprocessed } from '../../model/preprocess';
import { forward, gradient } from '../../model/run';
import { moveAt, type Moves } from './moves';
import { type Objective, seedOf } from './objective';
import type { Param, Size } from './parametrization';
import { type Penalties, penalized } from './penalties';
import { Warp } from './warp';

/** One batch of pictures to be optimised. */
export interface Ascent {
  model: Classifier;
  objective: Objective;
  /** What each picture starts from. */
  seeds: readonly number[];
  /** Of the moves. */
  seed: number;
  size: Size;
  param: Param;
  rate: number;
  steps: number;
  moves?: Moves;
  penalties: Penalties;
  /** How many of the first steps lead gradients around closed ReLUs. */
  redirect: number;
  /** How many moments of each picture are kept, beside the first and the last. */
  snapshots: number;
}

/** The scores of pixels `[n, height, width, 3]` as they stand. */
export const scoresOf = (model: Classifier, { of, scores }: Objective, pixels: tf.Tensor4D): Float32Array =>
  scoped(() => {
    const [value] = forward(model.graph, preprocessed(pixels, model.preprocess, model.inputShape[2]), [of]);
    return scores(value).dataSync() as Float32Array;
  });

/** The scores of pictures as a step sees them, and the gradient of their sum with respect to the pixels. */
export function slopeAt({ model, objective, seed, size, moves, penalties, redirect }: Ascent, pixels: tf.Tensor4D, step: number): { scores: Float32Array; grad: tf.Tensor4D } {
  const warp = moves && new Warp(size, moveAt(moves, size, seed, step));
  const seen = warp ? warp.apply(pixels) : pixels;
  const channels = model.inputShape[2];
  const prepare = (each: tf.Tensor): tf.Tensor => preprocessed(each as tf.Tensor4D, model.preprocess, channels);
  let scores = new Float32Array();
  const { grads } = gradient(model.graph, prepare(seen), {
    of: objective.of,
    wrt: [model.graph.input],
    rule: step < redirect ? 'redirected' : 'standard',
    seed: (value) => {
      scores = objective.scores(value).dataSync() as Float32Array<ArrayBuffer>;
      return seedOf(objective)(value);
    },
  });
  const back = pulledBack(prepare, seen, grads[0]) as tf.Tensor4D;
  return { scores, grad: penalized(warp ? warp.back(back) : back, pixels, penalties) };
}

/** The gradient before the preprocessing. */
function pulledBack(prepare: (pixels: tf.Tensor) => tf.Tensor, pixels: tf.Tensor, grad: tf.Tensor): tf.Tensor {
  try {
    return tf.grad((each) => tf.sum(tf.mul(prepare(each), grad)))(pixels);
  } catch (error) {
    freeTape();
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`no gradient through preprocess: it must be made of differentiable TensorFlow.js operations (${why})`);
  }
}
