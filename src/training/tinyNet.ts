import * as tf from '@tensorflow/tfjs';
import { fillRandom } from '../model/random';

/** Height and width that the net takes, in pixels. */
export const tinySize = 48;
/** The first layer, whose filters can be looked at, and the last convolution, where Grad-CAM looks. */
export const firstLayer = 'conv1';
export const lastLayer = 'conv4';

const channels = [12, 24, 48, 64];

/** A net of four convolutions that learns within a minute. It ends in probabilities; the logits are the output of its layer `predictions`. */
export function tinyNet(classes: number, seed: number): tf.LayersModel {
  const input = tf.input({ shape: [tinySize, tinySize, 3], name: 'input' });
  let x = input;
  channels.forEach((filters, at) => {
    // The first ones are large enough to be looked at.
    const kernelSize = at ? 3 : 5;
    x = tf.layers.conv2d({ name: `conv${at + 1}`, filters, kernelSize, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
    if (at < channels.length - 1) x = tf.layers.maxPooling2d({ name: `pool${at + 1}`, poolSize: 2, strides: 2 }).apply(x) as tf.SymbolicTensor;
  });
  x = tf.layers.globalAveragePooling2d({ name: 'average' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.dense({ name: 'predictions', units: classes }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.softmax({ name: 'softmax' }).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ name: 'tiny', inputs: input, outputs: x });
  fillRandom(model, seed);
  return model;
}
