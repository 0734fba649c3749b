import * as tf from '@tensorflow/tfjs';
import { NormedVgg } from './normedVgg';

/**
 * A network with what another one of smaller input has learnt: convolutions go over as they are; the first dense layer, which sees a larger grid, gets its
 * kernel stretched, its sums kept.
 */
export function grown(small: NormedVgg, model: tf.LayersModel): NormedVgg {
  const large = new NormedVgg(model);
  large.takeOver(small, (layer) => layer !== 'fc1');
  const [rows, columns, channels] = gridBefore(model);
  const before = gridBefore(small.model);
  tf.tidy(() => {
    const [kernel, bias] = small.model.getLayer('fc1').getWeights();
    const units = bias.size;
    // One picture for each channel and unit.
    const pictures = tf.reshape(kernel, [1, before[0], before[1], channels * units]) as tf.Tensor4D;
    const stretched = tf.mul(tf.image.resizeBilinear(pictures, [rows, columns]), (before[0] * before[1]) / (rows * columns));
    model.getLayer('fc1').setWeights([tf.reshape(stretched, [rows * columns * channels, units]), bias]);
  });
  small.dispose();
  return large;
}

/** What `flatten` takes: rows, columns, channels. */
const gridBefore = (model: tf.LayersModel): number[] => (model.getLayer('block5_pool').outputShape as number[]).slice(1);
