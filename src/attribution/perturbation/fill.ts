import * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import { Image } from '../../image/image';
import { fromPixels } from '../../image/pixels';
import { scoped } from '../../kernels/scoped';
import type { Classifier, ImageInput } from '../../model/classifier';
import { pixelsOf, preprocessed, toPixels } from '../../model/preprocess';

/**
 * What stands in for what is hidden: a grey or a colour (0..255 for an image, the tensor's own units for a tensor), `'black'` (pixels of 0, for a tensor too),
 * the image's mean colour, a blurred copy of it, another image, or a tensor as the network takes it.
 */
export type Fill = number | [number, number, number] | 'black' | 'mean' | 'blur' | Image | tf.Tensor;

/** The preprocessed input with everything hidden: windows of it are copied over the image. Flat, `[height, width, channels]`. */
export function fillOf(fill: Fill, model: Classifier, input: ImageInput, x: tf.Tensor4D, image: Image, name = 'fill'): Float32Array {
  if (fill instanceof Image || fill instanceof tf.Tensor) return given(fill, model, name);
  return tf.tidy(() => {
    const values = inPixels(fill, input) ? preprocessed(filled(fill, toPixels(image), name), model.preprocess, model.inputShape[2]) : filled(fill, x, name);
    return values.dataSync() as Float32Array;
  });
}

/** The same as it is seen: the picture of which windows hide the image. */
export function coverOf(fill: Fill, model: Classifier, input: ImageInput, x: tf.Tensor4D, image: Image): Image {
  const { width, height } = image;
  if (fill instanceof Image) return fill.fitTo(height, width);
  return scoped(() => {
    if (fill instanceof tf.Tensor) return pixelsOf(fill as tf.Tensor4D, model.preprocess, x);
    if (!inPixels(fill, input)) return pixelsOf(filled(fill, x, 'fill'), model.preprocess, x);
    const { data } = fromPixels({ width, height, data: filled(fill, toPixels(image), 'fill').dataSync() });
    return new Image(width, height, data, 'fill');
  });
}

/** Whether the fill is told as pixels of the image, and preprocessed as they are. */
const inPixels = (fill: Fill, input: ImageInput): boolean => input instanceof Image || fill === 'black';

/** The same for the record of the options; 0 is black in an image, and a number like any other in a tensor. */
export function fillName(fill: Fill, input: ImageInput): Exclude<Fill, Image | tf.Tensor> | string {
  if (fill instanceof Image) return `the image ${fill.name}`;
  if (fill instanceof tf.Tensor) return 'the given tensor';
  return fill === 0 && input instanceof Image ? 'black' : fill;
}

function given(fill: Image | tf.Tensor, model: Classifier, name: string): Float32Array {
  let x: tf.Tensor4D;
  try {
    ({ x } = model.prepare(fill as ImageInput));
  } catch (error) {
    throw new RangeError(`${name}: ${(error as Error).message}`);
  }
  try {
    return x.dataSync() as Float32Array;
  } finally {
    x.dispose();
  }
}

function filled(fill: Exclude<Fill, Image | tf.Tensor>, x: tf.Tensor4D, name: string): tf.Tensor4D {
  if (fill === 'black') return tf.zerosLike(x);
  if (fill === 'mean') return tf.add(tf.zerosLike(x), tf.mean(x, [1, 2], true));
  if (fill === 'blur') return blurred(x, Math.max(x.shape[1], x.shape[2]) / 16);
  const values = Array.isArray(fill) ? fill : [fill];
  const channels = x.shape[3];
  const fits = values.every((value) => typeof value === 'number' && Number.isFinite(value)) && (!Array.isArray(fill) || values.length === channels);
  if (!fits) throw new RangeError(`${name} must be a number,${channels > 1 ? ` ${channels} numbers,` : ''} 'black', 'mean', 'blur', an image or a tensor, got ${shown(fill)}`);
  return tf.add(tf.zerosLike(x), tf.tensor(values));
}

/** A Gaussian blur whose edges are averaged over what there is. */
function blurred(x: tf.Tensor4D, sigma: number): tf.Tensor4D {
  const radius = Math.ceil(2 * sigma);
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const channels = x.shape[3];
  const along = (each: tf.Tensor4D, shape: [number, number]): tf.Tensor4D => {
    const kernel = tf.tile(tf.reshape(tf.tensor1d(bell), [...shape, 1, 1]), [1, 1, channels, 1]) as tf.Tensor4D;
    return tf.depthwiseConv2d(each, kernel, 1, 'same');
  };
  const both = (each: tf.Tensor4D): tf.Tensor4D => along(along(each, [bell.length, 1]), [1, bell.length]);
  return tf.div(both(x), both(tf.onesLike(x)));
}
