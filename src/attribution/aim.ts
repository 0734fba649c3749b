import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../model/classifier';
import type { Score, Target } from '../model/target';
import type { AttributionScore, AttributionTarget } from './attribution';
import { classGoal, type Goal, goalOf } from './goal';

/** What is explained for one image. The default, the most likely class, is settled when the image's own logits are seen. */
export class Aim {
  private goal?: Goal;
  private score?: AttributionScore;

  constructor(
    private readonly model: Classifier,
    target: Target | undefined,
    private readonly kind: Score,
  ) {
    if (target !== undefined) this.goal = goalOf(model, target, kind);
  }

  /** The value of the network that it reads: the logits, or a layer's output. */
  get of(): number {
    return this.goal?.of ?? this.model.head.logits;
  }

  /** The target and its score, once the image was seen. */
  get reached(): { target: AttributionTarget; score: AttributionScore } {
    if (!this.goal || !this.score) throw new Error('the image was not seen');
    return { target: this.goal.target, score: this.score };
  }

  /** Takes the value that the image itself gives, one row, and settles what is explained. */
  see(value: tf.Tensor): void {
    if (this.score) return;
    tf.tidy(() => {
      this.goal ??= classGoal(this.model, argMax(value.dataSync()), this.kind);
      this.score = this.goal.rate(value);
    });
  }

  /** The explained number of each row, `[n]`. */
  scores(value: tf.Tensor): tf.Tensor1D {
    return tf.tidy(() => this.settled.measure(value));
  }

  /** The gradient of each row's number with respect to that row. */
  seed(value: tf.Tensor): tf.Tensor {
    const { settled } = this;
    return tf.grad((each) => tf.sum(settled.measure(each)))(value);
  }

  private get settled(): Goal {
    if (!this.goal) throw new Error('the image was not seen');
    return this.goal;
  }
}

const argMax = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
};
