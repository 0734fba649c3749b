import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Classifier } from '../../src/model/classifier';
import { graphOf } from '../../src/model/graph';
import { layerTable } from '../../src/model/layers';
import { loadModel } from '../../src/model/loadModel';
import { classifier, dilated, mixed, nested, residual } from '../helpers/models';
import { noLeak } from '../helpers/noLeak';

const { layers } = tf;
const rowsOf = (model: tf.LayersModel) => Object.fromEntries([...layerTable(graphOf(model), model.name)].map((row) => [row.name, row]));

test('a layer tells kernel, strides, padding and dilation', () => {
  const { conv, early_pool: pool, leaky, conv_swish: swish } = rowsOf(mixed());
  assert.equal([conv.kernel, conv.strides, conv.padding, conv.dilation], [[5, 4], [2, 1], 'valid', undefined]);
  assert.equal([pool.kernel, pool.strides], [[2, 3], [1, 1]]);
  assert.equal([swish.padding, swish.activation], ['same', 'swish']);
  assert.equal([leaky.kernel, leaky.strides, leaky.padding], [undefined, undefined, undefined]);
  assert.equal(rowsOf(dilated()).conv.dilation, [2, 2]);
});

test('multiply-adds are the weights of a kernel for each cell that it is applied to', () => {
  const rows = rowsOf(residual());
  // 13 x 10 padded to 14 x 11, then strides of 2: 7 x 6 cells.
  assert.is(rows.stem.multiplyAdds, 7 * 6 * 3 * 3 * 3 * 4);
  assert.is(rows.dw.multiplyAdds, 7 * 6 * 3 * 3 * 4 * 2);
  assert.is(rows.project.multiplyAdds, 7 * 6 * 8 * 4);
  assert.is(rows.separable.multiplyAdds, 4 * 3 * (2 * 2 * 8 + 8 * 6));
  assert.is(rows.logits.multiplyAdds, 6 * 5);
  assert.equal(['stem_bn', 'stem_relu', 'sum', 'max', 'avg', 'pool', 'softmax'].map((name) => rows[name].multiplyAdds), [0, 0, 0, 0, 0, 0, 0]);
});

test('a transposed convolution multiplies for each input cell, a dense layer for each place, an unknown kind is not counted', () => {
  const model = tf.sequential({
    layers: [
      layers.conv2dTranspose({ name: 'up', inputShape: [4, 5, 3], filters: 2, kernelSize: 3, strides: 2 }),
      layers.reshape({ name: 'rows', targetShape: [9, 22] }),
      layers.dense({ name: 'each', units: 7 }),
      layers.lstm({ name: 'lstm', units: 4 }),
      layers.dense({ name: 'scores', units: 2 }),
    ],
  });
  const rows = rowsOf(model);
  assert.is(rows.up.multiplyAdds, 4 * 5 * 3 * 3 * 2 * 3);
  assert.is(rows.each.multiplyAdds, 9 * 22 * 7);
  assert.is(rows.lstm.multiplyAdds, undefined);
  assert.is(layerTable(graphOf(model), 'up').multiplyAdds, 360 * 3 + 9 * 22 * 7 + 4 * 2);
});

test('a shared layer works at each use', () => {
  const rows = rowsOf(nested());
  assert.equal([rows['base/shared'].multiplyAdds, rows['base/shared#2'].multiplyAdds], [64 * 27 * 3, 64 * 27 * 3]);
});

test('a model of any size is counted at the size that the classifier takes', () => {
  const model = tf.sequential({ layers: [layers.conv2d({ name: 'conv', inputShape: [null, null, 3], filters: 2, kernelSize: 3 }), layers.globalAveragePooling2d({}), layers.dense({ units: 2 })] });
  const [conv] = new Classifier(model, { name: 'free', preprocess: 'none', inputSize: [32, 48] }).layers();
  assert.equal(conv.outputShape, [null, 30, 46, 2]);
  assert.is(conv.multiplyAdds, 30 * 46 * 27 * 2);
  assert.is(layerTable(graphOf(model), 'free').rows[0].multiplyAdds, undefined, 'no size, no count');
});

test('VGG16 has its published numbers', async () => {
  const model = await loadModel('vgg16', { weights: null });
  const table = model.layers();
  assert.is(table.params, 138_357_544);
  // 15.35 G in the convolutions, 0.12 G in the dense layers.
  assert.is(table.multiplyAdds, 15_470_264_320);
  model.dispose();
});

test('EfficientNet-Lite0 takes 0.385 G multiply-adds', async () => {
  const model = await loadModel();
  const table = model.layers();
  assert.is(Math.round(table.multiplyAdds / 1e6), 385);
  model.dispose();
});

test('reading the facts of a model makes no tensors', async () => {
  const model = classifier(residual());
  await noLeak(async () => model.layers());
});

test.run();
