import type * as tf from '@tensorflow/tfjs';
import type { Shape } from './graph';

/** How a layer's kernel or pool moves over its input, where it has one. */
export interface SlidingFacts {
  /** Rows and columns of the kernel or of the pool. */
  kernel?: number[];
  /** By how many rows and columns it moves. */
  strides?: number[];
  /** `'same'`, `'valid'`, ...; undefined for layers that do not slide. */
  padding?: string;
  /** Distance between the cells that the kernel reads; undefined where it reads neighbours. */
  dilation?: number[];
}

/** Kernel, strides, padding and dilation as the layer was made with. */
export function slidingFacts(layer: tf.layers.Layer): SlidingFacts {
  const { kernelSize, poolSize, strides, padding, dilationRate } = layer.getConfig() as Record<string, unknown>;
  const kernel = lengths(kernelSize ?? poolSize);
  if (!kernel) return {};
  const dilation = lengths(dilationRate, kernel.length);
  return {
    kernel,
    strides: lengths(strides, kernel.length) ?? (poolSize === undefined ? kernel.map(() => 1) : kernel),
    padding: typeof padding === 'string' ? padding : undefined,
    dilation: dilation?.some((each) => each > 1) ? dilation : undefined,
  };
}

function lengths(value: unknown, axes = 2): number[] | undefined {
  if (typeof value === 'number') return Array<number>(axes).fill(value);
  return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined;
}

/** Kinds whose kernels are multiplied once for each output cell; a transposed convolution's for each input cell. */
const multiplying = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense']);
const transposed = new Set(['Conv2DTranspose', 'Conv3DTranspose']);

/** Kinds with weights that add or scale each value once, which is not counted: at inference a convolution takes it in. */
const scaling = new Set(['BatchNormalization', 'LayerNormalization', 'PReLU', 'Normalization', 'Rescaling']);

/**
 * Multiply-adds of a layer for one image: its kernel's weights, for each cell that they are applied to. Pooling, activations, merges and
 * normalisation count as 0. Undefined for another kind of layer with weights, and where a size is not known.
 */
export function multiplyAdds(layer: tf.layers.Layer, input: Shape, output: Shape): number | undefined {
  const kind = layer.getClassName();
  if (!multiplying.has(kind) && !transposed.has(kind)) return layer.weights.length === 0 || scaling.has(kind) ? 0 : undefined;
  const shape = transposed.has(kind) ? input : output;
  const channelsFirst = /first/i.test(String(layer.getConfig().dataFormat));
  const cells = channelsFirst ? shape.slice(2) : shape.slice(1, -1);
  // Biases, of one axis, are added and not multiplied.
  const kernels = layer.weights.map((weight) => weight.shape).filter(({ length }) => length > 1);
  const counted = kernels.reduce((sum, kernel) => sum + product(kernel), 0) * product(cells);
  return Number.isFinite(counted) ? counted : undefined;
}

/** NaN where a length is not known. */
const product = (lengths: Shape): number => lengths.reduce<number>((a, b) => a * (b ?? NaN), 1);
