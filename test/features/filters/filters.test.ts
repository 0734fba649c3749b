import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { filters, type FiltersOptions } from '../../../src/features/filters/filters';
import type { Filters } from '../../../src/features/filters/result';
import { Classifier } from '../../../src/model/classifier';
import { forward } from '../../../src/model/run';
import { close } from '../../helpers/close';
import { arithmetic, classifier, mixed, nested, noiseTensor, residual, stacked } from '../../helpers/models';
import { messageOf, noLeak } from '../../helpers/noLeak';

test.before(async () => void (await ready()));

const model = classifier(arithmetic());
const res = classifier(residual());
const find = (by: Classifier, options?: FiltersOptions): Promise<Filters> => noLeak(() => filters(by, options));

test('the first convolution: its kernels, their norms, their numbers', async () => {
  const found = await find(model);
  assert.equal([found.layer, found.shape, found.channels], ['conv', [2, 2, 1, 2], [0, 1]]);
  assert.equal([...found.kernel(0)], [1, 2, 3, 4]);
  assert.equal([...found.kernel(1)], [-1, -2, -3, -4]);
  assert.equal([...found.norms.l1], [10, 10]);
  close(found.norms.l2, [Math.sqrt(30), Math.sqrt(30)]);
  assert.is(found.colours, 'grey');
});

test('a dense layer is a matrix of units by inputs', async () => {
  const found = await find(model, { layer: 'scores' });
  assert.equal(found.shape, [1, 1, 2, 2]);
  assert.equal([...found.kernel(1)], [0, 1]);
});

test('the colours that the network reads: in its own order, through a padding', async () => {
  assert.is((await find(res)).colours, 'rgb');
  const caffe = new Classifier(residual(), { name: 'caffe', preprocess: 'caffe' });
  assert.is((await find(caffe)).colours, 'bgr');
  const own = new Classifier(residual(), { name: 'own', preprocess: (pixels) => pixels });
  assert.match((await find(own)).note as string, 'its preprocessing is a function');
  assert.is((await find(res, { layer: 'project' })).colours, undefined);
  assert.is((await find(classifier(mixed()))).colours, undefined);
  assert.is((await find(classifier(stacked()))).layer, 'base/deep');
  assert.is((await find(classifier(nested()), { layer: 'shared#2' })).colours, undefined);
});

test('each filter of a depthwise layer reads one channel', async () => {
  const record = await find(res, { layer: 'dw' });
  assert.equal([record.shape, record.multiplier], [[3, 3, 1, 8], 2]);
  const [stored] = res.model.getLayer('dw').getWeights();
  // Channel 1, its second filter.
  assert.equal([...(await find(res, { layer: 'dw' })).kernel(3)], [...(stored.slice([0, 0, 1, 1], [3, 3, 1, 1]).dataSync() as Float32Array)]);
});

test('a separable layer is shown as the one convolution that it is', async () => {
  const found = await find(res, { layer: 'separable' });
  assert.equal(found.shape, [2, 2, 8, 6]);
  const { separable } = Object.fromEntries(res.graph.steps.map((step) => [step.layer, step]));
  const step = res.graph.steps.find(({ layer, fused }) => layer === 'separable' && !fused) ?? separable;
  const shape = res.graph.shapes[step.inputs[0]].slice(1) as number[];
  const [whole, parts] = tf.tidy(() => {
    const x = noiseTensor([1, ...shape] as [number, number, number, number]);
    const [out] = forward(res.graph, new Map([[step.inputs[0], x]]), step.outputs);
    const one = tf.conv2d(x as tf.Tensor4D, tf.tensor4d(found.weights, found.shape as [number, number, number, number]), 1, 'same');
    return [out.dataSync(), tf.add(one, tf.tensor1d(found.bias as Float32Array)).dataSync()];
  });
  close(parts, whole, 1e-5);
});

test('folded, kernels and biases do what convolution and normalisation do together', async () => {
  const found = await find(res, { fold: true });
  assert.equal(found.normalisation, { layer: 'stem_bn', folded: true });
  assert.equal((await find(res)).normalisation, { layer: 'stem_bn', folded: false });
  const stem = res.graph.steps.find(({ layer }) => layer === 'stem');
  const after = res.graph.steps.find(({ layer }) => layer === 'stem_bn');
  const [both, one] = tf.tidy(() => {
    const x = noiseTensor([1, 14, 11, 3]) as tf.Tensor4D;
    const [out] = forward(res.graph, new Map([[stem!.inputs[0], x]]), after!.outputs);
    const conv = tf.conv2d(x, tf.tensor4d(found.weights, found.shape as [number, number, number, number]), 2, 'same');
    return [out.dataSync(), tf.add(conv, tf.tensor1d(found.bias as Float32Array)).dataSync()];
  });
  close(one, both, 1e-5);
  assert.is(await messageOf(() => filters(model, { fold: true })), 'layer "conv" is followed by no batch normalisation to fold; leave fold out');
});

test('a transposed convolution is turned: inputs before filters', async () => {
  const { layers } = tf;
  const net = tf.sequential({ layers: [layers.conv2dTranspose({ name: 'up', inputShape: [2, 2, 3], filters: 2, kernelSize: 2 }), layers.flatten(), layers.dense({ units: 2 })] });
  const by = classifier(net);
  const [stored] = net.getLayer('up').getWeights();
  const found = await find(by, { layer: 'up' });
  assert.equal(found.shape, [2, 2, 3, 2]);
  assert.equal([...found.kernel(1)], [...(tf.tidy(() => stored.slice([0, 0, 1, 0], [2, 2, 1, 3]).dataSync()) as Float32Array)]);
  by.dispose();
});

test('sorted by norm, by likeness, and some alone', async () => {
  const { layers } = tf;
  const net = tf.sequential({ layers: [layers.conv2d({ name: 'conv', inputShape: [4, 4, 1], filters: 4, kernelSize: [1, 2], useBias: false }), layers.flatten(), layers.dense({ units: 2 })] });
  net.getLayer('conv').setWeights([tf.tensor4d([1, 0, 5, 0, 0, 2, 1, 3], [1, 2, 1, 4])]);
  const by = classifier(net);
  assert.equal((await find(by, { sort: 'norm' })).channels, [2, 3, 1, 0]);
  const alike = (await find(by, { sort: 'similarity' })).channels;
  assert.is(Math.abs(alike.indexOf(1) - alike.indexOf(3)), 1);
  assert.is(Math.abs(alike.indexOf(0) - alike.indexOf(2)), 1);
  const some = await find(by, { channels: [3, 1], sort: 'norm' });
  assert.equal([some.channels, some.depth, [...some.kernel(3)]], [[3, 1], 4, [0, 3]]);
  by.dispose();
});

test('it is plain JSON, and one line of text', async () => {
  const found = await find(model);
  const plain = JSON.parse(JSON.stringify(found));
  assert.equal([plain.weights, plain.norms.l1, plain.max], [[1, -1, 2, -2, 3, -3, 4, -4], [10, 10], 64]);
  assert.is(String(found), 'filters of conv (Conv2D) of arithmetic: 2, 2 x 2 on 1 channel');
});

test('wrong options are told in a line', async () => {
  const message = (options: object, by = model): Promise<string> => messageOf(() => filters(by, options));
  assert.is(await message({ layer: 'pool' }), 'layer "pool" (GlobalAveragePooling2D) has no kernels; the nearest that has is "conv"');
  assert.is(await message({ layer: 'stem_relu' }, res), 'layer "stem_relu" (ReLU) has no kernels; the nearest that has is "stem"');
  assert.is(await message({ channels: [2] }), 'channel of layer "conv" must be a whole number from 0 to 1, got 2');
  assert.is(await message({ channels: 1 }), 'channels must be a list of numbers from 0 to 1, got 1');
  assert.is(await message({ sort: 'size' }), 'sort must be number, norm or similarity, got "size"');
  assert.is(await message({ max: 0 }), 'max must be a whole number of at least 1, got 0');
  assert.is(await message({ layr: 'conv' }), 'filters has no option "layr"; did you mean "layer"?');
  assert.is(await messageOf(async () => (await filters(model)).kernel(5)), 'layer "conv" has no filter 5 here; it has 2, 0 to 1');
  assert.is(await messageOf(() => filters('vgg16' as never)), 'filters takes a model from cl.loadModel first, got "vgg16"');
});

test.run();
