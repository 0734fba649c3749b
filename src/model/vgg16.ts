import * as tf from '@tensorflow/tfjs';

/** Convolutions in each block. */
const blocks = [2, 2, 3, 3, 3] as const;

export interface Vgg16Options {
  /** Default 1000. */
  classes?: number;
  /** Divides every number of channels and hidden units; tests use it for a narrow network. Default 1. */
  narrow?: number;
  /** `false` leaves out the dense layers: the output is the last pooling's. Default true. */
  includeTop?: boolean;
  /** Height and width in pixels. Default 224. */
  size?: number;
  /** Channels of the five blocks. Default 64, 128, 256, 512, 512. */
  channels?: readonly number[];
  /** Units of `fc1` and of `fc2`. Default 4096. */
  hidden?: number;
  /** What follows the last layer's sums; `'linear'` is for training. Default `'softmax'`. */
  ending?: 'softmax' | 'linear';
  /** Default `'vgg16'`. */
  name?: string;
}

/** VGG16 (Simonyan and Zisserman 2014) with Keras's layer names and all weights at zero. */
export function vgg16({ classes = 1000, narrow = 1, includeTop = true, size = 224, channels = [64, 128, 256, 512, 512], hidden = 4096, ending = 'softmax', name = 'vgg16' }: Vgg16Options = {}): tf.LayersModel {
  // Zeros cost nothing until the weights come: no memory is touched on the native backend.
  const kernelInitializer = 'zeros' as const;
  const input = tf.input({ shape: [size, size, 3], name: 'input_1' });
  let x = input;
  blocks.forEach((convolutions, i) => {
    for (let j = 1; j <= convolutions; j++) {
      const layer = tf.layers.conv2d({
        name: `block${i + 1}_conv${j}`, filters: channels[i] / narrow, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer,
      });
      x = layer.apply(x) as tf.SymbolicTensor;
    }
    x = tf.layers.maxPooling2d({ name: `block${i + 1}_pool`, poolSize: 2, strides: 2 }).apply(x) as tf.SymbolicTensor;
  });
  if (includeTop) {
    const dense = (name: string, units: number, activation: 'relu' | 'softmax' | 'linear'): tf.layers.Layer => tf.layers.dense({ name, units, activation, kernelInitializer });
    const top = [tf.layers.flatten({ name: 'flatten' }), dense('fc1', hidden / narrow, 'relu'), dense('fc2', hidden / narrow, 'relu'), dense('predictions', classes, ending)];
    for (const layer of top) x = layer.apply(x) as tf.SymbolicTensor;
  }
  return tf.model({ name, inputs: input, outputs: x });
}
