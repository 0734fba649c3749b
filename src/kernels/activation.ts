import * as tf from '@tensorflow/tfjs';
import { nativeOp } from './native';
import { automatic, type Op, type Pass } from './op';
import { withRows } from './rows';
import { cellwise, type Frame } from './window';

interface Rectifier {
  forward: (x: tf.Tensor) => tf.Tensor;
  /** True where it passes its input on; read from the input, so that leaky kinds work too. */
  gate: (x: tf.Tensor) => tf.Tensor;
  /** What it multiplies the other inputs by; 0 unless told. */
  slope?: () => tf.Tensor | number;
  /** Up to where its input is below what passes; 0 unless told. What is closed above that is too large. */
  floor?: number;
  rising?: boolean;
  /** TensorFlow's own operation for its gradient: one pass over the values in place of three. */
  native?: 'ReluGrad' | 'Relu6Grad';
}

function rectifier({ forward, gate, slope, floor = 0, native, rising }: Rectifier): Op {
  const passed = (incoming: tf.Tensor, x: tf.Tensor): tf.Tensor => {
    const ready = native && nativeOp(native, [incoming, withRows(x, incoming.shape[0])]);
    if (ready) return ready;
    const open = tf.cast(gate(x), 'float32');
    return tf.mul(incoming, slope ? tf.add(open, tf.mul(tf.sub(1, open), slope())) : open);
  };
  return {
    rectifier: true,
    rising,
    forward: ([x]) => [forward(x)],
    backward: ({ inputs: [x], grads: [grad], rule }: Pass) => {
      if (rule === 'deconvnet') return [tf.relu(grad)];
      const through = passed(rule === 'guided' ? tf.relu(grad) : grad, x);
      return [rule === 'redirected' ? redirected(through, grad, x, floor) : through];
    },
  };
}

/** Of the images of which nothing passes, what pulls too low inputs up and too high ones down; of the others what passes. */
function redirected(through: tf.Tensor, grad: tf.Tensor, x: tf.Tensor, floor: number): tf.Tensor {
  const axes = through.shape.map((_, axis) => axis).slice(1);
  const alive = tf.greater(tf.sum(tf.abs(through), axes, true), 0);
  if (alive.dataSync().every(Boolean)) return through;
  // Where nothing passes nothing is open, so what is not too low is too high.
  const back = tf.where(tf.lessEqual(withRows(x, grad.shape[0]), floor), tf.relu(grad), tf.minimum(grad, 0));
  return tf.where(tf.broadcastTo(alive, grad.shape), through, back);
}

const positive = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0);

export const relu = (): Op => rectifier({ forward: tf.relu, gate: positive, native: 'ReluGrad', rising: true });

/** ReLU with a ceiling; `ceiling = 6` is ReLU6. */
export const cappedRelu = (ceiling: number): Op =>
  rectifier({
    forward: (x) => (ceiling === 6 ? tf.relu6(x) : tf.clipByValue(x, 0, ceiling)),
    gate: (x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, ceiling)),
    native: ceiling === 6 ? 'Relu6Grad' : undefined,
    rising: true,
  });

export const leakyRelu = (alpha: number): Op => rectifier({ forward: (x) => tf.leakyRelu(x, alpha), gate: positive, slope: () => alpha });

export const preluOp = (alpha: () => tf.Tensor): Op => ({
  ...rectifier({ forward: (x) => tf.prelu(x, alpha()), gate: positive, slope: alpha }),
  window: cellwise(([x], frame, input) => tf.add(tf.relu(x), tf.mul(slopesAt(frame, alpha(), input), tf.minimum(x, 0)))),
});

/** The slopes that belong to the cells of patches. */
function slopesAt({ tops, lefts, size: [rows, columns] }: Frame, alpha: tf.Tensor, [height, width]: [number, number]): tf.Tensor {
  const channels = alpha.shape[2] as number;
  if (alpha.shape[0] === 1 && alpha.shape[1] === 1) return alpha;
  const cells = tf.reshape(tf.broadcastTo(alpha, [height, width, channels]), [-1, channels]);
  const indices = Int32Array.from({ length: tops.length * rows * columns }, (_, at) => {
    const patch = Math.floor(at / (rows * columns));
    return (tops[patch] + (Math.floor(at / columns) % rows)) * width + lefts[patch] + (at % columns);
  });
  return tf.reshape(tf.gather(cells, tf.tensor1d(indices, 'int32')), [tops.length, rows, columns, channels]);
}

/** Passes on only what is above `theta`, unchanged. */
export const thresholdedRelu = (theta: number): Op => rectifier({ forward: (x) => tf.mul(x, tf.cast(tf.greater(x, theta), 'float32')), gate: (x) => tf.greater(x, theta), floor: theta });

/** An activation that TensorFlow.js differentiates by itself. */
export const smooth = (name: string, forward: (x: tf.Tensor) => tf.Tensor): Op => automatic(name, ([x]) => [forward(x)]);

/** The rectifier that a Keras name stands for; undefined for a name that only the layer itself can compute. */
export function activationByName(name: string): Op | undefined {
  if (name === 'relu') return relu();
  if (name === 'relu6') return cappedRelu(6);
  return undefined;
}
