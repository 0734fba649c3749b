import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { freeModel } from '../../src/model/freeModel';
import { withH5 } from '../../src/model/h5File';
import { fillFromH5 } from '../../src/model/kerasH5';
import { loadModel } from '../../src/model/loadModel';
import { fillRandom } from '../../src/model/random';
import { vgg16, type Vgg16Options } from '../../src/model/vgg16';
import { fileServer } from '../helpers/fileServer';
import { writeKerasH5 } from '../helpers/kerasFile';
import { messageOf, noLeak } from '../helpers/noLeak';

const test = suite<{ folder: string; file: string }>('Keras .h5');
const narrow: Vgg16Options = { narrow: 32, classes: 7, size: 32 };
const job = { signal: new AbortController().signal, advance: async (): Promise<void> => {} };

test.before(async (context) => {
  await ready();
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
  context.file = path.join(context.folder, 'narrow.h5');
  process.env.CONVLENS_CACHE = path.join(context.folder, 'cache');
  const model = vgg16(narrow);
  await writeKerasH5(context.file, model, 5);
  freeModel(model);
});
test.after(({ folder }) => rm(folder, { recursive: true, force: true }));

const valuesOf = (model: tf.LayersModel): number[][] => model.weights.map((weight) => [...weight.read().dataSync()]);

/** The weights that the seed gives. */
function reference(): number[][] {
  const model = vgg16(narrow);
  fillRandom(model, 5);
  const values = valuesOf(model);
  freeModel(model);
  return values;
}

test('the weights arrive equal, layer by layer', ({ file }) =>
  noLeak(async () => {
    const model = vgg16(narrow);
    await withH5(file, (root) => fillFromH5(model, root, file, job));
    assert.equal(valuesOf(model), reference());
    freeModel(model);
  }));

test('older names for weights, and a model whose layers are called otherwise, are matched by order', ({ folder }) =>
  noLeak(async () => {
    const file = path.join(folder, 'old.h5');
    const written = vgg16(narrow);
    await writeKerasH5(file, written, 5, { weightName: (layer, weight) => `${layer}_${weight === 'kernel' ? 'W' : 'b'}_1:0` });
    const renamed = tf.sequential({ layers: [tf.layers.conv2d({ name: 'a', inputShape: [8, 8, 3], filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ name: 'b', units: 2 })] });
    const other = tf.sequential({ layers: [tf.layers.conv2d({ name: 'x', inputShape: [8, 8, 3], filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ name: 'y', units: 2 })] });
    const model = vgg16(narrow);
    await withH5(file, (root) => fillFromH5(model, root, file, job));
    assert.equal(valuesOf(model), reference());
    await writeKerasH5(file, renamed, 1);
    await withH5(file, (root) => fillFromH5(other, root, file, job));
    assert.equal(valuesOf(other), valuesOf(renamed));
    [written, model, renamed, other].forEach(freeModel);
  }));

test('a file of another architecture is refused in one line, and the model keeps its weights', async ({ folder, file }) => {
  const failure = async (options: Vgg16Options): Promise<string> => {
    const model = vgg16(options);
    const message = await messageOf(() => withH5(file, (root) => fillFromH5(model, root, 'narrow.h5', job)));
    assert.ok(model.weights.every((weight) => tf.tidy(() => tf.max(tf.abs(weight.read())).dataSync()[0] === 0)), 'nothing was written');
    freeModel(model);
    return message;
  };
  assert.is(await failure({ ...narrow, classes: 9 }), 'narrow.h5 is of another architecture: layer "predictions" has kernel [128, 9] in the model, [128, 7] in the file');
  const small = path.join(folder, 'notop.h5');
  const headless = vgg16({ ...narrow, includeTop: false });
  await writeKerasH5(small, headless, 1);
  freeModel(headless);
  assert.match(await messageOf(() => loadModel('vgg16', { weights: small, onProgress: null })), /^notop\.h5 is of another architecture than vgg16: it lacks fc1, fc2, predictions; a file without the top \(_notop\) names no classes/);
  assert.match(await messageOf(() => loadModel('efficientnet-lite0', { weights: file, onProgress: null })), /^narrow\.h5 is of another architecture than efficientnet-lite0: it lacks stem_conv, stem_bn, /);
});

test('a whole-model file brings its architecture; a file of weights only says what to do', async ({ folder, file }) => {
  const whole = path.join(folder, 'whole.h5');
  const model = vgg16(narrow);
  await writeKerasH5(whole, model, 5, { config: { class_name: 'Functional', config: model.getConfig() } });
  freeModel(model);
  await noLeak(async () => {
    const loaded = await loadModel(whole, { onProgress: null });
    assert.is(loaded.name, 'whole');
    assert.equal(valuesOf(loaded.model), reference());
    loaded.dispose();
  });
  assert.is(await messageOf(() => loadModel(file)), 'narrow.h5 holds weights only; name the architecture: loadModel("vgg16", { weights: "narrow.h5" })');
});

test('a damaged file is one line: cut short, not HDF5, not Keras', async ({ folder, file }) => {
  const bytes = await readFile(file);
  const failure = async (name: string, content: Buffer): Promise<string> => {
    await writeFile(path.join(folder, name), content);
    return messageOf(() => loadModel(path.join(folder, name)));
  };
  assert.match(await failure('cut.h5', bytes.subarray(0, 5000)), new RegExp(`cut\\.h5 is cut short: 5000 bytes, ${bytes.length} expected$`));
  assert.match(await failure('noise.h5', Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(3000, 7)])), /noise\.h5 (cannot be read as HDF5|is not an HDF5 file)/);
  const h5 = await import('h5wasm/node');
  new h5.File(path.join(folder, 'plain.h5'), 'w').close();
  assert.match(await messageOf(() => loadModel(path.join(folder, 'plain.h5'))), /plain\.h5 is an HDF5 file, but not Keras's/);
});

test('over HTTP it is downloaded once, and again when it changes on the server', async ({ folder, file }) => {
  const whole = await readFile(path.join(folder, 'whole.h5'));
  const server = await fileServer({ '/m/whole.h5': { bytes: whole, etag: '"1"', breakAfter: [20_000] } });
  const load = () => noLeak(async () => (await loadModel(`${server.url}/m/whole.h5`, { onProgress: null })).dispose());
  await load();
  await load();
  assert.equal(server.log.filter((line) => line.startsWith('GET')), ['GET /m/whole.h5', 'GET /m/whole.h5 bytes=20000-']);
  server.files['/m/whole.h5'] = { bytes: whole, etag: '"2"' };
  await load();
  assert.is(server.log.filter((line) => line.startsWith('GET')).length, 3);
  const [downloads] = await readdir(path.join(folder, 'cache', 'downloads'));
  assert.is((await readdir(path.join(folder, 'cache', 'downloads', downloads))).length, 1);
  // The mirror's file is not the published one.
  server.files['/vgg16_weights_tf_dim_ordering_tf_kernels.h5'] = { bytes: await readFile(file) };
  server.files['/efficientnet-lite0-57934424.pth'] = { bytes: Buffer.from('no checkpoint') };
  process.env.CONVLENS_MODEL_BASE_URL = `${server.url}/`;
  assert.match(await messageOf(() => loadModel('vgg16', { onProgress: null })), /^vgg16 weights: it is not the file that was published \(md5 .*expected 64373286793e/);
  assert.match(await messageOf(() => loadModel('efficientnet-lite0', { onProgress: null })), /^efficientnet-lite0 weights: it is not the file that was published \(sha256/);
  delete process.env.CONVLENS_MODEL_BASE_URL;
  await server.close();
});

test.run();
