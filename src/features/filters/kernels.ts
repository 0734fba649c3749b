import type * as tf from '@tensorflow/tfjs';
import type { Step } from '../../model/graph';

/** A layer's kernels, one for each filter on each input channel. */
export interface Kernels {
  /** `[rows, columns, inputs, filters]`; of a depthwise layer one input for each filter. */
  shape: readonly [rows: number, columns: number, inputs: number, filters: number];
  values: Float32Array;
  bias?: Float32Array;
  /** Each filter reads a channel of its own: how many filters share one. */
  multiplier?: number;
  /** What was done to the stored weights to get these. */
  note?: string;
}

type Maker = (weights: tf.Tensor[]) => Kernels | undefined;

const floats = (weight: tf.Tensor): Float32Array => weight.dataSync() as Float32Array;
const biasOf = (weight: tf.Tensor | undefined): Pick<Kernels, 'bias'> => (weight ? { bias: floats(weight) } : {});
const shapeOf = ({ shape }: tf.Tensor): Kernels['shape'] => shape as unknown as Kernels['shape'];

const makers: Record<string, Maker> = {
  Conv2D: ([kernel, bias]) => ({ shape: shapeOf(kernel), values: floats(kernel), ...biasOf(bias) }),
  Conv1D: ([kernel, bias]) => ({ shape: [1, ...kernel.shape] as unknown as Kernels['shape'], values: floats(kernel), ...biasOf(bias) }),
  Dense: ([kernel, bias]) => ({ shape: [1, 1, ...kernel.shape] as unknown as Kernels['shape'], values: floats(kernel), ...biasOf(bias) }),
  DepthwiseConv2D: ([kernel, bias]) => {
    const [rows, columns, inputs, multiplier] = shapeOf(kernel);
    return { shape: [rows, columns, 1, inputs * multiplier], values: floats(kernel), multiplier, ...biasOf(bias) };
  },
  // Its kernel is stored the other way round: outputs before inputs.
  Conv2DTranspose: ([kernel, bias]) => {
    const [rows, columns, filters, inputs] = shapeOf(kernel);
    const stored = floats(kernel);
    const values = new Float32Array(stored.length);
    for (let tap = 0; tap < rows * columns; tap++) for (let f = 0; f < filters; f++) for (let i = 0; i < inputs; i++) values[(tap * inputs + i) * filters + f] = stored[(tap * filters + f) * inputs + i];
    return { shape: [rows, columns, inputs, filters], values, ...biasOf(bias) };
  },
  // Nothing happens between its two convolutions: their kernels multiply to one.
  SeparableConv2D: ([depthwise, pointwise, bias]) => {
    const [rows, columns, inputs, multiplier] = shapeOf(depthwise);
    const filters = pointwise.shape[3] as number;
    const [deep, point] = [floats(depthwise), floats(pointwise)];
    const values = new Float32Array(rows * columns * inputs * filters);
    for (let tap = 0; tap < rows * columns; tap++) {
      for (let i = 0; i < inputs; i++) {
        for (let m = 0; m < multiplier; m++) {
          const factor = deep[(tap * inputs + i) * multiplier + m];
          for (let f = 0; f < filters; f++) values[(tap * inputs + i) * filters + f] += factor * point[(i * multiplier + m) * filters + f];
        }
      }
    }
    return { shape: [rows, columns, inputs, filters], values, note: 'depthwise and pointwise kernels multiplied out', ...biasOf(bias) };
  },
};

/** Whether a layer has kernels that are shown. */
export const hasKernels = ({ kind, fused }: Step): boolean => !fused && kind in makers;

/** The kernels of a layer; undefined for a kind without. */
export const kernelsOf = ({ kind, source }: Step): Kernels | undefined => makers[kind]?.(source.getWeights());

/** The kernels with a normalisation's factor and shift taken in: what both layers do together. */
export function folded({ shape, values, bias, ...rest }: Kernels, scale: Float32Array, shift: Float32Array): Kernels {
  const filters = shape[3];
  return {
    ...rest,
    shape,
    values: values.map((value, at) => value * scale[at % filters]),
    bias: Float32Array.from({ length: filters }, (_, filter) => (bias?.[filter] ?? 0) * scale[filter] + shift[filter]),
  };
}

/** The kernels of some of the filters. */
export function pickFilters({ shape, values, bias, ...rest }: Kernels, wanted: readonly number[]): Kernels {
  const [rows, columns, inputs, filters] = shape;
  const count = wanted.length;
  return {
    ...rest,
    shape: [rows, columns, inputs, count],
    values: Float32Array.from({ length: rows * columns * inputs * count }, (_, at) => values[Math.floor(at / count) * filters + wanted[at % count]]),
    ...(bias && { bias: Float32Array.from(wanted, (filter) => bias[filter]) }),
  };
}

/** The sum of the sizes, and the root of the sum of the squares, of each filter's weights. */
export function normsOf({ shape, values }: Pick<Kernels, 'shape' | 'values'>): { l1: Float32Array; l2: Float32Array } {
  const filters = shape[3];
  const [sizes, squares] = [new Float64Array(filters), new Float64Array(filters)];
  values.forEach((value, at) => {
    sizes[at % filters] += Math.abs(value);
    squares[at % filters] += value * value;
  });
  return { l1: Float32Array.from(sizes), l2: Float32Array.from(squares, Math.sqrt) };
}
