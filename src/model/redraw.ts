import * as tf from '@tensorflow/tfjs';
import { fillFresh, type Weight } from './random';
import { seedBits, stir } from './stir';

/**
 * How weights lose what was learnt: `'fresh'` draws them as those of a network that was never trained (He-normal kernels, biases of 0, a normalisation that changes
 * nothing), `'shuffled'` puts each tensor's own values in another order, which keeps their size and spread.
 */
export type Redraw = 'fresh' | 'shuffled';
export const redraws: readonly Redraw[] = ['fresh', 'shuffled'];

/** Re-draws a layer's weights. The same seed and place give the same weights, whatever else is re-drawn. */
export function redraw(weights: readonly Weight[], how: Redraw, seed: number, place: number): void {
  const own = stir(seedBits(seed) + stir(place + 1));
  if (how === 'fresh') return fillFresh(weights, own);
  for (const weight of weights) {
    const value = tf.tensor(shuffled(weight.read().dataSync() as Float32Array, own), weight.shape as number[]);
    weight.write(value);
    value.dispose();
  }
}

/** Another order, which follows from the seed and the length alone: the four vectors of a normalisation stay together, channel by channel. */
function shuffled(values: Float32Array, seed: number): Float32Array {
  const result = values.slice();
  let bits = seed;
  for (let at = result.length - 1; at > 0; at--) {
    bits = stir(bits + at);
    const other = Math.floor((bits / 2 ** 32) * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}
