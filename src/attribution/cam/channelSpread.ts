import type * as tf from '@tensorflow/tfjs';

/** How the cells of each channel of one row `[1, h, w, c]` spread. */
export interface Spread {
  low: Float64Array;
  high: Float64Array;
  /** The channels, those first whose cells vary most. */
  order: number[];
}

export function spreadOf(activations: tf.Tensor4D): Spread {
  const channels = activations.shape[3];
  const values = activations.dataSync() as Float32Array;
  const cells = values.length / channels;
  const low = new Float64Array(channels).fill(Infinity);
  const high = new Float64Array(channels).fill(-Infinity);
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  values.forEach((value, i) => {
    const channel = i % channels;
    low[channel] = Math.min(low[channel], value);
    high[channel] = Math.max(high[channel], value);
    mean[channel] += value / cells;
  });
  values.forEach((value, i) => (variance[i % channels] += (value - mean[i % channels]) ** 2 / cells));
  return { low, high, order: Array.from(variance.keys()).sort((a, b) => variance[b] - variance[a]) };
}
