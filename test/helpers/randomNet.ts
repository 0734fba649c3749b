import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { noise } from './models';

const { layers } = tf;

/** One block of a random network. */
interface Block {
  kind: 'conv' | 'depthwise' | 'residual' | 'pool';
  filters: number;
  activation: string;
  normalised: boolean;
}

/** A small network, in words that fast-check can shrink. */
export interface Net {
  size: [number, number, number];
  blocks: Block[];
  head: 'mean' | 'flat';
  classes: number;
  seed: number;
}

export const smoothKinds = ['tanh', 'sigmoid', 'swish', 'elu', 'softplus'];
export const kinkedKinds = ['relu', 'relu6', 'linear'];

/** Networks of one to three blocks with activations of these kinds. */
export const nets = (activations: readonly string[], kinds: readonly Block['kind'][] = ['conv', 'depthwise', 'residual', 'pool']): fc.Arbitrary<Net> =>
  fc.record({
    size: fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 4, max: 7 }), fc.constantFrom(1, 3)),
    blocks: fc.array(fc.record({ kind: fc.constantFrom(...kinds), filters: fc.integer({ min: 1, max: 4 }), activation: fc.constantFrom(...activations), normalised: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    head: fc.constantFrom('mean', 'flat'),
    classes: fc.integer({ min: 2, max: 4 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  });

/** The network, with weights of about unit gain. */
export function netOf({ size, blocks, head, classes, seed }: Net): tf.LayersModel {
  const input = tf.input({ shape: size });
  let x: tf.SymbolicTensor = input;
  for (const block of blocks) x = apply(block, x);
  const flat = (head === 'mean' ? layers.globalAveragePooling2d({}) : layers.flatten()).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: layers.dense({ units: classes }).apply(flat) as tf.SymbolicTensor });
  model.weights.forEach((weight, i) => {
    const shape = weight.shape as number[];
    const fanIn = shape.length > 1 ? shape.slice(0, /depthwise/.test(weight.originalName) ? 2 : -1).reduce((a, b) => a * b, 1) : 1;
    const values = noise(shape.reduce((a, b) => a * b, 1), seed + i).map((value) => (/variance|gamma/.test(weight.originalName) ? Math.abs(value) + 0.5 : value * Math.sqrt(3 / fanIn)));
    tf.tidy(() => void weight.write(tf.tensor(values, shape)));
  });
  return model;
}

function apply({ kind, filters, activation, normalised }: Block, x: tf.SymbolicTensor): tf.SymbolicTensor {
  const [, height, width, channels] = x.shape as [null, number, number, number];
  if (kind === 'pool') return Math.min(height, width) < 2 ? x : (layers.averagePooling2d({ poolSize: 2, strides: 2 }).apply(x) as tf.SymbolicTensor);
  const conv = kind === 'depthwise' ? layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }) : layers.conv2d({ filters: kind === 'residual' ? channels : filters, kernelSize: 3, padding: 'same' });
  let y = conv.apply(x) as tf.SymbolicTensor;
  if (normalised) y = layers.batchNormalization().apply(y) as tf.SymbolicTensor;
  y = layers.activation({ activation: activation as 'relu' }).apply(y) as tf.SymbolicTensor;
  return kind === 'residual' ? (layers.add().apply([x, y]) as tf.SymbolicTensor) : y;
}
