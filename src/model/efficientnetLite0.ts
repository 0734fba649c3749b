import * as tf from '@tensorflow/tfjs';
import { permuted, type TorchTensor } from './torchCheckpoint';

// One row a stage: expansion, channels out, repeats, stride of the first, kernel.
const stages = [
  [1, 16, 1, 1, 3],
  [6, 24, 2, 2, 3],
  [6, 40, 2, 2, 5],
  [6, 80, 3, 2, 3],
  [6, 112, 3, 1, 5],
  [6, 192, 4, 2, 5],
  [6, 320, 1, 1, 3],
] as const;

interface Block {
  /** Keras's name: stage and letter, as in block2a. */
  name: string;
  expand: number;
  out: number;
  stride: number;
  kernel: number;
}

const blocks: Block[] = stages.flatMap(([expand, out, repeats, stride, kernel], stage) =>
  Array.from({ length: repeats }, (_, i) => ({ name: `block${stage + 1}${'abcd'[i]}`, expand, out, stride: i ? 1 : stride, kernel })),
);

// Zeros cost nothing until the weights come: no memory is touched on the native backend.
const zeros = 'zeros' as const;

/** EfficientNet-Lite0 (Tan and Le 2019, the variant without squeeze-and-excite) for 1000 classes, with all weights at zero. Layers bear Keras's names. */
export function efficientnetLite0(): tf.LayersModel {
  const input = tf.input({ shape: [224, 224, 3], name: 'input' });
  let x = convolution(input, 'stem', 32, 3, 2);
  for (const block of blocks) x = invertedResidual(x, block);
  x = convolution(x, 'head', 1280, 1, 1);
  x = tf.layers.globalAveragePooling2d({ name: 'avg_pool', dataFormat: 'channelsLast' }).apply(x) as tf.SymbolicTensor;
  const predictions = tf.layers.dense({ name: 'predictions', units: 1000, activation: 'softmax', kernelInitializer: zeros });
  return tf.model({ name: 'efficientnet-lite0', inputs: input, outputs: predictions.apply(x) as tf.SymbolicTensor });
}

function invertedResidual(input: tf.SymbolicTensor, { name, expand, out, stride, kernel }: Block): tf.SymbolicTensor {
  const channels = input.shape[3] as number;
  let x = expand === 1 ? input : convolution(input, `${name}_expand`, channels * expand, 1, 1);
  const depthwise = tf.layers.depthwiseConv2d({
    name: `${name}_dwconv`, kernelSize: kernel, strides: stride, padding: 'same', useBias: false, depthwiseInitializer: zeros,
  });
  x = activation(normalised(depthwise.apply(x) as tf.SymbolicTensor, `${name}_bn`), `${name}_activation`);
  const project = tf.layers.conv2d({ name: `${name}_project_conv`, filters: out, kernelSize: 1, padding: 'same', useBias: false, kernelInitializer: zeros });
  x = normalised(project.apply(x) as tf.SymbolicTensor, `${name}_project_bn`);
  if (stride !== 1 || channels !== out) return x;
  return tf.layers.add({ name: `${name}_add` }).apply([x, input]) as tf.SymbolicTensor;
}

function convolution(input: tf.SymbolicTensor, name: string, filters: number, kernelSize: number, strides: number): tf.SymbolicTensor {
  const layer = tf.layers.conv2d({ name: `${name}_conv`, filters, kernelSize, strides, padding: 'same', useBias: false, kernelInitializer: zeros });
  return activation(normalised(layer.apply(input) as tf.SymbolicTensor, `${name}_bn`), `${name}_activation`);
}

const normalised = (input: tf.SymbolicTensor, name: string): tf.SymbolicTensor =>
  tf.layers.batchNormalization({ name, epsilon: 1e-3 }).apply(input) as tf.SymbolicTensor;

const activation = (input: tf.SymbolicTensor, name: string): tf.SymbolicTensor =>
  tf.layers.activation({ name, activation: 'relu6' }).apply(input) as tf.SymbolicTensor;

// OIHW -> HWIO, [C, 1, k, k] -> [k, k, C, 1], [out, in] -> [in, out].
const orders = { conv: [2, 3, 1, 0], depthwise: [2, 3, 0, 1], dense: [1, 0], vector: [0] } as const;

/** Puts the weights of `efficientnet-lite0-57934424.pth` (tensors as torchCheckpoint reads them) into the model. */
export function fillEfficientnetLite0(model: tf.LayersModel, tensors: Map<string, TorchTensor>): void {
  const set = (layer: string, ...parts: [name: string, order: readonly number[]][]): void =>
    tf.tidy(() => model.getLayer(layer).setWeights(parts.map(([name, order]) => {
      const tensor = tensors.get(name);
      if (!tensor) throw new Error(`the checkpoint is of another architecture: it has no ${JSON.stringify(name)}`);
      const { shape, values } = permuted(tensor, order);
      return tf.tensor(values, shape);
    })));
  const conv = (layer: string, name: string): void => set(layer, [`${name}.weight`, orders.conv]);
  const norm = (layer: string, name: string): void =>
    set(layer, ...['weight', 'bias', 'running_mean', 'running_var'].map((part): [string, readonly number[]] => [`${name}.${part}`, orders.vector]));

  conv('stem_conv', '_conv_stem');
  norm('stem_bn', '_bn0');
  blocks.forEach(({ name, expand }, i) => {
    const from = `_blocks.${i}`;
    if (expand !== 1) {
      conv(`${name}_expand_conv`, `${from}._expand_conv`);
      norm(`${name}_expand_bn`, `${from}._bn0`);
    }
    set(`${name}_dwconv`, [`${from}._depthwise_conv.weight`, orders.depthwise]);
    norm(`${name}_bn`, `${from}._bn1`);
    conv(`${name}_project_conv`, `${from}._project_conv`);
    norm(`${name}_project_bn`, `${from}._bn2`);
  });
  conv('head_conv', '_conv_head');
  norm('head_bn', '_bn1');
  set('predictions', ['_fc.weight', orders.dense], ['_fc.bias', orders.vector]);
}
