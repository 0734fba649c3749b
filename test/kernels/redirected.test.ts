import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { activationByName, cappedRelu, leakyRelu, relu, thresholdedRelu } from '../../src/kernels/activation';
import type { Op, ReluRule } from '../../src/kernels/op';
import { findLayer } from '../../src/model/layers';
import { gradient } from '../../src/model/run';
import { backends } from '../helpers/backends';
import { classifier } from '../helpers/models';

/** The gradient through an op, of rows of inputs and rows of incoming gradients. */
const through = (op: Op, x: number[][], grad: number[][], rule: ReluRule): number[][] =>
  tf.tidy(() => {
    const inputs = [tf.tensor2d(x)];
    return op.backward({ inputs, outputs: op.forward(inputs), grads: [tf.tensor2d(grad)], rule })[0].arraySync() as number[][];
  });

for (const backend of backends) {
  test(`on ${backend} a gradient that no ReLU passes is redirected, of each image by itself`, async () => {
    await useBackend(backend);
    const x = [[-1, -2, -3], [-1, 2, -3]];
    const grad = [[1, -1, 2], [1, 0, 2]];
    assert.equal(through(relu(), x, grad, 'standard'), [[0, -0, 0], [0, 0, 0]].map((row) => row.map(Math.abs)));
    // What would go lower still is left; in the second row the open one has no gradient, so nothing passes there either.
    assert.equal(through(relu(), x, grad, 'redirected'), [[1, 0, 2], [1, 0, 2]]);
    assert.equal(through(relu(), [[-1, 2, -3]], [[5, 1, 5]], 'redirected'), [[0, 1, 0]], 'where something passes all is as usual');
  });

  test(`on ${backend} a ReLU6 that is too full is led down, and one too low up`, async () => {
    await useBackend(backend);
    for (const op of [cappedRelu(6), activationByName('relu6')!, cappedRelu(2)]) {
      assert.equal(through(op, [[7, 8, -1, -2]], [[1, -2, 3, -4]], 'redirected'), [[0, -2, 3, 0]]);
      assert.equal(through(op, [[7, 8, -1, 1]], [[1, -2, 3, 9]], 'redirected'), [[0, 0, 0, 9]]);
    }
    assert.equal(through(thresholdedRelu(1), [[0.5, -3]], [[2, -2]], 'redirected'), [[2, 0]]);
    assert.equal(through(leakyRelu(0.5), [[-1, 2]], [[2, 4]], 'redirected'), [[1, 4]], 'a leaky one always passes something');
  });

  test(`on ${backend} a dead convolution has a gradient again, through pooling too`, async () => {
    await useBackend(backend);
    const model = tf.sequential({ name: 'dead', layers: [tf.layers.conv2d({ name: 'conv', inputShape: [4, 4, 1], filters: 1, kernelSize: 1, activation: 'relu' }), tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
    model.layers[0].setWeights([tf.tensor4d([2], [1, 1, 1, 1]), tf.tensor1d([-100])]);
    const own = classifier(model);
    const x = tf.ones([1, 4, 4, 1]) as tf.Tensor4D;
    for (const layer of ['conv', 'pool']) {
      const sizes = (['standard', 'redirected'] as const).map((rule) => tf.tidy(() => tf.sum(tf.abs(gradient(own.graph, x, { of: findLayer(own.graph, layer).value, wrt: [own.graph.input], seed: (value) => tf.onesLike(value), rule }).grads[0])).dataSync()[0]));
      assert.is(sizes[0], 0);
      assert.ok(sizes[1] > 0, layer);
    }
    x.dispose();
    own.dispose();
  });
}

test.run();
