import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { ShowingJob } from '../../progress';
import { type Climbed, History } from './history';
import { type Parametrization, parametrization } from './parametrization';
import { type Ascent, scoresOf, slopeAt } from './slope';

/** Of a picture that is moved about, every so manieth step it is also looked at as it stands. */
const checkEvery = 4;

/**
 * Adam's epsilon, beside gradients of root mean square 1. With the usual one, waves that the objective hardly feels are moved as far as all others, and the picture fills with grain.
 */
const calm = 0.1;

/** Optimises a batch of pictures, and keeps the best of each. Aborted, it ends with what there is. `each`: what is told after a step. */
export async function climb(ascent: Ascent, { signal }: Pick<ShowingJob, 'signal'>, each: (step: number, soFar: () => Climbed[]) => Promise<void>): Promise<Climbed[]> {
  const { model, objective, seeds, size, param, steps, moves } = ascent;
  const picture = parametrization(param, size, model.inputShape[2] === 1);
  const path = new Path(picture, ascent);
  try {
    const records = seeds.map(() => new History(steps, ascent.snapshots));
    const look = (step: number, scores: Float32Array, pixels: tf.Tensor4D): void => {
      let all: Float32Array | undefined;
      const row = (i: number): Float32Array => {
        all ??= pixels.dataSync() as Float32Array;
        return all.slice((i * all.length) / seeds.length, ((i + 1) * all.length) / seeds.length);
      };
      records.forEach((record, i) => record.check(step, scores[i], () => row(i)));
    };
    const standing = (step: number): void =>
      scoped(() => {
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
    if (!picture.ascend) this.adam = tf.train.adam(ascent.rate, 0.9, 0.999, calm);
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
      if (adam) adam.applyGradients({ [numbers.name]: tf.neg(levelled(slope, ascent.seeds.length)) });
      else if (picture.ascend) numbers.assign(picture.ascend(numbers, slope, ascent.rate));
    });
  }

  dispose(): void {
    this.numbers.dispose();
    this.adam?.dispose();
  }
}

/** The gradient of a spectrum, each picture's brought to a root mean square of 1. */
function levelled(slope: tf.Tensor, pictures: number): tf.Tensor {
  const each = tf.reshape(slope, [slope.shape[0], pictures, -1]);
  return tf.reshape(tf.divNoNan(each, tf.sqrt(tf.mean(tf.square(each), [0, 2], true))), slope.shape);
}
