import * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import { Image } from '../../image/image';
import { preprocessed } from '../../model/preprocess';
import type { Subject } from '../method';
import { type Fill, fillOf } from '../perturbation/fill';

/**
 * An image without what is to be explained: a grey or a colour (0..255 for an image, the tensor's own units for a tensor), `'black'` (pixels of 0, through the
 * model's preprocessing), `'mean'` (the image's mean colour), `'blur'` (a blurred copy), another image, or a preprocessed tensor.
 */
export type Baseline = Fill | 'black' | Image | tf.Tensor4D;

/** A baseline as the network takes it: flat, `[height, width, channels]`. */
export interface Start {
  values: Float32Array;
  /** As the caption tells it. */
  told: string;
}

/** A list is several baselines, unless it is a colour: numbers alone. */
export function baselinesOf(given: Baseline | readonly Baseline[], subject: Subject): Start[] {
  if (!Array.isArray(given) || (given.length && given.every((each) => typeof each === 'number'))) return [startOf(given as Baseline, subject)];
  if (!given.length) throw new RangeError('baseline is an empty list; give at least one');
  return given.map((each) => startOf(each, subject));
}

/** How many baselines an option names. */
export const countBaselines = (given: unknown): number => (Array.isArray(given) && !given.every((each) => typeof each === 'number') ? given.length : 1);

function startOf(given: Baseline, { model, input, x, image }: Subject): Start {
  if (given instanceof tf.Tensor) return { values: ofTensor(given, x.shape), told: 'a tensor' };
  if (given instanceof Image) return { values: taken(model.prepare(given).x), told: given.name };
  if (given === 'black') return { values: taken(black(x, model)), told: given };
  const told = Array.isArray(given) ? `[${given.join(', ')}]` : String(given);
  try {
    return { values: fillOf(given, model, input, x, image), told };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`baseline must be a number, ${x.shape[3]} numbers, 'black', 'mean', 'blur', an Image, a tensor or a list of these, got ${shown(given)}`);
  }
}

const black = ({ shape: [, height, width] }: tf.Tensor4D, { preprocess, inputShape }: Subject['model']): tf.Tensor4D =>
  tf.tidy(() => preprocessed(tf.zeros([1, height, width, 3]), preprocess, inputShape[2]));

function ofTensor(given: tf.Tensor, shape: readonly number[]): Float32Array {
  if (given.isDisposed) throw new Error('the baseline tensor is disposed');
  if (given.shape.join() !== shape.join()) throw new RangeError(`the baseline tensor is [${given.shape.join(', ')}], the model takes [${shape.join(', ')}]`);
  return Float32Array.from(given.dataSync());
}

function taken(x: tf.Tensor): Float32Array {
  const values = x.dataSync() as Float32Array;
  x.dispose();
  return values;
}
