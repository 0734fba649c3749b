import * as tf from '@tensorflow/tfjs';
import { oneOf } from '../../check';
import type { CamOptions } from './camMethod';
import type { Finish } from './finish';

/** How the maps of several layers become one: their mean, the largest at each place, or their product. */
export type Combine = 'mean' | 'max' | 'product';

/** The way that was asked for, if any; refuses what cannot be combined. */
export function combineOf({ combine, layer }: Pick<CamOptions, 'combine' | 'layer'>, { resize }: Finish): Combine | undefined {
  if (combine === undefined) return undefined;
  const way = oneOf('combine', combine, ['mean', 'max', 'product']);
  if (!Array.isArray(layer)) throw new TypeError('combine needs a list of layers, layer: [a, b]');
  if (!resize) throw new RangeError('combine needs maps of one size; resize must not be false');
  return way;
}

/** One map of several. */
export function combined(maps: readonly tf.Tensor4D[], way: Combine): tf.Tensor4D {
  if (way === 'mean') return tf.div(tf.addN([...maps]), maps.length);
  return maps.reduce((a, b) => (way === 'max' ? tf.maximum(a, b) : tf.mul(a, b)));
}
