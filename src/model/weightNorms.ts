import * as tf from '@tensorflow/tfjs';
import { layerPaths } from './graph';

/** The Euclidean norm of each layer's kernels (biases and the figures of a normalisation left out), by the layer's name; layers without a kernel have none. */
export function weightNorms(model: tf.LayersModel): Map<string, number> {
  const kernels = [...layerPaths(model)].flatMap(([layer, name]) => {
    const own = layer.getWeights().filter(({ rank }) => rank > 1);
    return own.length ? [{ name, own }] : [];
  });
  if (!kernels.length) return new Map();
  // One read for all: each waits for the device.
  const norms = tf.tidy(() => tf.stack(kernels.map(({ own }) => tf.sqrt(tf.addN(own.map((kernel) => tf.sum(tf.square(kernel))))))).dataSync());
  return new Map(kernels.map(({ name }, at) => [name, norms[at]]));
}
