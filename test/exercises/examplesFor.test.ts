import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { examplesFor } from '../../src/exercises';
import { loadModel } from '../../src/index';
import { arithmetic, classifier } from '../helpers/models';

test('the default network gets photographs that it knows', async () => {
  const model = await loadModel('efficientnet-lite0');
  const { photo, label, rival, secondLabel, pair, pairLabels, layers } = await examplesFor(model);
  assert.equal([photo.name, label, rival, secondLabel], ['coffee', 'espresso', 'cup', 'Egyptian cat']);
  assert.equal(pairLabels, ['Egyptian cat', 'moped']);
  assert.equal(pair.masks.map(({ label, data }) => [label, data.reduce((sum, inside) => sum + inside, 0)]), [['Egyptian cat', 224 * 112], ['moped', 224 * 112]]);
  assert.is(layers.at(-1), 'head_activation');
  model.dispose();
});

test('vgg-tiny gets scenes, and the end of each of its blocks', async () => {
  const model = await loadModel('vgg-tiny');
  const { photo, label, second, secondLabel, pairLabels, layers } = await examplesFor(model);
  assert.equal([photo.name, label, second.name, secondLabel], ['scene:bird', 'bird', 'scene:cat', 'cat']);
  assert.equal(pairLabels, ['cat', 'dog']);
  assert.equal(layers, ['block1_conv2', 'block2_conv2', 'block3_conv3', 'block4_conv3', 'block5_conv3']);
  model.dispose();
});

test('a network without names gets the numbers of its classes', async () => {
  const { label, pairLabels } = await examplesFor(classifier(arithmetic()));
  assert.equal([typeof label, ...pairLabels.map((one) => typeof one)], ['number', 'number', 'number']);
});

test.run();
