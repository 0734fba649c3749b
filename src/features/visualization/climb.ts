import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { preprocessed } from '../../model/preprocess';
import { forward, gradient } from '../../model/run';
import type { ShowingJob } from '../../progress';
import { moveAt, type Moves } from './moves';
import { type Objective, seedOf } from './objective';
import { type Parametrization, type Param, parametrization, type Size } from './parametrization';
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

/** A picture at a step: `[height, width, 3]`, 0..255, and its score as it stands. */
export interface Moment {
  step: number;
  score: number;
  pixels: Float32Array;
}

/** What became of a picture. */
export interface Climbed {
  best: Moment;
  /** The first, the last, and some between. */
  moments: Moment[];
  /** The score that each step saw, of the picture as it was moved about. */
  seen: Float32Array;
  /** The scores of the picture as it stands, and at which steps they were taken. */
  checked: { step: number; score: number }[];
}

/** Of a picture that is moved about, every so manieth step it is also looked at as it stands. */
const checkEvery = 4;

/** The scores of pixels `[n, height, width, 3]` as they stand. */
export const scoresOf = (model: Classifier, { of, scores }: Objective, pixels: tf.Tensor4D): Float32Array =>
  scoped(() => {
    const [value] = forward(model.graph, preprocessed(pixels, model.preprocess, model.inputShape[2]), [of]);
    return scores(value).dataSync() as Float32Array;
  });

/** Optimises a batch of pictures, and keeps the best of each. Aborted, it ends with what there is. `each`: what is told after a step. */
export async function climb(ascent: Ascent, { signal }: Pick<ShowingJob, 'signal'>, each: (step: number, soFar: () => Climbed[]) => Promise<void>): Promise<Climbed[]> {
  const { model, objective, seeds, size, param, steps, moves } = ascent;
  const picture = parametrization(param, size, model.inputShape[2] === 1);
  const path = new Path(picture, ascent);
  try {
    const records = seeds.map(() => new Record(steps, ascent.snapshots));
    const look = (step: number, scores: Float32Array, pixels: tf.Tensor4D): void => {
      let all: Float32Array | undefined;
      const row = (i: number): Float32Array => {
        all ??= pixels.dataSync() as Float32Array;
        return all.slice((i * all.length) / seeds.length, ((i + 1) * all.length) / seeds.length);
      };
      records.forEach((record, i) => record.check(step, scores[i], () => row(i)));
    };
    const standing = (step: number): void => scoped(() => {
      const pixels = path.pixels();
      look(step, scoresOf(model, objective, pixels), pixels);
    });
    let step = 0;
    for (; step < steps && !signal.aborted; step++) {
      if (moves && step % checkEvery === 0) standing(step);
      path.step(step, (scores, pixels) => {
        records.forEach((record, i) => record.saw(step, scores[i]));
        // What is not moved about is seen as it stands.
        if (!moves) look(step, scores, pixels);
      });
      await each(step + 1, () => records.map((record) => record.climbed(step + 1)));
    }
    standing(step);
    return records.map((record) => record.climbed(step));
  } finally {
    path.dispose();
    picture.dispose();
  }
}

/** The numbers of a batch on their way up. */
class Path {
  private readonly numbers: tf.Variable;
  private readonly adam?: tf.Optimizer;

  constructor(
    private readonly picture: Parametrization,
    private readonly ascent: Ascent,
  ) {
    this.numbers = tf.tidy(() => tf.variable(picture.start(ascent.seeds)));
    // Gradients of means over large maps are small: the usual epsilon would stop them.
    if (!picture.ascend) this.adam = tf.train.adam(ascent.rate, 0.9, 0.999, 1e-12);
  }

  pixels(): tf.Tensor4D {
    return this.picture.pixels(this.numbers);
  }

  /** One step up; `look` is given the scores and the pixels before it. */
  step(step: number, look: (scores: Float32Array, pixels: tf.Tensor4D) => void): void {
    const { picture, numbers, ascent, adam } = this;
    scoped(() => {
      const pixels = this.pixels();
      const { scores, grad } = slopeAt(ascent, pixels, step);
      look(scores, pixels);
      const slope = picture.back(numbers, pixels, grad);
      if (adam) adam.applyGradients({ [numbers.name]: tf.neg(slope) });
      else if (picture.ascend) numbers.assign(picture.ascend(numbers, slope, ascent.rate));
    });
  }

  dispose(): void {
    this.numbers.dispose();
    this.adam?.dispose();
  }
}

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
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`no gradient through preprocess: it must be made of differentiable TensorFlow.js operations (${why})`);
  }
}

/** What is kept of one picture. */
class Record {
  private readonly seen: Float32Array;
  private readonly checked: { step: number; score: number }[] = [];
  private readonly moments: Moment[] = [];
  private best?: Moment;

  constructor(
    private readonly steps: number,
    private readonly snapshots: number,
  ) {
    this.seen = new Float32Array(steps).fill(NaN);
  }

  saw(step: number, score: number): void {
    this.seen[step] = score;
  }

  check(step: number, score: number, pixels: () => Float32Array): void {
    this.checked.push({ step, score });
    const better = !this.best || score > this.best.score;
    // Close together at first, when most happens.
    const due = step === this.steps || step >= this.steps * (this.moments.length / (this.snapshots + 1)) ** 2;
    if (!better && !due) return;
    const moment: Moment = { step, score, pixels: pixels() };
    if (better) this.best = moment;
    if (due) this.moments.push(moment);
  }

  climbed(step: number): Climbed {
    return { best: this.best as Moment, moments: [...this.moments], seen: this.seen.subarray(0, step), checked: [...this.checked] };
  }
}
