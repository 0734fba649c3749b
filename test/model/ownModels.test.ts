import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { saliency } from '../../src/attribution/gradient/saliency';
import { useBackend } from '../../src/backend';
import { nearest, shown } from '../../src/check';
import { layerOutputs } from '../../src/features/layerOutputs';
import { loadModel } from '../../src/model/loadModel';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { classifier, noiseTensor, seeded } from '../helpers/models';
import { messageOf } from '../helpers/noLeak';

const { layers } = tf;

type Symbolic = tf.SymbolicTensor;

/** An 8 x 8 picture through what `middle` makes of it, to three scores. */
function around(middle: (x: Symbolic) => Symbolic, units = 3, activation?: 'sigmoid'): tf.LayersModel {
  const input = tf.input({ shape: [8, 8, 3] });
  const x = layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, padding: 'same' }).apply(input) as Symbolic;
  const pooled = layers.globalAveragePooling2d({ name: 'pool' }).apply(middle(x)) as Symbolic;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ name: 'scores', units, activation }).apply(pooled) as Symbolic }));
}

const picture = (): tf.Tensor4D => noiseTensor([1, 8, 8, 3], 5) as tf.Tensor4D;

for (const backend of backends) {
  test(`a binary network with one sigmoid has gradients on ${backend}`, async () => {
    await useBackend(backend);
    const model = around((x) => layers.reLU().apply(x) as Symbolic, 1, 'sigmoid');
    const own = classifier(model);
    const x = picture();
    const map = await saliency(own, x, { channels: 'keep', abs: false });
    assert.is(map.target.index, 0);
    // The sigmoid's slope makes one of the other.
    const chance = map.score.probability as number;
    const sloped = await saliency(own, x, { channels: 'keep', abs: false, score: 'probability' });
    close(sloped.values, map.values.map((value) => value * chance * (1 - chance)), 1e-5);
    assert.ok((await gradCam(own, x, { relu: false })).values.some((value) => value !== 0));
  });

  test(`a linear activation, and one tensor given twice, on ${backend}`, async () => {
    const model = around((x) => {
      const same = layers.activation({ activation: 'linear' }).apply(x) as Symbolic;
      return layers.multiply().apply([same, same]) as Symbolic;
    });
    const x = picture();
    await useBackend('cpu');
    const expected = tf.tidy(() => tf.grad((input: tf.Tensor) => tf.sum(tf.slice(model.apply(input) as tf.Tensor2D, [0, 1], [1, 1])))(x).dataSync());
    await useBackend(backend);
    close((await saliency(classifier(model), x, { target: 1, channels: 'keep', abs: false })).values, expected as Float32Array, 1e-4);
  });
}

test('a thresholded ReLU passes back only above its threshold', async () => {
  const model = tf.sequential({ layers: [
    layers.thresholdedReLU({ inputShape: [2, 2, 1], theta: 0.5 }),
    layers.flatten(),
    layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' }),
  ] });
  const map = await saliency(classifier(model), tf.tensor4d([0.4, 0.6, -1, 2], [1, 2, 2, 1]));
  assert.equal([...map.values], [0, 1, 0, 1]);
});

test('a layer without a gradient is named, and leaves no tensor behind', async () => {
  class Rounded extends tf.layers.Layer {
    static readonly className = 'Rounded';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const [x] = [inputs].flat();
      return tf.cast(tf.greater(tf.mul(x, 2), 0), 'float32');
    }
  }
  const own = classifier(around((x) => new Rounded({ name: 'rounded' }).apply(x) as Symbolic));
  const x = picture();
  assert.match(await messageOf(() => saliency(own, x)), /^no gradient through layer "rounded" on the \w+ backend: /);
});

test('a network with scores for many places is refused, one without a grid has no layer outputs unless named', async () => {
  const map = tf.sequential({ layers: [layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 1, activation: 'softmax' })] });
  assert.is(await messageOf(() => loadModel(map)), 'the model puts out [any, 8, 8, 2], scores for many places; convlens explains classifiers, which put out [batch, classes]');
  const flat = tf.sequential({ name: 'flat', layers: [layers.flatten({ name: 'flatten', inputShape: [4, 4, 1] }), layers.dense({ name: 'scores', units: 2 })] });
  const ownFlat = classifier(flat);
  const empty = tf.zeros([1, 4, 4, 1]) as tf.Tensor4D;
  assert.is(await messageOf(() => layerOutputs(ownFlat, empty)), 'flat has no layer with a grid; name some with layers: flatten, scores');
});

test("Keras's Normalization and a pooling with keepdims, as EfficientNet and MobileNet have them", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'convlens-keras-'));
  try {
    const config = { name: 'small', layers: [
      { class_name: 'InputLayer', config: { batch_input_shape: [null, 2, 2, 3], name: 'image' } },
      { class_name: 'Normalization', config: { name: 'normalization', axis: [3], mean: null, variance: null } },
      { class_name: 'GlobalAveragePooling2D', config: { name: 'pool', keepdims: true } },
      { class_name: 'Reshape', config: { name: 'flat', target_shape: [3] } },
    ] };
    const values = new Float32Array([1, 2, 3, 4, 4, 16, 0]);
    const weightsManifest = [{ paths: ['w.bin'], weights: ['mean', 'variance'].map((name) => ({ name: `normalization/${name}`, shape: [3], dtype: 'float32' })).concat([{ name: 'normalization/count', shape: [], dtype: 'float32' }]) }];
    await writeFile(path.join(folder, 'w.bin'), Buffer.from(values.buffer));
    await writeFile(path.join(folder, 'model.json'), JSON.stringify({ format: 'layers-model', modelTopology: { class_name: 'Sequential', config }, weightsManifest }));
    const before = tf.memory().numTensors;
    const model = await loadModel(folder);
    const x = tf.fill([1, 2, 2, 3], 5) as tf.Tensor4D;
    const logits = [...(await model.predict(x))].sort((a, b) => a.index - b.index).map(({ logit }) => logit);
    assert.equal(logits, [2, 1.5, 0.5]);
    assert.equal([...(await saliency(model, x, { target: 0, channels: 'keep' })).values].slice(0, 3), [0.125, 0, 0]);
    x.dispose();
    model.dispose();
    assert.is(tf.memory().numTensors, before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a hint names a whole word before a part of one, and a Promise is told as a forgotten await', () => {
  assert.is(nearest('cat', ['Rana catesbeiana', 'tabby cat']), 'tabby cat');
  assert.is(shown(Promise.resolve(1)), 'a Promise (is an await missing before it?)');
});

test.run();
