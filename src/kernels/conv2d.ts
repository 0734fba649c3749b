import * as tf from '@tensorflow/tfjs';
import type { Derived } from './derived';
import { type Affine, type Op, unary } from './op';
import { shapeFor } from './rows';
import { type Pads, sliding, type WindowRule } from './window';

export interface ConvSettings {
  strides: [number, number];
  padding: 'same' | 'valid';
  dilations: [number, number];
}

/** The weights of a convolution, or what was made of them, and what else can be. */
export interface ConvWeights {
  kernel: () => tf.Tensor4D;
  bias: () => tf.Tensor | undefined;
  derived: Derived;
  /** Whose weights they are, for `derived`. */
  owner: object;
  /** Works out what the two above come from. */
  prepare?: () => void;
}

/** A 2-D convolution (`[kernel, kernel, in, out]`) whose gradient costs another convolution. */
export function conv2d(weights: ConvWeights, settings: ConvSettings): Op {
  const { kernel, bias, derived, owner } = weights;
  const { strides, padding: pad, dilations } = settings;
  const turn = (): tf.Tensor[] => [turned(kernel())];
  return {
    ...unary(
      (x) => tf.fused.conv2d({ x: x as tf.Tensor4D, filter: kernel(), strides, pad, dilations, bias: bias() }),
      (grad, x) => {
        const back = derived.peek(owner, 'turned', [kernel()], turn)[0] as tf.Tensor4D;
        // What 'same' pads with is what the way back needs, unless it differs from side to side.
        if (pad === 'same' && strides.every((stride) => stride === 1) && back.shape.slice(0, 2).every((size, i) => ((size - 1) * dilations[i]) % 2 === 0)) {
          return tf.conv2d(grad as tf.Tensor4D, back, 1, 'same', 'NHWC', dilations);
        }
        return tf.conv2d(spread(grad as tf.Tensor4D, x.shape, kernel().shape, settings), back, 1, 'valid', 'NHWC', dilations);
      },
    ),
    absorb: (affine) => conv2d(absorbed(weights, affine, (w, scale) => tf.mul(w, scale)), settings),
    window: {
      ...windowOf(conv2d, weights, settings),
      spread: strides.some((stride) => stride > 1) ? undefined : (changes, [rows, columns]) => tf.conv2d(changes, kernel(), 1, [[0, 0], rows, columns, [0, 0]], 'NHWC', dilations),
    },
    prepare: () => {
      weights.prepare?.();
      derived.of(owner, 'turned', [kernel()], turn);
    },
  };
}

/** A kernel and a bias with a normalisation's factor and shift taken in. */
function absorbed({ kernel, bias, derived }: ConvWeights, affine: Affine, scaled: (w: tf.Tensor4D, scale: tf.Tensor) => tf.Tensor): ConvWeights {
  const make = (): tf.Tensor[] => {
    const b = bias();
    const scale = affine.scale();
    return [scaled(kernel(), scale), b ? tf.add(tf.mul(b, scale), affine.shift()) : affine.shift()];
  };
  const both = (): tf.Tensor[] => derived.of(affine, 'absorbed', [kernel(), ...(bias() ? [bias() as tf.Tensor] : []), ...affine.weights()], make);
  return { kernel: () => both()[0] as tf.Tensor4D, bias: () => both()[1], derived, owner: affine, prepare: both };
}

/** A depthwise convolution (`[kernel, kernel, channels, multiplier]`). wasm has no gradient of its own for it. */
export function depthwiseConv2d(weights: ConvWeights, settings: ConvSettings): Op {
  const { kernel, bias, prepare } = weights;
  const { strides, padding, dilations } = settings;
  const dense = (): tf.Tensor4D => opened(kernel(), dilations);
  return {
    ...unary(
      (x) => tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter: dense(), strides, pad: padding, bias: bias() }),
      (grad, x) => {
        const w = dense();
        const [kh, kw, channels, multiplier] = w.shape;
        const ready = spread(grad as tf.Tensor4D, x.shape, w.shape, { strides, padding, dilations: [1, 1] });
        const reversed = tf.reshape(tf.reverse(w, [0, 1]), [kh, kw, channels * multiplier, 1]) as tf.Tensor4D;
        const dx = tf.depthwiseConv2d(ready, reversed, 1, 'valid');
        return multiplier === 1 ? dx : tf.reshape(tf.sum(tf.reshape(dx, [-1, channels, multiplier]), 2), shapeFor(grad, x));
      },
    ),
    absorb: (affine) => depthwiseConv2d(absorbed(weights, affine, (w, scale) => tf.mul(w, tf.reshape(scale, w.shape.slice(2)))), settings),
    window: windowOf(depthwiseConv2d, weights, settings),
    prepare,
  };
}

/** On patches that bring their own surroundings, the same convolution without padding. */
const windowOf = (make: typeof conv2d, weights: ConvWeights, settings: ConvSettings): WindowRule =>
  sliding({ ...settings, kernel: () => weights.kernel().shape }, {
    outside: 'zeros',
    work: () => weights.kernel().size,
    apply: (patches) => make(weights, { ...settings, padding: 'valid' }).forward(patches)[0],
  });

/** A dilated kernel as an ordinary one with zeros in it: TensorFlow's cpu library refuses dilated depthwise convolutions. */
function opened(w: tf.Tensor4D, dilations: [number, number]): tf.Tensor4D {
  if (dilations.every((dilation) => dilation === 1)) return w;
  const [kh, kw, channels, multiplier] = w.shape;
  const wide = zeroed(zeroed(tf.reshape(w, [1, kh, kw, channels * multiplier]) as tf.Tensor4D, 1, dilations[0]), 2, dilations[1]);
  return tf.reshape(wide, [wide.shape[1], wide.shape[2], channels, multiplier]);
}

/** The kernel turned by half a turn with its channels exchanged: convolving with it sends a gradient back. */
function turned(w: tf.Tensor4D): tf.Tensor4D {
  if (tf.getBackend() !== 'wasm') return tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]);
  // wasm's 4-D transpose takes five times as long as the convolution it is for.
  const [kh, kw, inputs, outputs] = w.shape;
  const from = w.dataSync();
  const to = new Float32Array(from.length);
  const cell = inputs * outputs;
  for (let k = 0; k < kh * kw; k++) {
    const source = (kh * kw - 1 - k) * cell;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) to[k * cell + o * inputs + i] = from[source + i * outputs + o];
    }
  }
  return tf.tensor4d(to, [kh, kw, outputs, inputs]);
}

/** Zeros between the cells of the gradient for the stride, and around it so that a `valid` convolution gives the input's size. */
function spread(grad: tf.Tensor4D, input: number[], kernel: number[], settings: ConvSettings): tf.Tensor4D {
  const [, height, width] = input;
  const [, rows, columns] = grad.shape;
  const [top, bottom] = pads(height, rows, kernel[0], settings.strides[0], settings.dilations[0], settings.padding);
  const [left, right] = pads(width, columns, kernel[1], settings.strides[1], settings.dilations[1], settings.padding);
  return padded(zeroed(zeroed(grad, 1, settings.strides[0]), 2, settings.strides[1]), [[top, bottom], [left, right]]);
}

function pads(size: number, cells: number, kernel: number, stride: number, dilation: number, padding: 'same' | 'valid'): [number, number] {
  const reach = (kernel - 1) * dilation;
  const covered = (cells - 1) * stride + 1;
  const forward = padding === 'same' ? Math.max(0, covered + reach - size) >> 1 : 0;
  const before = reach - forward;
  return [before, size - covered - before + reach];
}

/** `stride - 1` zeros between neighbours along an axis. */
function zeroed(x: tf.Tensor4D, axis: 1 | 2, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const [n, h, w, c] = x.shape;
  const before = axis === 1 ? n * h : n * h * w;
  const after = axis === 1 ? w * c : c;
  const wide = tf.pad(tf.reshape(x, [before, 1, after]), [[0, 0], [0, stride - 1], [0, 0]]);
  const shape: [number, number, number, number] = axis === 1 ? [n, h * stride, w, c] : [n, h, w * stride, c];
  const size = [...shape] as [number, number, number, number];
  size[axis] -= stride - 1;
  return tf.slice(tf.reshape(wide, shape) as tf.Tensor4D, [0, 0, 0, 0], size);
}

function padded(x: tf.Tensor4D, [rows, columns]: Pads): tf.Tensor4D {
  return [...rows, ...columns].every((pad) => pad === 0) ? x : (tf.pad(x, [[0, 0], rows, columns, [0, 0]]) as tf.Tensor4D);
}
