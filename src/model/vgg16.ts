import * as tf from '@tensorflow/tfjs';

// Channels of each block, and its number of convolutions.
const blocks = [[64, 2], [128, 2], [256, 3], [512, 3], [512, 3]] as const;

export interface Vgg16Options {
  /** Default 1000. */
  classes?: number;
  /** Divides every number of channels and hidden units; tests use it for a narrow network. Default 1. */
  narrow?: number;
  /** `false` leaves out the dense layers: the output is the last pooling's. Default true. */
  includeTop?: boolean;
  /** Height and width in pixels. Default 224. */
  size?: number;
}

/** VGG16 (Simonyan and Zisserman 2014) with Keras's layer names and all weights at zero. */
export function vgg16({ classes = 1000, narrow = 1, includeTop = true, size = 224 }: Vgg16Options = {}): tf.LayersModel {
  // Zeros cost nothing until the weights come: no memory is touched on the native backend.
  const kernelInitializer = 'zeros' as const;
  const input = tf.input({ shape: [size, size, 3], name: 'input_1' });
  let x = input;
  blocks.forEach(([channels, convolutions], i) => {
    for (let j = 1; j <= convolutions; j++) {
      const layer = tf.layers.conv2d({
        name: `block${i + 1}_conv${j}`, filters: channels / narrow, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer,
      });
      x = layer.apply(x) as tf.SymbolicTensor;
    }
    x = tf.layers.maxPooling2d({ name: `block${i + 1}_pool`, poolSize: 2, strides: 2 }).apply(x) as tf.SymbolicTensor;
  });
  if (includeTop) {
    const dense = (name: string, units: number, activation: 'relu' | 'softmax'): tf.layers.Layer => tf.layers.dense({ name, units, activation, kernelInitializer });
    const top = [tf.layers.flatten({ name: 'flatten' }), dense('fc1', 4096 / narrow, 'relu'), dense('fc2', 4096 / narrow, 'relu'), dense('predictions', classes, 'softmax')];
    for (const layer of top) x = layer.apply(x) as tf.SymbolicTensor;
  }
  return tf.model({ name: 'vgg16', inputs: input, outputs: x });
}
