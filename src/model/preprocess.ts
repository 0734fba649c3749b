import * as tf from '@tensorflow/tfjs';
import { oneOf } from '../check';
import { Image } from '../image/image';

/**
 * How pixels (RGB, 0..255) become the network's input: `'caffe'` BGR minus the ImageNet mean (VGG, ResNet v1), `'tf'` -1..1
 * (MobileNet, Inception), `'torch'` 0..1 minus the mean over the deviation (PyTorch's models), `'lite'` (x - 127) / 128
 * (EfficientNet-lite), `'0-1'` x / 255, `'none'` the pixels as they are, or a function of one `[height, width, 3]` tensor.
 */
export type Preprocess = PreprocessName | ((pixels: tf.Tensor3D) => tf.Tensor3D);
/** The kinds of preprocessing that have a name. */
export type PreprocessName = 'caffe' | 'tf' | 'torch' | 'lite' | '0-1' | 'none';

/** For each channel of the network's input: (pixel - offset) / scale, the channels taken from RGB in this order. */
interface Affine {
  offset: [number, number, number];
  scale: [number, number, number];
  bgr?: boolean;
}

const affine: Record<PreprocessName, Affine> = {
  caffe: { offset: [103.939, 116.779, 123.68], scale: [1, 1, 1], bgr: true },
  tf: { offset: [127.5, 127.5, 127.5], scale: [127.5, 127.5, 127.5] },
  torch: { offset: [123.675, 116.28, 103.53], scale: [58.395, 57.12, 57.375] },
  lite: { offset: [127, 127, 127], scale: [128, 128, 128] },
  '0-1': { offset: [0, 0, 0], scale: [255, 255, 255] },
  none: { offset: [0, 0, 0], scale: [1, 1, 1] },
};

const preprocessNames = Object.keys(affine) as PreprocessName[];

export function checkPreprocess(preprocess: unknown): Preprocess {
  if (typeof preprocess === 'function') return preprocess as Preprocess;
  return oneOf('preprocess', preprocess, preprocessNames);
}

/** Pixels `[n, h, w, 3]` (RGB, 0..255) as the network's input `[n, h, w, channels]`. A network with one channel is given the luminance. */
export function preprocessed(pixels: tf.Tensor4D, preprocess: Preprocess, channels: number): tf.Tensor4D {
  return tf.tidy(() => {
    if (typeof preprocess === 'function') return applied(pixels, preprocess);
    const { offset, scale, bgr } = affine[preprocess];
    const ordered = bgr ? tf.reverse(pixels, 3) : pixels;
    if (channels !== 1) return tf.div(tf.sub(ordered, offset), scale);
    const grey = tf.sum(tf.mul(pixels, [0.299, 0.587, 0.114]), 3, true);
    return tf.div(tf.sub(grey, mean(offset)), mean(scale)) as tf.Tensor4D;
  });
}

function applied(pixels: tf.Tensor4D, preprocess: (pixels: tf.Tensor3D) => tf.Tensor3D): tf.Tensor4D {
  // TensorFlow.js cannot differentiate an unstack of one.
  const each = pixels.shape[0] === 1 ? [tf.reshape(pixels, pixels.shape.slice(1))] : tf.unstack(pixels);
  const outputs = each.map((one) => preprocess(one as tf.Tensor3D));
  if (outputs.some((one) => one?.rank !== 3)) throw new TypeError('preprocess must return a tensor [height, width, channels]');
  return tf.stack(outputs) as tf.Tensor4D;
}

/**
 * The picture behind a preprocessed input `[1, h, w, c]`: the preprocessing undone, or, where that is a function, scaled to 0..255.
 * `like`: the input whose range is black to white there, so that two pictures have one scale.
 */
export function pixelsOf(input: tf.Tensor4D, preprocess: Preprocess, like = input): Image {
  const [, height, width, channels] = input.shape;
  const values = input.dataSync();
  const known = like === input ? values : like.dataSync();
  const undo = typeof preprocess === 'function' || (preprocess === 'none' && !looksLikePixels(known)) ? byRange(known) : undefined;
  const { offset, scale, bgr } = affine[typeof preprocess === 'function' ? 'none' : preprocess];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const from = channels < 3 ? 0 : bgr ? 2 - c : c;
      const value = values[i * channels + from];
      pixels[i * 4 + c] = undo ? undo(value) : value * (channels < 3 ? mean(scale) : scale[from]) + (channels < 3 ? mean(offset) : offset[from]);
    }
    pixels[i * 4 + 3] = 255;
  }
  return new Image(width, height, pixels, 'tensor');
}

const looksLikePixels = (values: ArrayLike<number>): boolean => {
  const [low, high] = extent(values);
  return low >= 0 && high <= 255 && high > 1.5;
};

function byRange(values: ArrayLike<number>): (value: number) => number {
  const [low, high] = extent(values);
  const span = high - low || 1;
  return (value) => ((value - low) / span) * 255;
}

function extent(values: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return [low, high];
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** An image as pixels `[1, h, w, 3]`, 0..255. */
export function toPixels({ width, height, data }: Image): tf.Tensor4D {
  const rgb = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from];
    rgb[to++] = data[from + 1];
    rgb[to++] = data[from + 2];
  }
  return tf.tensor4d(rgb, [1, height, width, 3]);
}
