import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { cacheFolder } from '../../src/download/cacheFolder';
import { loadImage } from '../../src/image/loadImage';
import { loadModel } from '../../src/model/loadModel';
import { messageOf, noLeak } from '../helpers/noLeak';

const test = suite<{ folder: string }>('loadModel');
test.before(async (context) => {
  await ready();
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
});
test.after(({ folder }) => rm(folder, { recursive: true, force: true }));

const weights = path.join(cacheFolder(), 'models', 'efficientnet-lite0', 'efficientnet-lite0-57934424.pth');
const cat = path.join(cacheFolder(), 'images', 'chelsea.png');
const missing = [weights, cat].filter((file) => !existsSync(file));
if (missing.length) console.log(`  skipped: the real network (${missing.join(', ')} not in the cache: npm run setup)`);

(missing.length ? test.skip : test)('the real network sees a cat in the photograph of a cat', () =>
  noLeak(async () => {
    const model = await loadModel('efficientnet-lite0', { onProgress: null });
    const top = [...(await model.predict(await loadImage('cat'), { top: 3 }))].map(({ label }) => label);
    assert.is(top[0], 'Egyptian cat');
    assert.equal(new Set(top), new Set(['Egyptian cat', 'tabby', 'tiger cat']));
    model.dispose();
  }),
);

test('the same seed gives the same weights, another seed others', async () => {
  const first = async (seed: number): Promise<number[]> => {
    const model = await loadModel('efficientnet-lite0', { weights: null, seed });
    const values = [...model.model.getLayer('block3a_dwconv').getWeights()[0].dataSync()];
    model.dispose();
    return values;
  };
  const [one, again, other] = [await first(1), await first(1), await first(2)];
  assert.equal(one, again);
  assert.not.equal(one, other);
  const mean = one.reduce((sum, value) => sum + value, 0) / one.length;
  const deviation = Math.sqrt(one.reduce((sum, value) => sum + (value - mean) ** 2, 0) / one.length);
  // He-normal: sqrt(2 / 25), as each output sums over a 5 x 5 window.
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(deviation - Math.sqrt(2 / 25)) < 0.01, `mean ${mean}, deviation ${deviation}`);
});

test('a model that the user has is taken as it is, and stays the user\'s when something is wrong', async () => {
  const own = tf.sequential({ name: 'own', layers: [tf.layers.conv2d({ inputShape: [8, 6, 3], filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ units: 4 })] });
  assert.match(await messageOf(() => loadModel(own, { labels: ['a', 'b'] })), /^labels: 2 names for a network of 4 classes$/);
  assert.match(await messageOf(() => loadModel(own, { weights: null })), /the model object has its own/);
  const model = await loadModel(own, { labels: ['a', 'b', 'c', 'd'], preprocess: '0-1' });
  assert.equal([model.name, model.inputShape], ['own', [8, 6, 3]]);
  model.dispose();
});

test('models that are no image classifiers are refused in one line', async () => {
  const dense = tf.sequential({ layers: [tf.layers.dense({ inputShape: [784], units: 10 })] });
  assert.match(await messageOf(() => loadModel(dense)), /^the model takes \[any, 784\]; an image is/);
  const x = tf.input({ shape: [8, 8, 3] });
  const flat = tf.layers.flatten().apply(x) as tf.SymbolicTensor;
  const heads = ['left', 'right'].map((name) => tf.layers.dense({ name, units: 2 }).apply(flat) as tf.SymbolicTensor);
  const two = tf.model({ inputs: x, outputs: heads });
  assert.match(await messageOf(() => loadModel(two)), /^the model has 2 outputs \(left, right\); give convlens one/);
  assert.match(await messageOf(() => loadModel(tf.model({ inputs: x, outputs: heads[0] }), { inputSize: [9, 9] })), /inputSize is 9 x 9, the model takes 8 x 8 only/);
  tf.dispose([...dense.getWeights(), ...two.getWeights()]);
});

test('wrong arguments are named, with the nearest choice', async ({ folder }) => {
  const failure = (source?: unknown, options?: object): Promise<string> => messageOf(() => loadModel(source as string, options as object));
  assert.is(await failure('vgg-16'), 'unknown model "vgg-16", and no path or URL of a model.json or .h5; did you mean "vgg16"?');
  assert.match(await failure('resnet50'), /unknown model "resnet50", and no path .*; choices: efficientnet-lite0, vgg16, vgg-tiny, vgg-tiny-shortcut$/);
  assert.match(await failure('no/model.json'), /^no model at "no\/model\.json" \(looked in .*no\)$/);
  assert.match(await failure(folder), /^the folder ".*" holds no model\.json$/);
  assert.match(await failure(42), /^a model must be "efficientnet-lite0", .* got 42$/);
  assert.match(await failure('vgg16', { weight: null }), /no option "weight"; did you mean "weights"\?/);
  assert.match(await failure('vgg16', { weights: null, seed: 0.5 }), /seed must be a whole number/);
  assert.match(await failure('vgg16', { weights: 'nowhere.h5' }), /^no model at "nowhere\.h5"/);
  assert.match(await failure('vgg16', { preprocess: 'cafe' }), /preprocess must be .*"?caffe/);
  assert.match(await failure('vgg16', { inputSize: [224] }), /inputSize must be \[height, width\]/);
  for (const [name, text, reason] of [
    ['empty.h5', '', /the file is empty/],
    ['page.json', '<!doctype html>', /it is a web page/],
    ['model.keras', 'PK\x03\x04', /it is an archive/],
    ['model.onnx', '\x08\x07', /convert it to Keras/],
    ['broken.json', '{"modelTopology": ', /^broken\.json is not JSON/],
    ['other.json', '{"a": 1}', /^other\.json is no layers model/],
  ] as const) {
    await writeFile(path.join(folder, name), text);
    assert.match(await failure(path.join(folder, name)), reason);
  }
});

test.run();
