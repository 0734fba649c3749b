import * as tf from '@tensorflow/tfjs';
import { automatic, type Op, type Pass } from './op';

/**
 * A rectifier: `gate` is 1 where it passes its input on, `slope` what it multiplies negative inputs by.
 * The rules read the gate from the input, so that leaky kinds work too.
 */
function rectifier(forward: (x: tf.Tensor) => tf.Tensor, gate: (x: tf.Tensor) => tf.Tensor, slope?: () => tf.Tensor | number): Op {
  return {
    rectifier: true,
    forward: ([x]) => [forward(x)],
    backward: ({ inputs: [x], grads: [grad], rule }: Pass) => {
      const incoming = rule === 'standard' ? grad : tf.relu(grad);
      if (rule === 'deconvnet') return [incoming];
      const open = tf.cast(gate(x), 'float32');
      if (!slope) return [tf.mul(incoming, open)];
      return [tf.mul(incoming, tf.add(open, tf.mul(tf.sub(1, open), slope())))];
    },
  };
}

const positive = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0);

export const relu = (): Op => rectifier(tf.relu, positive);

/** ReLU with a ceiling; `ceiling = 6` is ReLU6. */
export const cappedRelu = (ceiling: number): Op =>
  rectifier(
    (x) => (ceiling === 6 ? tf.relu6(x) : tf.clipByValue(x, 0, ceiling)),
    (x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, ceiling)),
  );

export const leakyRelu = (alpha: number): Op => rectifier((x) => tf.leakyRelu(x, alpha), positive, () => alpha);

export const preluOp = (alpha: () => tf.Tensor): Op => rectifier((x) => tf.prelu(x, alpha()), positive, alpha);

/** Passes on only what is above `theta`, unchanged. */
export const thresholdedRelu = (theta: number): Op => rectifier((x) => tf.mul(x, tf.cast(tf.greater(x, theta), 'float32')), (x) => tf.greater(x, theta));

/** An activation that TensorFlow.js differentiates by itself. */
export const smooth = (name: string, forward: (x: tf.Tensor) => tf.Tensor): Op => automatic(name, ([x]) => [forward(x)]);

/** The rectifier that a Keras name stands for; undefined for a name that only the layer itself can compute. */
export function activationByName(name: string): Op | undefined {
  if (name === 'relu') return relu();
  if (name === 'relu6') return cappedRelu(6);
  return undefined;
}
