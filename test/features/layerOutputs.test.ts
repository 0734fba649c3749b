import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { layerOutputs } from '../../src/features/layerOutputs';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { arithmetic, classifier, nested, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const input = (): tf.Tensor4D => tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]);

for (const backend of backends) {
  test(`${backend}: the outputs of every layer with a grid, activations applied`, async () => {
    await useBackend(backend);
    const x = input();
    const model = classifier(arithmetic());
    const outputs = await noLeak(() => layerOutputs(model, x));
    assert.equal([...outputs].map(({ layer, kind, shape }) => [layer, kind, shape]), [['conv', 'Conv2D', [2, 2, 2]]]);
    close(outputs.get('conv').values, [9, 0, 5, 0, 11, 0, 1, 0]);
    close(outputs.get('conv').channel(0), [9, 5, 11, 1]);
    close(outputs.get('conv').channel(1), [0, 0, 0, 0]);
  });

  test(`${backend}: they are what TensorFlow.js's own sub-model gives`, async () => {
    await useBackend(backend);
    const model = residual();
    const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
    const names = ['stem_bn', 'sum_relu', 'max', 'separable', 'pool', 'logits'];
    const outputs = await layerOutputs(classifier(model), x, { layers: names });
    const own = tf.model({ inputs: model.inputs, outputs: names.map((name) => model.getLayer(name).output as tf.SymbolicTensor) }).predict(x) as tf.Tensor[];
    [...outputs].forEach((output, i) => close(output.values, own[i].dataSync(), 1e-4));
  });
}

test('chosen layers by name and number, chosen channels, in the order asked for', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const outputs = await noLeak(() => layerOutputs(model, x, { layers: ['separable', 1], channels: [3, 0] }));
  assert.equal([...outputs].map(({ layer, shape, channels }) => [layer, shape, channels]), [['separable', [4, 3, 2], [3, 0]], ['stem', [7, 6, 2], [3, 0]]]);
  assert.equal(outputs.network?.names, model.layers().names);
  const all = await layerOutputs(model, x, { layers: ['separable'] });
  close(outputs.get('separable').channel(3), all.get('separable').channel(3));
});

test('layers of a nested model, both uses of a shared one', async () => {
  const outputs = await layerOutputs(classifier(nested()), noiseTensor<tf.Rank.R4>([1, 8, 8, 3]));
  assert.equal([...outputs].map(({ layer }) => layer), ['base/shared', 'base/shared#2', 'base/deep']);
});

test('wrong layers and channels are named', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  assert.is(await messageOf(() => layerOutputs(model, x, { layers: ['stemm'] })), 'no layer "stemm"; did you mean "stem"?');
  assert.is(await messageOf(() => layerOutputs(model, x, { layers: ['stem'], channels: [4] })), 'channels (layer "stem") must be a whole number from 0 to 3, got 4');
  assert.is(await messageOf(() => layerOutputs(model, x, { layers: 'stem' as never })), 'layers must be a list of names or numbers, got "stem"');
  assert.is(await messageOf(() => layerOutputs(model, x, { layer: ['stem'] } as never)), 'layerOutputs has no option "layer"; did you mean "layers"?');
  const outputs = await layerOutputs(model, x, { layers: ['stem'], channels: [1] });
  assert.throws(() => outputs.get('dw'), /^no output of layer "dw" here; there are: stem$/);
  assert.throws(() => outputs.get('stem').channel(0), /has no channel 0 here/);
});

test.run();
