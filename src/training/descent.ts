import * as tf from '@tensorflow/tfjs';
import '../kernels/filterGradient';
import type { Batch } from './batch';

/** What a step came to. */
export interface StepResult {
  /** Cross-entropy, mean over the batch. */
  loss: number;
  /** The share of images whose likeliest class is seen in them. */
  accuracy: number;
}

/** Gives the logits of a batch. */
export type Forward = (x: tf.Tensor4D) => tf.Tensor2D;

/** Goes down the gradient of the cross-entropy by Adam (Kingma and Ba 2015), a batch at a time. */
export class Descent {
  private readonly optimizer = tf.train.adam(0) as tf.AdamOptimizer & { learningRate: number };

  constructor(
    private readonly forward: Forward,
    private readonly variables: tf.Variable[],
  ) {}

  step({ x, y }: Batch, learningRate: number): StepResult {
    this.optimizer.learningRate = learningRate;
    let logits!: tf.Tensor2D;
    const { value, grads } = tf.variableGrads(() => {
      logits = tf.keep(this.forward(x));
      return tf.losses.softmaxCrossEntropy(y, logits) as tf.Scalar;
    }, this.variables);
    try {
      this.optimizer.applyGradients(grads as Record<string, tf.Variable>);
      return { loss: value.dataSync()[0], accuracy: shareRight(logits, y) };
    } finally {
      tf.dispose([value, logits, grads]);
    }
  }

  dispose(): void {
    this.optimizer.dispose();
  }
}

/** How well a network does on a batch, without learning from it. */
export function measure(forward: Forward, { x, y }: Batch): StepResult {
  return tf.tidy(() => {
    const logits = forward(x);
    return { loss: tf.losses.softmaxCrossEntropy(y, logits).dataSync()[0], accuracy: shareRight(logits, y) };
  }) as StepResult;
}

function shareRight(logits: tf.Tensor2D, y: tf.Tensor2D): number {
  const classes = logits.shape[1];
  const [scores, shares] = [logits.dataSync(), y.dataSync()];
  let right = 0;
  for (let row = 0; row < scores.length; row += classes) {
    const own = scores.subarray(row, row + classes);
    right += Number(shares[row + own.indexOf(Math.max(...own))] > 0);
  }
  return right / logits.shape[0];
}
