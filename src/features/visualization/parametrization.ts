import type * as tf from '@tensorflow/tfjs';
import { fourierPicture } from './fourierPicture';
import { macoPicture } from './macoPicture';
import { pixelPicture } from './pixelPicture';

/**
 * What the optimiser changes. `'fourier'`: the spectrum of the picture in uncorrelated colours, its fine frequencies weighted down (Olah et al. 2017); `'pixel'`: the pixels
 * themselves, by plain gradient ascent; `'maco'`: the phases of the spectrum, its magnitudes those of photographs (Fel et al. 2023).
 */
export type Param = 'fourier' | 'pixel' | 'maco';
export const params: readonly Param[] = ['fourier', 'pixel', 'maco'];

/** The height and width of a picture. */
export type Size = readonly [height: number, width: number];

/** Pictures as functions of the numbers that are optimised. */
export interface Parametrization {
  /** The numbers that one picture starts from for each of these seeds, in one tensor. */
  start(seeds: readonly number[]): tf.Tensor;
  /** `[images, height, width, 3]`, 0..255. */
  pixels(numbers: tf.Tensor): tf.Tensor4D;
  /** The gradient with respect to the numbers, from that with respect to the pixels. */
  back(numbers: tf.Tensor, pixels: tf.Tensor4D, grad: tf.Tensor4D): tf.Tensor;
  /** The numbers after a step of plain gradient ascent, where that is the method; Adam's unless given. */
  ascend?(numbers: tf.Tensor, grad: tf.Tensor, rate: number): tf.Tensor;
  dispose(): void;
}

/** Pictures of a size; `grey` for a network that sees no colours. */
export function parametrization(param: Param, size: Size, grey: boolean): Parametrization {
  if (param === 'pixel') return pixelPicture(size, grey);
  return param === 'maco' ? macoPicture(size, grey) : fourierPicture(size, grey);
}
