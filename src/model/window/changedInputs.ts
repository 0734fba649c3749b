import * as tf from '@tensorflow/tfjs';
import type { Frame } from '../../kernels/window';
import type { Rectangle } from './spans';
import type { MapSize } from './steps';

/** The patches of the input at `frame`, each with its rectangle taken from `hidden`. */
export function changedInputs(clean: Float32Array, hidden: Float32Array, [, width, channels]: MapSize, windows: readonly Rectangle[], { tops, lefts, size }: Frame): tf.Tensor4D {
  const [rows, columns] = size;
  const patches = new Float32Array(windows.length * rows * columns * channels);
  windows.forEach(({ top, left, bottom, right }, i) => {
    const copy = (source: Float32Array, row: number, from: number, to: number): void => {
      const start = (row * width + from) * channels;
      patches.set(source.subarray(start, start + (to - from) * channels), ((i * rows + row - tops[i]) * columns + from - lefts[i]) * channels);
    };
    for (let row = tops[i]; row < tops[i] + rows; row++) copy(clean, row, lefts[i], lefts[i] + columns);
    for (let row = top; row < bottom; row++) copy(hidden, row, left, right);
  });
  return tf.tensor4d(patches, [windows.length, rows, columns, channels]);
}
