import * as tf from '@tensorflow/tfjs';
import { Classifier } from '../../src/model/classifier';

const { layers } = tf;

/** A model as a classifier that takes its input as it is. */
export const classifier = (model: tf.LayersModel, labels?: string[]): Classifier => new Classifier(model, { name: model.name, preprocess: 'none', labels });

/** Numbers between -1 and 1 that look random and are the same every time. */
export function noise(size: number, seed = 1): Float32Array {
  let state = seed * 7919;
  return Float32Array.from({ length: size }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state / 1073741824 - 1) * 0.9;
  });
}

export const noiseTensor = <R extends tf.Rank>(shape: tf.ShapeMap[R], seed?: number): tf.Tensor<R> =>
  tf.tensor(noise(shape.reduce((a, b) => a * b, 1), seed), shape);

/** Gives every weight a value that looks random; variances are kept positive. */
export function seeded(model: tf.LayersModel): tf.LayersModel {
  model.weights.forEach((weight, i) => {
    const positive = /variance/.test(weight.originalName);
    tf.tidy(() => {
      const value = noiseTensor(weight.shape as number[], i + 2) as tf.Tensor;
      weight.write(positive ? tf.add(tf.abs(value), 0.5) : value);
    });
  });
  return model;
}

/**
 * One 2 x 2 convolution with weights 1, 2, 3, 4, ReLU, and a dense layer with weights 1 and -1 on the mean of each of its
 * two channels (the second channel is the first, negated before the ReLU). Input 3 x 3 x 1: all answers are arithmetic.
 */
export function arithmetic(): tf.LayersModel {
  const model = tf.sequential({
    name: 'arithmetic',
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 1], filters: 2, kernelSize: 2, activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'pool' }),
      layers.dense({ name: 'scores', units: 2, activation: 'softmax' }),
    ],
  });
  const kernel = tf.tensor4d([1, -1, 2, -2, 3, -3, 4, -4], [2, 2, 1, 2]);
  model.setWeights([kernel, tf.zeros([2]), tf.tensor2d([1, 0, 0, 1], [2, 2]), tf.zeros([2])]);
  kernel.dispose();
  return model;
}

/** Residual, with BN, ReLU6, depthwise and separable convolutions, strides, both paddings, pools, a concatenation; not square. */
export function residual(): tf.LayersModel {
  const input = tf.input({ shape: [13, 10, 3] });
  let x = layers.zeroPadding2d({ padding: [[0, 1], [1, 0]] }).apply(input) as tf.SymbolicTensor;
  x = layers.conv2d({ name: 'stem', filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;
  x = layers.batchNormalization({ name: 'stem_bn' }).apply(x) as tf.SymbolicTensor;
  x = layers.reLU({ name: 'stem_relu', maxValue: 6 }).apply(x) as tf.SymbolicTensor;
  let branch = layers.depthwiseConv2d({ name: 'dw', kernelSize: 3, padding: 'same', depthMultiplier: 2, activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  branch = layers.conv2d({ name: 'project', filters: 4, kernelSize: 1 }).apply(branch) as tf.SymbolicTensor;
  x = layers.add({ name: 'sum' }).apply([x, branch]) as tf.SymbolicTensor;
  x = layers.activation({ name: 'sum_relu', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  const left = layers.maxPooling2d({ name: 'max', poolSize: 3, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  const right = layers.averagePooling2d({ name: 'avg', poolSize: 1, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  x = layers.concatenate({ name: 'both' }).apply([left, right]) as tf.SymbolicTensor;
  x = layers.separableConv2d({ name: 'separable', filters: 6, kernelSize: 2, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  x = layers.dropout({ rate: 0.5 }).apply(x) as tf.SymbolicTensor;
  x = layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  x = layers.dense({ name: 'logits', units: 5 }).apply(x) as tf.SymbolicTensor;
  x = layers.activation({ name: 'softmax', activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: x, name: 'residual' }));
}

/** Every other activation and layout: leaky, parametric, ELU, swish, sigmoid; a pool before any ReLU; a 5 x 4 kernel; valid padding. */
export function mixed(): tf.LayersModel {
  const model = tf.sequential({ name: 'mixed' });
  model.add(layers.conv2d({ name: 'conv', inputShape: [12, 11, 2], filters: 4, kernelSize: [5, 4], strides: [2, 1], padding: 'valid' }));
  model.add(layers.maxPooling2d({ name: 'early_pool', poolSize: [2, 3], strides: 1, padding: 'valid' }));
  model.add(layers.leakyReLU({ name: 'leaky', alpha: 0.2 }));
  model.add(layers.conv2d({ name: 'conv_swish', filters: 4, kernelSize: 2, padding: 'same', activation: 'swish' }));
  model.add(layers.prelu({ name: 'prelu' }));
  model.add(layers.conv2d({ name: 'conv_elu', filters: 3, kernelSize: 3, padding: 'same', activation: 'elu' }));
  model.add(layers.reshape({ name: 'reshape', targetShape: [18, 3] }));
  model.add(layers.flatten({ name: 'flatten' }));
  model.add(layers.dense({ name: 'hidden', units: 6, activation: 'tanh' }));
  model.add(layers.dense({ name: 'scores', units: 3, activation: 'softmax' }));
  return seeded(model);
}

/** A head over a nested, frozen base, as in transfer learning; the base's first convolution is used twice. */
export function nested(): tf.LayersModel {
  const baseInput = tf.input({ shape: [8, 8, 3] });
  const shared = layers.conv2d({ name: 'shared', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' });
  const once = shared.apply(baseInput) as tf.SymbolicTensor;
  const twice = shared.apply(once) as tf.SymbolicTensor;
  const base = tf.model({ inputs: baseInput, outputs: layers.conv2d({ name: 'deep', filters: 4, kernelSize: 3, activation: 'relu' }).apply(twice) as tf.SymbolicTensor, name: 'base' });
  const input = tf.input({ shape: [8, 8, 3] });
  const features = base.apply(input) as tf.SymbolicTensor;
  const flat = layers.flatten({ name: 'flatten' }).apply(features) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ name: 'scores', units: 3, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor, name: 'nested' }));
}

/** The same base as the first layer of a Sequential. */
export function stacked(): tf.LayersModel {
  const base = tf.sequential({ name: 'base', layers: [layers.conv2d({ name: 'deep', inputShape: [6, 6, 1], filters: 4, kernelSize: 3, activation: 'relu' })] });
  const head = tf.sequential({ name: 'head', layers: [layers.flatten({ name: 'flatten', inputShape: [4, 4, 4] }), layers.dense({ name: 'scores', units: 1, activation: 'sigmoid' })] });
  return seeded(tf.sequential({ name: 'stacked', layers: [base, head] }));
}

/** Dilated convolutions, one of them depthwise: TensorFlow.js has no gradient for them. */
export function dilated(): tf.LayersModel {
  const model = tf.sequential({ name: 'dilated' });
  model.add(layers.conv2d({ name: 'conv', inputShape: [9, 9, 2], filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'relu' }));
  model.add(layers.depthwiseConv2d({ name: 'dw', kernelSize: 3, dilationRate: 2, padding: 'same' }));
  model.add(layers.flatten({ name: 'flatten' }));
  model.add(layers.dense({ name: 'scores', units: 2 }));
  return seeded(model);
}

/** Three modules of four branches each, with the names that TensorFlow.js makes up: 67 layers. */
export function inception(): tf.LayersModel {
  type Value = tf.SymbolicTensor;
  const unit = (x: Value, filters: number, kernelSize: number, strides = 1): Value => {
    const y = layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(x) as Value;
    return layers.reLU().apply(layers.batchNormalization().apply(y) as Value) as Value;
  };
  const halved = (x: Value): Value => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as Value;
  const input = tf.input({ shape: [32, 32, 3] });
  let x = halved(unit(input, 8, 7, 2));
  for (const at of [0, 1, 2]) {
    if (at === 2) x = halved(x);
    const pooled = layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(x) as Value;
    const branches = [unit(x, 8, 1), unit(unit(x, 6, 1), 8, 3), unit(unit(x, 2, 1), 4, 5), unit(pooled, 4, 1)];
    x = layers.concatenate({ name: `mixed${at}` }).apply(branches) as Value;
  }
  const pooled = layers.globalAveragePooling2d({ name: 'avg_pool' }).apply(x) as Value;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ name: 'predictions', units: 4, activation: 'softmax' }).apply(pooled) as Value, name: 'inception' }));
}
