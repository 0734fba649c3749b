import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Kernels } from './kernels';

/** One minus the cosine between each two filters' weights, `filters * filters` values; a filter of zeros is 1 from all others. */
export function kernelDistances({ shape, values }: Pick<Kernels, 'shape' | 'values'>): Float32Array {
  const filters = shape[3];
  return scoped(() => {
    const columns = tf.tensor2d(values, [values.length / filters, filters]);
    const sizes = tf.sqrt(tf.sum(tf.square(columns), 0, true));
    const unit = tf.divNoNan(columns, sizes) as tf.Tensor2D;
    return tf.sub(1, tf.matMul(unit, unit, true, false)).dataSync() as Float32Array;
  });
}
