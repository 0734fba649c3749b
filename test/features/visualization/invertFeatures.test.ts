import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../../src/backend';
import '../../../src/figure/install';
import type { FeatureVisualization } from '../../../src/features/visualization/featureVisualization';
import { invertFeatures, type InvertFeaturesOptions } from '../../../src/features/visualization/invertFeatures';
import { grams } from '../../../src/features/visualization/objective';
import type { ImageInput } from '../../../src/model/classifier';
import { Classifier } from '../../../src/model/classifier';
import { findLayer } from '../../../src/model/layers';
import { forward } from '../../../src/model/run';
import { backends } from '../../helpers/backends';
import { close } from '../../helpers/close';
import { texture } from '../../helpers/everyWidget';
import { messageOf, noLeak } from '../../helpers/noLeak';
import { seeded } from '../../helpers/models';

const { layers } = tf;

function small(): Classifier {
  const net = tf.sequential({ name: 'small' });
  net.add(layers.conv2d({ name: 'first', inputShape: [16, 16, 3], filters: 8, kernelSize: 3, padding: 'same', activation: 'tanh' }));
  net.add(layers.conv2d({ name: 'half', filters: 6, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }));
  net.add(layers.flatten({ name: 'flat' }));
  net.add(layers.dense({ name: 'scores', units: 3, activation: 'softmax' }));
  return new Classifier(seeded(net), { name: 'small', preprocess: 'tf' });
}

const run = (model: Classifier, image: ImageInput, options: InvertFeaturesOptions): Promise<FeatureVisualization> => noLeak(() => invertFeatures(model, image, { steps: 40, onProgress: null, ...options }));

for (const backend of backends) {
  test(`on ${backend} the inverse of an early layer is the image again, and the error told is the error there is`, async () => {
    await useBackend(backend);
    const model = small();
    const image = texture(16);
    const [first] = (await run(model, image, { layer: 'first', steps: 80 })).features;
    assert.ok(first.value < 0.35 * first.start, `${first.value} of ${first.start}`);
    const near = [...first.image.data].reduce((sum, value, at) => sum + Math.abs(value - image.data[at]), 0) / image.data.length;
    const grey = [...image.data].reduce((sum, value, at) => sum + (at % 4 < 3 ? Math.abs(value - 127.5) : 0), 0) / image.data.length;
    assert.ok(near < 0.6 * grey, `${near} of ${grey} shades off`);
    const told = tf.tidy(() => {
      const [a, b] = [first.image, image].map((each) => forward(model.graph, model.prepare(each).x, [findLayer(model.graph, 'first').value])[0]);
      return tf.div(tf.norm(tf.sub(a, b)), tf.norm(b)).dataSync()[0];
    });
    assert.ok(Math.abs(told - first.value) < 0.02, `${told} is ${first.value}`);
    model.dispose();
  });

  test(`on ${backend} Gram matrices are matched, which do not tell where things are`, async () => {
    await useBackend(backend);
    const model = small();
    const made = await run(model, texture(16), { layer: ['first', 'half'], match: 'gram', tv: 0.05 });
    assert.equal([made.method, made.rising, made.unit, made.length], ['texture inversion', false, 'relative error', 2]);
    for (const { value, start, label } of made) assert.ok(value < 0.7 * start, `${label}: ${value} of ${start}`);
    model.dispose();
  });
}

test('a Gram matrix by arithmetic, whatever the order of the cells', async () => {
  await useBackend('cpu');
  tf.tidy(() => {
    const gram = (cells: number[]): Float32Array => grams(tf.tensor4d(cells, [1, 1, 2, 2])).dataSync() as Float32Array;
    close(gram([1, 2, 3, 4]), [5, 7, 7, 10]);
    close(gram([3, 4, 1, 2]), [5, 7, 7, 10]);
  });
});

test('one layer of each size of map unless told; an image at another size, a tensor as it is', async () => {
  await useBackend('cpu');
  const model = small();
  const made = await run(model, texture(20), { steps: 2 });
  assert.equal(made.features.map(({ label }) => label), ['first', 'half']);
  assert.equal([made.original?.width, made.images[0].width, made.images[0].name], [16, 16, 'first']);
  assert.equal((await run(model, texture(40), { layer: 'half', size: 24, steps: 2 })).images.map(({ width }) => width), [24]);
  const x = tf.zeros([1, 16, 16, 3]) as tf.Tensor4D;
  assert.is((await run(model, x, { layer: 'scores', steps: 2 })).length, 1);
  assert.match(await messageOf(() => run(model, x, { layer: 'half', size: 24 })), /^size belongs to an image/);
  x.dispose();
  assert.match(await messageOf(() => run(model, texture(40), { layer: 'scores', size: 24 })), /^size 24 does not go through the layers up to "scores"/);
  model.dispose();
});

test('what is wrong is told in a line', async () => {
  await useBackend('cpu');
  const model = small();
  const wrong: [InvertFeaturesOptions, RegExp][] = [
    [{ layer: 'frist' }, /^no layer "frist"; did you mean "first"\?$/],
    [{ layer: [] }, /^layer is an empty list/],
    [{ layer: 'scores', match: 'gram' }, /^match "gram" needs a layer with a grid; "scores" \(Dense\) has none$/],
    [{ match: 'style' as never }, /^match must be features or gram, got "style"/],
    [{ channel: 1 } as never, /has no option "channel"/],
  ];
  for (const [options, message] of wrong) assert.match(await messageOf(() => run(model, texture(16), options)), message);
  model.model.layers[1].setWeights([tf.zeros([3, 3, 8, 6]), tf.zeros([6])]);
  assert.match(await messageOf(() => run(model, texture(16), { layer: 'half' })), /^layer "half" is 0 everywhere for this image; there is nothing to invert$/);
  assert.match(await messageOf(() => run(model, 'cat' as never, {})), /^image must be an Image/);
  model.dispose();
});

test('stopped between layers, it gives those that are ready', async () => {
  await useBackend('cpu');
  const model = small();
  const stop = new AbortController();
  const made = await noLeak(() => invertFeatures(model, texture(16), { steps: 400, signal: stop.signal, onProgress: ({ done }) => done > 420 && stop.abort() }));
  assert.match(made.note ?? '', /^stopped after \d+ of 800 steps: the best so far$/);
  assert.equal(made.features.map(({ seen }) => seen.length < 400), [false, true]);
  model.dispose();
});

test.run();
