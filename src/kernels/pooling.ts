import * as tf from '@tensorflow/tfjs';
import { type Op, unary } from './op';
import { shapeFor, withRows } from './rows';
import { type Frame, sliding } from './window';

export interface PoolSettings {
  size: [number, number];
  strides: [number, number];
  padding: 'same' | 'valid';
}

export function maxPool(settings: PoolSettings): Op {
  const { size, strides, padding } = settings;
  return {
    largest: size.every((length, i) => length <= strides[i]) ? 'apart' : 'overlapping',
    forward: ([x]) => [tf.maxPool(x as tf.Tensor4D, size, strides, padding)],
    backward: ({ inputs: [x], outputs: [y], grads: [grad], rule }) => {
      // Rectified values, which are 0 in whole windows, come here with the deconvnet rule only: see rectifyLater.
      const quick = rule === 'deconvnet' ? undefined : selected(grad, x, y, settings);
      return [quick ?? maxPoolGradient(grad, withRows(x, grad.shape[0]), withRows(y, grad.shape[0]), settings)];
    },
    window: sliding({ kernel: () => size, strides, padding }, {
      outside: 'lowest',
      work: (channels) => size[0] * size[1] * channels,
      apply: ([patches]) => tf.maxPool(patches, size, strides, 'valid'),
    }),
  };
}

export function averagePool(settings: PoolSettings): Op {
  const { size, strides, padding } = settings;
  return unary(
    (x) => tf.avgPool(x as tf.Tensor4D, size, strides, padding),
    (grad, x, y) =>
      tf.getBackend() === 'tensorflow'
        ? (tf.engine().runKernel('AvgPoolGrad', { dy: grad, input: withRows(x, grad.shape[0]) }, { filterSize: size, strides, pad: padding }) as tf.Tensor)
        : averagePoolGradient(grad, x, y, settings),
    {
      window: sliding({ kernel: () => size, strides, padding }, {
        outside: 'zeros',
        work: (channels) => size[0] * size[1] * channels,
        apply: ([patches], frame, input) => tf.mul(tf.avgPool(patches, size, strides, 'valid'), overInside(settings, frame, input)),
      }),
    },
  );
}

/** What turns a mean over whole windows into the mean over their cells inside the image: `[n, rows, columns, 1]`. */
function overInside({ size, strides }: PoolSettings, { tops, lefts, size: [rows, columns] }: Frame, [height, width]: [number, number]): tf.Tensor {
  const along = (starts: Int32Array, cells: number, axis: 0 | 1, limit: number): number[][] =>
    Array.from(starts, (start) => {
      const inside = (first: number): number => Math.min(limit, first + size[axis]) - Math.max(0, first);
      return Array.from({ length: Math.floor((cells - size[axis]) / strides[axis]) + 1 }, (_, i) => size[axis] / inside(start + i * strides[axis]));
    });
  const down = along(tops, rows, 0, height);
  const across = along(lefts, columns, 1, width);
  return tf.mul(tf.reshape(tf.tensor2d(down), [tops.length, -1, 1, 1]), tf.reshape(tf.tensor2d(across), [tops.length, 1, -1, 1]));
}

export function globalAveragePool(keepDims: boolean): Op {
  return unary(
    (x) => tf.mean(x, [1, 2], keepDims),
    (grad, x) => {
      const [n, h, w, c] = shapeFor(grad, x);
      return tf.tile(tf.reshape(tf.div(grad, h * w), [n, 1, 1, c]), [1, h, w, 1]);
    },
  );
}

/** Whether the windows neither overlap nor stick out. */
const tiled = ({ size, strides }: PoolSettings, shape: number[]): boolean => size.every((length, i) => length === strides[i] && shape[i + 1] % length === 0);

/** The gradient where the input is its window's maximum: a few plain passes, right where no window has two of them; else undefined. */
function selected(grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor, settings: PoolSettings): tf.Tensor | undefined {
  // Up to 3 the nearest neighbour's place is exact in floats.
  if (!tiled(settings, x.shape) || Math.max(...settings.size) > 3) return undefined;
  const [, height, width] = x.shape as number[];
  const enlarged = (value: tf.Tensor): tf.Tensor => tf.image.resizeNearestNeighbor(value as tf.Tensor4D, [height, width]);
  const chosen = tf.cast(tf.equal(x, enlarged(y)), 'float32');
  return tf.sum(chosen).dataSync()[0] === y.size ? tf.mul(enlarged(grad), chosen) : undefined;
}

/** The gradient goes to the first maximum of each window. */
function maxPoolGradient(grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor, settings: PoolSettings): tf.Tensor {
  if (tf.getBackend() === 'wasm') return firstMaximum(grad, x, y, settings);
  // TensorFlow shares its work out by images; where windows do not overlap, each row of windows can pass for one.
  const [n, rows] = y.shape;
  const cut = (value: tf.Tensor): tf.Tensor => (tiled(settings, x.shape) ? tf.reshape(value, [n * rows, -1, ...value.shape.slice(2)]) : value);
  const { size: filterSize, strides, padding: pad } = settings;
  return tf.reshape(tf.engine().runKernel('MaxPoolGrad', { dy: cut(grad), input: cut(x), output: cut(y) }, { filterSize, strides, pad }) as tf.Tensor, x.shape);
}

/** wasm's own kernel sends the gradient to the first cell where no value is above 0. */
function firstMaximum(grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor, settings: PoolSettings): tf.Tensor {
  const values = x.dataSync();
  return scattered(grad, x, y, settings, (cells, value, out) => {
    let best = cells[0];
    for (const cell of cells) if (values[cell] > values[best]) best = cell;
    out[best] += value;
  });
}

/** The gradient is shared by the cells that a window has inside the image. The cpu and wasm kernels count the padding too, unlike their forward pass. */
const averagePoolGradient = (grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor, settings: PoolSettings): tf.Tensor =>
  scattered(grad, x, y, settings, (cells, value, out) => {
    for (const cell of cells) out[cell] += value / cells.length;
  });

/** Sends the gradient of each output cell to the input cells of its window, as `share` decides. */
function scattered(grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor, { size, strides, padding }: PoolSettings, share: (cells: number[], value: number, out: Float32Array) => void): tf.Tensor {
  const [n, height, width, channels] = shapeFor(grad, x);
  const [, rows, columns] = y.shape;
  const top = offset(height, rows, size[0], strides[0], padding);
  const left = offset(width, columns, size[1], strides[1], padding);
  const grads = grad.dataSync();
  const out = new Float32Array(n * height * width * channels);
  for (let at = 0, i = 0; i < n; i++) {
    for (let row = 0; row < rows; row++) {
      const [y0, y1] = span(row * strides[0] - top, size[0], height);
      for (let column = 0; column < columns; column++) {
        const [x0, x1] = span(column * strides[1] - left, size[1], width);
        const cells: number[] = [];
        for (let yy = y0; yy < y1; yy++) for (let xx = x0; xx < x1; xx++) cells.push(((i * height + yy) * width + xx) * channels);
        for (let c = 0; c < channels; c++, at++) {
          share(cells, grads[at], out);
          for (let k = 0; k < cells.length; k++) cells[k]++;
        }
      }
    }
  }
  return tf.tensor(out, [n, height, width, channels]);
}

const offset = (size: number, cells: number, window: number, stride: number, padding: 'same' | 'valid'): number =>
  padding === 'same' ? Math.max(0, (cells - 1) * stride + window - size) >> 1 : 0;

const span = (start: number, length: number, limit: number): [number, number] => [Math.max(0, start), Math.min(limit, start + length)];
