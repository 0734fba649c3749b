import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { forward, gradient } from '../../src/model/run';
import { backends } from '../helpers/backends';
import { averagePool, maxPool } from '../../src/kernels/pooling';
import { findLayer } from '../../src/model/layers';
import { close } from '../helpers/close';
import { classifier, dilated, mixed, nested, noise, noiseTensor, residual, seeded, stacked } from '../helpers/models';

const { layers } = tf;

/** The gradient of logit 0 that TensorFlow.js itself works out on its cpu backend, through the whole model as it is. */
async function reference(model: tf.LayersModel, x: tf.Tensor): Promise<Float32Array> {
  await useBackend('cpu');
  const own = classifier(model);
  const last = own.graph.steps.find((step) => step.outputs[0] === own.head.logits);
  const logitsOf = (input: tf.Tensor): tf.Tensor => {
    const probabilities = model.apply(input) as tf.Tensor;
    // The softmax's input up to a constant, which the difference with the mean takes out again.
    if (own.head.ending === 'softmax') return tf.sub(tf.log(probabilities), tf.mean(tf.log(probabilities), 1, true));
    if (own.head.ending === 'sigmoid') return tf.log(tf.div(probabilities, tf.sub(1, probabilities)));
    return probabilities;
  };
  assert.ok(last);
  return tf.tidy(() => tf.grad((input: tf.Tensor) => tf.sum(tf.mul(logitsOf(input), weights(own.head.classes))))(x).dataSync() as Float32Array);
}

// Weights that add up to 0, so that a constant in the logits does not matter.
const weights = (classes: number): tf.Tensor => (classes === 1 ? tf.ones([1, 1]) : tf.tensor2d([Array.from({ length: classes }, (_, i) => (i === 0 ? classes - 1 : -1))]));

for (const [name, make] of Object.entries({ residual, mixed, nested, stacked })) {
  for (const backend of backends) {
    test(`the input gradient of the ${name} model on ${backend} is TensorFlow.js's own on cpu`, async () => {
      const model = make();
      const x = noiseTensor<tf.Rank.R4>([1, ...(model.inputs[0].shape.slice(1) as [number, number, number])]);
      const expected = await reference(model, x);
      await useBackend(backend);
      const { graph, head } = classifier(model);
      const { grads: [grad] } = gradient(graph, x, { of: head.logits, wrt: [graph.input], seed: () => weights(head.classes) });
      close(grad.dataSync(), expected, 1e-4);
      assert.ok(expected.some((value) => value !== 0));
      tf.dispose([grad, x]);
      model.dispose();
    });
  }
}

/** Convolutions, ReLUs and pools of every kind that changes places with a ReLU, or must not: the second pool's input is read twice. */
function pooled(): tf.LayersModel {
  const input = tf.input({ shape: [12, 18, 1] });
  let x = layers.conv2d({ name: 'first', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  x = layers.maxPooling2d({ name: 'halves', poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  const read = layers.conv2d({ name: 'second', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  const pool = layers.maxPooling2d({ name: 'thirds', poolSize: 3 }).apply(read) as tf.SymbolicTensor;
  const other = layers.conv2d({ name: 'other', filters: 3, kernelSize: 3, strides: 3, padding: 'same', activation: 'relu6' as never }).apply(read) as tf.SymbolicTensor;
  x = layers.maxPooling2d({ name: 'of_sums', poolSize: 2, strides: 1, padding: 'same' }).apply(layers.add().apply([pool, other]) as tf.SymbolicTensor) as tf.SymbolicTensor;
  x = layers.conv2d({ name: 'third', filters: 4, kernelSize: 2, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  x = layers.maxPooling2d({ name: 'overlapping', poolSize: 2, strides: 1 }).apply(x) as tf.SymbolicTensor;
  x = layers.dense({ name: 'scores', units: 3 }).apply(layers.flatten().apply(x) as tf.SymbolicTensor) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: x, name: 'pooled' }));
}

for (const backend of backends) {
  test(`pools before and after their ReLU have one gradient on ${backend}, of flat regions too, whose windows have several maxima`, async () => {
    const model = pooled();
    const flat = tf.tidy(() => tf.concat([tf.zeros([1, 12, 9, 1]), tf.fill([1, 12, 4, 1], 0.5), noiseTensor([1, 12, 5, 1])], 2)) as tf.Tensor4D;
    for (const x of [noiseTensor<tf.Rank.R4>([1, 12, 18, 1]), flat]) {
      const expected = await reference(model, x);
      await useBackend(backend);
      const own = classifier(model);
      const { graph, head } = own;
      const seed = (): tf.Tensor => weights(head.classes);
      const { grads: [grad] } = gradient(graph, x, { of: head.logits, wrt: [graph.input], seed });
      close(grad.dataSync(), expected, 1e-5);
      // All ReLUs asked for: nothing changes places.
      const relus = graph.steps.filter(({ op }) => op.rectifier).flatMap(({ outputs }) => outputs);
      for (const rule of ['standard', 'guided', 'deconvnet'] as const) {
        const moved = gradient(graph, x, { of: head.logits, wrt: [graph.input], seed, rule });
        const kept = gradient(graph, x, { of: head.logits, wrt: [graph.input], seed, rule, also: relus });
        close(moved.grads[0].dataSync(), kept.grads[0].dataSync(), 1e-5);
        tf.dispose([moved.grads, kept.grads, kept.also]);
      }
      const [whole] = forward(graph, x, [graph.output]);
      const [again] = forward(graph, x, [graph.output, ...relus]);
      close(whole.dataSync(), again.dataSync(), 1e-6);
    }
  });
}

for (const backend of backends) {
  test(`dilated convolutions have the gradient that differences show on ${backend}`, async () => {
    await useBackend(backend);
    const model = dilated();
    const { graph, head } = classifier(model);
    const x = noiseTensor([1, 9, 9, 2]) as tf.Tensor4D;
    const seed = tf.tensor2d([[1, 0]]);
    const { grads: [grad] } = gradient(graph, x, { of: head.logits, wrt: [graph.input], seed: () => tf.clone(seed) });
    const found = grad.dataSync();
    const values = x.dataSync();
    const score = (at: number, step: number): number => {
      const moved = Float32Array.from(values);
      moved[at] += step;
      return tf.tidy(() => forward(graph, tf.tensor4d(moved, [1, 9, 9, 2]), [head.logits])[0].dataSync()[0]);
    };
    const places = [0, 17, 40, 81, 100, 161];
    close(places.map((at) => found[at]), places.map((at) => (score(at, 1e-2) - score(at, -1e-2)) / 2e-2), 2e-2);
  });
}

for (const backend of backends) {
  test(`a dilated depthwise convolution on ${backend} is Keras's: tfjs-layers drops the dilation`, async () => {
    await useBackend('cpu');
    const { graph } = classifier(dilated());
    const x = noiseTensor([1, 9, 9, 2]) as tf.Tensor4D;
    const [before, after] = ['conv', 'dw'].map((name) => findLayer(graph, name).value);
    const step = graph.steps.find(({ layer }) => layer === 'dw');
    assert.ok(step);
    const [input] = forward(graph, x, [before]);
    const kernel = noiseTensor([3, 3, 3, 1], 4) as tf.Tensor4D;
    const expected = tf.depthwiseConv2d(input as tf.Tensor4D, kernel, 1, 'same', 'NHWC', 2).dataSync();
    await useBackend(backend);
    close(forward(graph, x, [after])[0].dataSync(), Float32Array.from(expected, (value, i) => value + noise(3, 5)[i % 3]), 1e-4);
  });

  test(`average pooling on ${backend} shares the gradient among the cells inside the image`, async () => {
    await useBackend(backend);
    const pool = averagePool({ size: [2, 2], strides: [2, 2], padding: 'same' });
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const [y] = pool.forward([x]);
    close(y.dataSync(), [3, 4.5, 7.5, 9]);
    const [dx] = pool.backward({ inputs: [x], outputs: [y], grads: [tf.tensor4d([4, 2, 6, 1], [1, 2, 2, 1])], rule: 'standard' });
    close(dx.dataSync(), [1, 1, 1, 1, 1, 1, 3, 3, 1]);
  });

  test(`max pooling on ${backend} sends the gradient to the largest value, negative ones included`, async () => {
    await useBackend(backend);
    const pool = maxPool({ size: [2, 2], strides: [1, 1], padding: 'valid' });
    const x = tf.tensor4d([-4, -3, -9, -2, -5, -8, -7, -6, -1], [1, 3, 3, 1]);
    const [y] = pool.forward([x]);
    close(y.dataSync(), [-2, -3, -2, -1]);
    const [dx] = pool.backward({ inputs: [x], outputs: [y], grads: [tf.tensor4d([1, 10, 100, 1000], [1, 2, 2, 1])], rule: 'standard' });
    close(dx.dataSync(), [0, 10, 0, 101, 0, 0, 0, 0, 1000]);
  });
}

test.run();
