import * as tf from '@tensorflow/tfjs';
import { oneOf } from '../check';
import type { Classifier } from '../model/classifier';
import { classIndex, probabilities, type Score, scoresOf, type Target } from '../model/target';
import type { AttributionScore, AttributionTarget } from './attribution';

/** What is explained, settled as soon as the logits are seen: the default target is the most likely class. */
export class Aim {
  readonly score: Score;
  private readonly target: number | undefined | ((logits: tf.Tensor2D) => tf.Tensor);
  private found?: { target: AttributionTarget; score: AttributionScore };

  constructor(
    private readonly model: Classifier,
    { target, score = 'logit' }: { target?: Target; score?: Score },
  ) {
    this.score = oneOf('score', score, ['logit', 'probability'] as const);
    this.target = typeof target === 'function' ? target : classIndex(target, model.head.classes, model.labels);
  }

  /** The target and its score, once the logits were seen. */
  get reached(): { target: AttributionTarget; score: AttributionScore } {
    if (!this.found) throw new Error('the logits were not read');
    return this.found;
  }

  /** The explained score of each row of logits, `[n]`. The first call's first row settles the target. */
  scores(value: tf.Tensor): tf.Tensor1D {
    return tf.tidy(() => {
      const logits = this.flat(value);
      const chosen = this.choose(logits);
      const rows = typeof chosen === 'number' ? [logits] : tf.split(logits, logits.shape[0]);
      return tf.concat(rows.map((row) => scoresOf(row as tf.Tensor2D, chosen, this.score, this.model.head.ending)));
    });
  }

  /** The gradient of the explained score with respect to the logits. */
  gradient(value: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const logits = this.flat(value);
      const chosen = this.choose(logits);
      if (typeof chosen === 'number' && this.score === 'logit') {
        // Not tf.oneHot, which refuses the one class of a binary network.
        return tf.tensor(Float32Array.from({ length: value.size }, (_, i) => (i === chosen ? 1 : 0)), value.shape);
      }
      const grad = tf.grad((each: tf.Tensor) => scoresOf(each as tf.Tensor2D, chosen, this.score, this.model.head.ending));
      return tf.reshape(grad(logits), value.shape);
    });
  }

  private flat(value: tf.Tensor): tf.Tensor2D {
    return tf.reshape(value, [-1, this.model.head.classes]);
  }

  private choose(logits: tf.Tensor2D): number | ((logits: tf.Tensor2D) => tf.Tensor) {
    const first = tf.slice(logits, [0, 0], [1, -1]);
    const { target } = this;
    if (typeof target === 'function') {
      this.found ??= { target: { index: -1, label: target.name || 'a function of the logits' }, score: { logit: scoresOf(first, target, 'logit', 'none').dataSync()[0], probability: null } };
      return target;
    }
    if (!this.found) {
      const values = first.dataSync();
      const index = target ?? argMax(values);
      const probability = probabilities(first, this.model.head.ending).dataSync()[index];
      this.found = { target: { index, label: this.model.label(index) }, score: { logit: values[index], probability } };
    }
    return this.found.target.index;
  }
}

const argMax = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
};
