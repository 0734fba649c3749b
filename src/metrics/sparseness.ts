import type { Attribution } from '../attribution/attribution';
import { planeOf } from './plane';

/**
 * How few places hold a map's evidence, as the Gini index of the sizes of its values: from 0 (the same everywhere) to near 1 (all in one place). Signs do not count; of several channels the
 * greatest size does; places without a value (NaN) are left out. NaN for a map that is 0 everywhere.
 * Chalasani et al. 2020, "Concise explanations of neural networks using adversarial training", arXiv 1810.06583.
 *
 * @example
 * cl.sparseness(await cl.saliency(model, photo))   // 0.53
 */
export function sparseness(map: Attribution): number {
  const sizes = sizesOf('sparseness', map).sort();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const weighted = sizes.reduce((sum, size, at) => sum + size * (sizes.length - at - 0.5), 0);
  return 1 - (2 * weighted) / (total * sizes.length);
}

/**
 * How many places a map's evidence is spread over, as the entropy of the shares of its values in nats: from 0 (all in one place) to the logarithm of the number of places (the same everywhere).
 * Signs do not count; of several channels the greatest size does; places without a value (NaN) are left out. NaN for a map that is 0 everywhere. Maps of different sizes cannot be compared.
 * Bhatt, Weller & Moura 2020, "Evaluating and aggregating feature-based model explanations", arXiv 2005.00631.
 *
 * @example
 * Math.exp(cl.complexity(map))   // as many places, were they equally strong
 */
export function complexity(map: Attribution): number {
  const sizes = sizesOf('complexity', map);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.reduce((sum, size) => (size ? sum - (size / total) * Math.log(size / total) : sum), total ? 0 : NaN);
}

/** In double precision: sums of fifty thousand. */
const sizesOf = (method: string, map: Attribution): Float64Array => Float64Array.from(planeOf(method, map).values.filter((value) => !Number.isNaN(value)), Math.abs);
