import type * as tf from '@tensorflow/tfjs';

/** How an op moves over one axis: output cell `o` reads `reach` input cells from `o * stride - before` on. */
export interface Slide {
  reach: number;
  stride: number;
  before: number;
}

/** Where patches of one size lie in their maps: the first row and column of each; they may stand over the edge. */
export interface Frame {
  tops: Int32Array;
  lefts: Int32Array;
  size: [number, number];
}

/** Lets an op compute a part of its output map from a part of its input map. */
export interface WindowRule {
  /** How it moves over rows and columns of an input of this size. */
  slides(input: [number, number]): [Slide, Slide];
  /** What it reads outside the map. */
  outside: 'zeros' | 'lowest';
  /** Multiplications for one output cell with all its channels. */
  work(channels: number): number;
  /** The same computation on patches `[n, rows, columns, channels]` that need no padding any more; `frame` tells where they lie in the input map. */
  apply(patches: tf.Tensor4D[], frame: Frame, input: [number, number]): tf.Tensor;
  /** Of a convolution without stride: how its output changes with its input, which has these zeros around it. */
  spread?(changes: tf.Tensor4D, zeros: Pads): tf.Tensor4D;
}

/** `[top, bottom]`, `[left, right]`. */
export type Pads = [[number, number], [number, number]];

const still: Slide = { reach: 1, stride: 1, before: 0 };

/** An op that looks at each cell alone. */
export const cellwise = (apply: WindowRule['apply']): WindowRule => ({ slides: () => [still, still], outside: 'zeros', work: () => 0, apply });

export interface Sliding {
  kernel: () => readonly number[];
  strides: [number, number];
  padding: 'same' | 'valid';
  dilations?: [number, number];
}

/** An op whose kernel slides over the map, as convolutions and pools do. */
export function sliding({ kernel, strides, padding, dilations = [1, 1] }: Sliding, rule: Omit<WindowRule, 'slides'>): WindowRule {
  const along = (axis: 0 | 1, size: number): Slide => {
    const reach = (kernel()[axis] - 1) * dilations[axis] + 1;
    const stride = strides[axis];
    const missing = padding === 'same' ? (Math.ceil(size / stride) - 1) * stride + reach - size : 0;
    return { reach, stride, before: Math.max(0, missing) >> 1 };
  };
  return { slides: ([height, width]) => [along(0, height), along(1, width)], ...rule };
}
