import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { freeModel } from '../../src/model/freeModel';
import { loadModel } from '../../src/model/loadModel';
import { fillRandom } from '../../src/model/random';
import { close, relativeError } from '../helpers/close';
import { fileServer, type Served } from '../helpers/fileServer';
import { writeKerasH5 } from '../helpers/kerasFile';
import { messageOf, noLeak } from '../helpers/noLeak';
import { writeTfjs } from '../helpers/tfjsFile';

const test = suite<{ folder: string }>('tfjs layers model');
test.before.each(async (context) => {
  await ready();
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
  process.env.CONVLENS_CACHE = path.join(context.folder, 'cache');
});
test.after.each(({ folder }) => rm(folder, { recursive: true, force: true }));

const layers = (): tf.layers.Layer[] => [
  tf.layers.conv2d({ name: 'conv', inputShape: [10, 8, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
  tf.layers.batchNormalization({ name: 'norm' }),
  tf.layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
  tf.layers.dense({ name: 'out', units: 3, activation: 'softmax' }),
];

function sequential(): tf.LayersModel {
  const model = tf.sequential({ name: 'seq', layers: layers() });
  fillRandom(model, 3);
  return model;
}

/** A network around another one, as transfer learning makes it. */
function nested(): tf.LayersModel {
  const [conv, norm, pool, out] = layers();
  const base = tf.sequential({ name: 'base', layers: [conv, norm] });
  base.trainable = false;
  const input = tf.input({ shape: [10, 8, 3], name: 'image' });
  const model = tf.model({ name: 'nested', inputs: input, outputs: out.apply(pool.apply(base.apply(input))) as tf.SymbolicTensor });
  fillRandom(model, 3);
  return model;
}

const answer = (model: tf.LayersModel): number[] => tf.tidy(() => [...(model.predict(tf.randomUniform([2, 10, 8, 3], 0, 1, 'float32', 7)) as tf.Tensor).dataSync()]);

/** Loads and answers, then frees; fails when anything is left. */
const answerOf = (source: string): Promise<number[]> =>
  noLeak(async () => {
    const loaded = await loadModel(source, { onProgress: null });
    const values = answer(loaded.model);
    loaded.dispose();
    return values;
  });

for (const [what, make] of [['Sequential', sequential], ['nested', nested]] as const) {
  test(`${what}: sharded, by folder and by file, answers as before`, async ({ folder }) => {
    const model = make();
    const expected = answer(model);
    assert.ok((await writeTfjs(folder, model, { shard: 100 })).length > 2);
    freeModel(model);
    close(await answerOf(folder), expected);
    close(await answerOf(path.join(folder, 'model.json')), expected);
  });
}

test('quantised weights are decoded', async ({ folder }) => {
  const model = sequential();
  const expected = answer(model);
  await writeTfjs(folder, model, { quantised: true });
  freeModel(model);
  const error = relativeError(await answerOf(folder), expected);
  assert.ok(error > 0 && error < 0.02, `relative error ${error}`);
});

test('Keras 3 JSON: batch_shape, dtype policies, keras_history, nested counted from 0, augmentation left out', async ({ folder }) => {
  const model = nested();
  const expected = answer(model);
  const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null };
  const tensor = (name: string) => ({ class_name: '__keras_tensor__', config: { shape: [null], dtype: 'float32', keras_history: [name, 0, 0] } });
  const layer = (className: string, config: { name: string }, ...inputs: string[]) => ({
    module: 'keras.layers', class_name: className, config: { dtype: policy, trainable: true, ...config }, registered_name: null, name: config.name,
    inbound_nodes: inputs.length ? [{ args: inputs.map(tensor), kwargs: {} }] : [],
  });
  const conv = { filters: 4, kernel_size: [3, 3], strides: [1, 1], padding: 'valid', data_format: 'channels_last', use_bias: true, kernel_regularizer: { module: 'keras.regularizers', class_name: 'L2', config: { l2: 0.01 } } };
  const relu = { module: 'builtins', class_name: 'function', config: 'relu', registered_name: 'function' };
  const base = {
    name: 'base', trainable: false, build_input_shape: [null, 10, 8, 3],
    layers: [layer('InputLayer', { name: 'in2', batch_shape: [null, 10, 8, 3] } as { name: string }), layer('Conv2D', { name: 'conv', ...conv, activation: relu } as { name: string }), layer('BatchNormalization', { name: 'norm', axis: [-1], epsilon: 1e-3 } as { name: string })],
  };
  const topology = {
    module: 'keras', class_name: 'Functional', registered_name: 'Functional',
    config: {
      name: 'nested', trainable: true, input_layers: ['image', 0, 0], output_layers: [['out', 0, 0]],
      layers: [
        layer('InputLayer', { name: 'image', batch_shape: [null, 10, 8, 3] } as { name: string }),
        layer('RandomFlip', { name: 'flip', mode: 'horizontal' } as { name: string }, 'image'),
        layer('Sequential', base, 'flip'),
        layer('GlobalAveragePooling2D', { name: 'pool', data_format: 'channels_last' } as { name: string }, 'base'),
        layer('Dense', { name: 'out', units: 3, activation: 'softmax' } as { name: string }, 'pool'),
      ],
    },
  };
  await writeTfjs(folder, model, { topology });
  freeModel(model);
  close(await answerOf(folder), expected);
});

test('over HTTP: shards one by one, broken connections gone on with', async ({ folder }) => {
  const model = sequential();
  const expected = answer(model);
  await writeTfjs(path.join(folder, 'm'), model, { shard: 200 });
  freeModel(model);
  const files: Record<string, Served> = {};
  for (const name of await readdir(path.join(folder, 'm'))) files[`/m/${name}`] = { bytes: await readFile(path.join(folder, 'm', name)), etag: `"${name}"` };
  files['/m/model.json'].busy = 1;
  const server = await fileServer(files);
  close(await answerOf(`${server.url}/m`), expected);
  close(await answerOf(`${server.url}/m/model.json`), expected);
  delete server.files['/m/group1-shard2of3.bin'];
  assert.match(await messageOf(() => loadModel(`${server.url}/m/`, { onProgress: null })), /^group1-shard2of3\.bin could not be downloaded .*404 Not Found/);
  await server.close();
});

test('a missing, short or long shard is named with its bytes', async ({ folder }) => {
  const model = sequential();
  const paths = await writeTfjs(folder, model, { shard: 200 });
  freeModel(model);
  const failure = (): Promise<string> => messageOf(() => loadModel(folder, { onProgress: null }));
  const name = path.basename(folder);
  const shard = path.join(folder, paths[1]);
  const bytes = await readFile(shard);
  await truncate(shard, 77);
  assert.is(await failure(), `${name}: the weight file "${paths[1]}" is cut short: 77 bytes, 200 expected`);
  await writeFile(shard, Buffer.concat([bytes, bytes]));
  assert.match(await failure(), /is too long/);
  await rm(shard);
  assert.is(await failure(), `${name} names the weight file "${paths[1]}", which is not beside it`);
});

test('what cannot be loaded says what to do instead, and leaves nothing in memory', async ({ folder }) => {
  const failure = async (json: object): Promise<string> => {
    await writeFile(path.join(folder, 'model.json'), JSON.stringify(json));
    return messageOf(() => loadModel(path.join(folder, 'model.json'), { onProgress: null }));
  };
  assert.match(await failure({ format: 'graph-model', modelTopology: { node: [] } }), /^model\.json is a graph model, whose layers are gone; export the Keras model instead: model\.save\('model\.h5'\)/);
  const model = sequential();
  const config = model.getConfig();
  await writeTfjs(folder, model);
  const { weightsManifest } = JSON.parse(await readFile(path.join(folder, 'model.json'), 'utf8')) as { weightsManifest: object[] };
  freeModel(model);
  assert.match(await failure({ class_name: 'Sequential', config }), /^model\.json holds no weights; give them with \{ weights: 'file\.h5' \}/);
  const strange = { ...config, layers: [...(config.layers as object[]), { class_name: 'Mystery', config: { name: 'm' } }] };
  assert.match(await failure({ modelTopology: { class_name: 'Sequential', config: strange }, weightsManifest }), /TensorFlow\.js has no layer of the kind Mystery/);
  const other = { ...config, layers: (config.layers as object[]).slice(0, 3) };
  assert.match(await failure({ modelTopology: { class_name: 'Sequential', config: other }, weightsManifest }), /the weights do not fit the architecture/);
});

test('the architecture alone takes random weights, or those of an .h5', async ({ folder }) => {
  const model = sequential();
  await writeFile(path.join(folder, 'arch.json'), JSON.stringify({ class_name: 'Sequential', config: model.getConfig() }));
  await writeKerasH5(path.join(folder, 'weights.h5'), model, null);
  const expected = answer(model);
  freeModel(model);
  for (const options of [{ weights: path.join(folder, 'weights.h5') }, { weights: null, seed: 3 }]) {
    const loaded = await loadModel(path.join(folder, 'arch.json'), { ...options, onProgress: null });
    close(answer(loaded.model), expected);
    loaded.dispose();
  }
});

test.run();
