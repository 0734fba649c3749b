import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deconvnet } from '../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { integratedGradients } from '../../src/attribution/gradient/integratedGradients';
import { saliency } from '../../src/attribution/gradient/saliency';
import { smoothGrad, smoothGradWith } from '../../src/attribution/gradient/smoothGrad';
import { useBackend } from '../../src/backend';
import type { Classifier } from '../../src/model/classifier';
import '../../src/model/kerasActivations';
import { forward } from '../../src/model/run';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { classifier, noise, noiseTensor, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
type Shape = [number, number, number];
type Layer = tf.layers.Layer;

/** A network with one kind of layer in its midst. */
const around = (shape: Shape, ...middle: Layer[]): tf.LayersModel =>
  seeded(tf.sequential({ layers: [layers.conv2d({ inputShape: shape, filters: 3, kernelSize: 3, padding: 'same' }), ...middle, layers.flatten(), layers.dense({ units: 2 })] }));

const convolution = (activation: string): Layer => layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: activation as 'relu' });
const separate = (activation: string): Layer => layers.activation({ activation: activation as 'relu' });

/** Branches over one convolution, brought together again. */
function branched(join: Layer): tf.LayersModel {
  const input = tf.input({ shape: [5, 6, 2] });
  const trunk = layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  const branch = layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' }).apply(trunk) as tf.SymbolicTensor;
  const joined = join.apply([trunk, branch]) as tf.SymbolicTensor;
  const flat = layers.flatten().apply(joined) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor }));
}

/** A model inside a model, and a layer that is used twice. */
function nestedAndShared(): tf.LayersModel {
  const twice = layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' });
  const inner = tf.input({ shape: [5, 6, 2] });
  const base = tf.model({ inputs: inner, outputs: twice.apply(twice.apply(inner)) as tf.SymbolicTensor });
  const input = tf.input({ shape: [5, 6, 2] });
  const flat = layers.flatten().apply(base.apply(input)) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor }));
}

const wide: Shape = [5, 6, 2];
const kinds: Record<string, () => tf.LayersModel> = {
  ...Object.fromEntries(['relu', 'relu6', 'elu', 'selu', 'tanh', 'sigmoid', 'hardSigmoid', 'softplus', 'softsign', 'swish', 'hardSwish', 'mish', 'gelu', 'gelu_new'].flatMap((name) => [
    [`fused ${name}`, () => around(wide, convolution(name))],
    [`separate ${name}`, () => around(wide, separate(name))],
  ])),
  'ReLU layer': () => around(wide, layers.reLU()),
  'ReLU layer with a ceiling': () => around(wide, layers.reLU({ maxValue: 1 })),
  'leaky ReLU': () => around(wide, layers.leakyReLU({ alpha: 0.2 })),
  'PReLU': () => around(wide, layers.prelu()),
  'PReLU, a slope for each channel': () => around(wide, layers.prelu({ sharedAxes: [1, 2] })),
  'ELU layer': () => around(wide, layers.elu()),
  'batch normalisation': () => around(wide, layers.batchNormalization(), layers.reLU()),
  'depthwise': () => around(wide, layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'relu' })),
  'depthwise with a stride': () => around(wide, layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same' })),
  'separable': () => around(wide, layers.separableConv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' })),
  'dropout': () => around(wide, layers.dropout({ rate: 0.5 }), layers.gaussianNoise({ stddev: 1 })),
  'max pooling that overlaps': () => around(wide, layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  'average pooling': () => around(wide, layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'valid' })),
  'transposed convolution': () => around(wide, layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' })),
  'cropping': () => around(wide, layers.cropping2D({ cropping: [[1, 0], [2, 1]] })),
  'upsampling': () => around(wide, layers.upSampling2d({ size: [2, 3] })),
  'bilinear upsampling': () => around([5, 5, 2], layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' })),
  'residual': () => branched(layers.add()),
  'concatenation': () => branched(layers.concatenate()),
  'product of branches': () => branched(layers.multiply()),
  'larger of two branches': () => branched(layers.maximum()),
  'nested and shared': nestedAndShared,
  'one channel': () => around([6, 4, 1], convolution('relu')),
  'five channels, one column': () => around([7, 1, 5], convolution('relu')),
};

/** What TensorFlow.js itself works out for a row on its cpu backend, through the whole model as it is: the gradient of logit 1. */
const oracle = (model: tf.LayersModel, x: tf.Tensor): Float32Array =>
  tf.tidy(() => tf.grad((input: tf.Tensor) => tf.sum(tf.slice(model.apply(input) as tf.Tensor2D, [0, 1], [-1, 1])))(x).dataSync() as Float32Array);

const keep = { target: 1, channels: 'keep', abs: false, onProgress: null } as const;

for (const [name, make] of Object.entries(kinds)) {
  test(`${name}: every gradient method gives what TensorFlow.js's own gradient gives, on ${backends.join(', ')}`, async () => {
    await useBackend('cpu');
    const model = make();
    const own = classifier(model);
    const x = noiseTensor([1, ...own.inputShape], 5) as tf.Tensor4D;
    const values = x.dataSync();
    const draws = [3, 4].map((seed) => noise(values.length, seed).map((value) => value * 0.1));
    const at = (more: ArrayLike<number>, share = 1): Float32Array => tf.tidy(() => oracle(model, tf.tensor(values.map((value, i) => share * value + more[i]), x.shape)));
    const none = new Float32Array(values.length);
    const here = at(none);
    const start = at(none, 0);
    const noisy = draws.map((draw) => at(draw));
    assert.ok(here.some((value) => value !== 0));
    const drawn = (): ((size: number) => Float32Array) => {
      let next = 0;
      return () => draws[next++];
    };
    for (const backend of backends) {
      await useBackend(backend);
      await noLeak(async () => {
        close((await saliency(own, x, keep)).values, here, 1e-4);
        close((await inputXGradient(own, x, keep)).values, here.map((value, i) => value * values[i]), 1e-4);
        close((await smoothGrad(own, x, { ...keep, noise: 0, samples: 2 })).values, here, 1e-4);
        close((await smoothGradWith(drawn)(own, x, { ...keep, samples: 2 })).values, noisy[0].map((value, i) => (value + noisy[1][i]) / 2), 1e-4);
        // Two places of the trapezoid are the two ends.
        close((await integratedGradients(own, x, { ...keep, steps: 2, quadrature: 'trapezoid' })).values, here.map((value, i) => ((value + start[i]) / 2) * values[i]), 1e-4);
        await rectified(own, x);
      });
    }
    tf.dispose(x);
    own.dispose();
  });
}

/** Kinds for which TensorFlow.js has no gradient, or on cpu a wrong one. */
const differences: Record<string, () => tf.LayersModel> = {
  'dilated': () => around(wide, layers.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'relu' })),
  'dilated depthwise': () => around(wide, layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 2, padding: 'same' })),
  'thresholded ReLU': () => around(wide, layers.thresholdedReLU({ theta: 0.3 })),
  'average pooling over the edge': () => around(wide, layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
};

for (const [name, make] of Object.entries(differences)) {
  for (const backend of backends) {
    test(`${name}: the gradient on ${backend} is what differences show`, async () => {
      await useBackend(backend);
      const own = classifier(make());
      const x = noiseTensor([1, ...own.inputShape], 5) as tf.Tensor4D;
      const step = 2e-3;
      const slopes = tf.tidy(() => {
        const moved = (by: number): tf.Tensor => tf.add(x, tf.reshape(tf.mul(tf.eye(x.size), by), [x.size, ...own.inputShape]));
        // Not the model's own predict, which passes by the dilation of a depthwise convolution.
        const score = (by: number): tf.Tensor => tf.slice(forward(own.graph, moved(by), [own.head.logits])[0] as tf.Tensor2D, [0, 1], [-1, 1]);
        return tf.div(tf.sub(score(step), score(-step)), 2 * step).dataSync();
      });
      close((await saliency(own, x, keep)).values, slopes, 5e-3);
      close((await smoothGrad(own, x, { ...keep, noise: 0, samples: 2 })).values, slopes, 5e-3);
      await rectified(own, x);
      tf.dispose(x);
      own.dispose();
    });
  }
}

/** The rules of the ReLUs, where there are any. */
async function rectified(own: Classifier, x: tf.Tensor4D): Promise<void> {
  const relus = own.graph.steps.filter(({ op }) => op.rectifier).length;
  for (const method of [guidedBackprop, deconvnet]) {
    if (!relus) assert.match(await messageOf(() => method(own, x, keep)), /changes ReLUs and this model has none/);
    else assert.ok((await method(own, x, keep)).values.every(Number.isFinite));
  }
}

test.run();
