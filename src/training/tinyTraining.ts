import * as tf from '@tensorflow/tfjs';
import type { Job } from '../progress';
import type { SceneClass } from '../scenes/glyphs';
import { paintScene } from '../scenes/paintScene';
import { type Batch, batchOf } from './batch';
import { Descent, type Forward, measure } from './descent';
import { rateAt } from './schedule';
import { tinySize } from './tinyNet';

/** What an epoch came to; `val_`: on scenes that are never trained on. */
export interface EpochLog {
  loss: number;
  accuracy: number;
  val_loss: number;
  val_accuracy: number;
}

export interface TinyPlan {
  classes: readonly SceneClass[];
  epochs: number;
  /** Scenes in an epoch, all of them new. */
  scenes: number;
  batchSize: number;
  learningRate: number;
  seed: number;
}

/** How large things are in these small scenes. */
export const tinyThings = [0.5, 0.9] as const;

const held = 200;
const warmUp = 20;

/** The scene of that number, as the net is trained on it. */
export const tinyScene = ({ classes, seed }: Pick<TinyPlan, 'classes' | 'seed'>, index: number) => paintScene({ seed, index, size: tinySize, classes, two: 0, things: tinyThings, mark: false });

/** Scenes of these numbers are never trained on. */
const apart = 2 ** 31;
export const heldScene = (plan: Pick<TinyPlan, 'classes' | 'seed'>, index: number) => tinyScene(plan, apart + index);

/** Trains by the plan, epoch after epoch, and tells each one. Ends early when the job is aborted; what was learnt by then stays. */
export async function tinyTraining(model: tf.LayersModel, plan: TinyPlan, job: Job, onEpoch: (log: EpochLog) => Promise<void>): Promise<void> {
  const trunk = tf.model({ inputs: model.inputs, outputs: model.getLayer('predictions').output as tf.SymbolicTensor });
  const forward: Forward = (x) => trunk.apply(x, { training: true }) as tf.Tensor2D;
  const batch = (scene: typeof tinyScene, from: number, count: number): Batch => batchOf(Array.from({ length: count }, (_, at) => scene(plan, from + at)), plan.classes, 'tf');
  const descent = new Descent(forward, model.trainableWeights.map((weight) => weight.read() as tf.Variable));
  const validation = batch(heldScene, 0, held);
  const perEpoch = Math.ceil(plan.scenes / plan.batchSize);
  try {
    for (let epoch = 0; epoch < plan.epochs; epoch++) {
      const sums = { loss: 0, accuracy: 0 };
      for (let at = 0; at < perEpoch; at++) {
        const step = epoch * perEpoch + at;
        const next = batch(tinyScene, step * plan.batchSize, plan.batchSize);
        const { loss, accuracy } = descent.step(next, rateAt(step, plan.epochs * perEpoch, plan.learningRate, warmUp));
        tf.dispose([next.x, next.y]);
        sums.loss += loss;
        sums.accuracy += accuracy;
        await job.advance((step + 1) * plan.batchSize);
        if (job.signal.aborted) return;
      }
      const { loss, accuracy } = measure(forward, validation);
      await onEpoch({ loss: sums.loss / perEpoch, accuracy: sums.accuracy / perEpoch, val_loss: loss, val_accuracy: accuracy });
    }
  } finally {
    descent.dispose();
    tf.dispose([validation.x, validation.y]);
  }
}
