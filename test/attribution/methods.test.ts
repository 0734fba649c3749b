import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam, gradCamParts } from '../../src/attribution/cam/gradCam';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { saliency } from '../../src/attribution/gradient/saliency';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { arithmetic, classifier, mixed, nested, noiseTensor, residual, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
// 1 2 0 / 0 1 0 / 3 0 0: the convolution 1 2 / 3 4 gives 9 5 / 11 1 in channel 0, and only negative numbers in channel 1.
const input = (): tf.Tensor4D => tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]);

for (const backend of backends) {
  test(`${backend}: predict gives the logits behind the fused softmax, and the probabilities`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic(), ['up, upward', 'down']);
    const predictions = await model.predict(input());
    assert.equal([...predictions].map(({ index, label }) => [index, label]), [[0, 'up'], [1, 'down']]);
    close([...predictions].map(({ logit }) => logit), [6.5, 0]);
    close([...predictions].map(({ score }) => score), [1 / (1 + Math.exp(-6.5)), 1 / (1 + Math.exp(6.5))], 1e-4);
  });

  test(`${backend}: saliency is the absolute gradient`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    const map = await saliency(model, input(), { target: 0 });
    // Each of the four windows passes a quarter of 1 2 / 3 4.
    close(map.values, [0.25, 0.75, 0.5, 1, 2.5, 1.5, 0.75, 1.75, 1]);
    assert.equal(map.shape, [3, 3]);
    assert.equal(map.target, { index: 0, label: 'class 0' });
    assert.is(map.score.logit, 6.5);
    assert.is(map.backend, backend);
  });

  test(`${backend}: the gradient of the probability is p (1 - p) times the difference of the logits' gradients`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    const p = 1 / (1 + Math.exp(-6.5));
    const map = await saliency(model, input(), { target: 0, score: 'probability', abs: false });
    close(map.values, [0.25, 0.75, 0.5, 1, 2.5, 1.5, 0.75, 1.75, 1].map((value) => value * p * (1 - p)), 1e-3);
  });

  test(`${backend}: a target may be any function of the logits`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    const map = await saliency(model, input(), { target: (logits) => tf.mul(tf.slice(logits, [0, 0], [1, 1]), 3), abs: false });
    close(map.values, [0.75, 2.25, 1.5, 3, 7.5, 4.5, 2.25, 5.25, 3]);
    assert.is(map.score.logit, 19.5);
  });

  test(`${backend}: Grad-CAM weighs each channel by its mean gradient, sums, cuts off what is negative`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    // d logit 0 / d conv = 1/4 for every cell of channel 0: the map is a quarter of 9 5 / 11 1.
    const small = await gradCam(model, input(), { target: 0, resize: false });
    close(small.values, [2.25, 1.25, 2.75, 0.25]);
    assert.equal([small.layer, small.shape], ['conv', [2, 2]]);
    const map = await gradCam(model, input(), { target: 0 });
    // Half-pixel centres: 3 rows from 2 sit at -1/6 (held at 0), 1/2 and 7/6 (held at 1).
    close(map.values, [2.25, 1.75, 1.25, 2.5, 1.625, 0.75, 2.75, 1.5, 0.25]);
    const parts = await gradCamParts(model, input(), { target: 0 });
    close(parts.weights, [0.25, 0]);
    close(parts.sum, small.values);
    close(parts.activations, [9, 0, 5, 0, 11, 0, 1, 0]);
    close([parts.score.logit], [6.5]);
    assert.equal([parts.model, parts.explained, parts.image.width, parts.note], ['arithmetic', 'logit', 3, undefined]);
    const chance = await gradCamParts(model, input(), { target: 0, score: 'probability' });
    // The softmax of 6.5 and 0 has the slope p (1 - p).
    const p = 1 / (1 + Math.exp(-6.5));
    close(chance.weights, [p * (1 - p) * 0.25, -p * (1 - p) * 0.25], 1e-4);
    assert.is(chance.explained, 'probability');
    assert.is((await gradCamParts(model, input(), { target: { layer: 'pool', channel: 0 } })).explained, 'score');
  });

  test(`${backend}: guided backpropagation stops negative gradients at the ReLU, and says how many there are`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    const up = await guidedBackprop(model, input(), { target: (logits) => tf.sum(tf.mul(logits, tf.tensor2d([[1, -5]]))), channels: 'sum' });
    close(up.values, [0.25, 0.75, 0.5, 1, 2.5, 1.5, 0.75, 1.75, 1]);
    assert.is(up.options.relus, 1);
    const down = await guidedBackprop(model, input(), { target: (logits) => tf.neg(tf.sum(logits)), channels: 'sum' });
    close(down.values, new Array(9).fill(0));
    assert.match(String(down.note), /gradient is 0 everywhere/);
  });

  test(`${backend}: occlusion is the mean fall over the windows that cover a pixel, the last window cropped`, async () => {
    await useBackend(backend);
    // One logit = the sum of the pixels: hiding a window loses exactly its sum.
    const model = tf.sequential({ layers: [layers.flatten({ inputShape: [3, 3, 1] }), layers.dense({ units: 1, useBias: false })] });
    model.setWeights([tf.ones([9, 1])]);
    const map = await occlusion(classifier(model), input(), { patch: 2, stride: 1, fill: 0, onProgress: null });
    // Window sums: 4 3 / 4 1.
    close(map.values, [4, 3.5, 3, 4, 3, 2, 4, 2.5, 1]);
    const apart = await occlusion(classifier(model), input(), { patch: 2, stride: 2, fill: 0, onProgress: null });
    close(apart.values, [4, 4, 0, 4, 4, 0, 3, 3, 0]);
    const one = await occlusion(classifier(model), input(), { patch: 2, stride: 1, fill: 0, batchSize: 1, onProgress: null });
    close(one.values, map.values);
    const filled = await occlusion(classifier(model), input(), { patch: [3, 1], stride: 1, fill: 1, onProgress: null });
    close(filled.values, [1, 0, -3, 1, 0, -3, 1, 0, -3]);
    assert.ok(filled.signed);
  });
}

test('the numbers behind a Grad-CAM are those of one image, one target and one layer', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  assert.is(await messageOf(() => gradCamParts(model, [x] as never)), 'gradCamParts takes one image, got [a Tensor]');
  assert.is(await messageOf(() => gradCamParts(model, x, { target: [0, 1] as never })), 'gradCamParts takes one target, got [0, 1]');
  assert.is(await messageOf(() => gradCamParts(model, x, { layer: ['stem', 'sum'] as never })), 'gradCamParts takes one layer, got ["stem", "sum"]');
  assert.match(await messageOf(() => gradCamParts(model, x, { relu: false } as never)), /^gradCamParts has no option "relu"/);
});

test('the default target is the most likely class, and two classes give two maps', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const best = (await model.predict(x)).best.index;
  assert.is((await gradCam(model, x)).target.index, best);
  const maps = await Promise.all([0, 1].map((target) => gradCam(model, x, { target, relu: false })));
  assert.not.equal(Array.from(maps[0].values), Array.from(maps[1].values));
});

test('Grad-CAM looks at the last block after its sum and activation; any layer by name or number', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  assert.is((await gradCam(model, x)).layer, 'separable');
  assert.is((await gradCam(model, x, { layer: 'sum_relu' })).layer, 'sum_relu');
  assert.is((await gradCam(model, x, { layer: 0, resize: false })).shape.join(' x '), '14 x 11');
});

test('Grad-CAM looks at a dense block after its concatenation, normalisation and activation, and not behind a dropout', async () => {
  const input = tf.input({ shape: [6, 6, 2] });
  const first = layers.conv2d({ name: 'first', filters: 2, kernelSize: 3, padding: 'same' }).apply(input) as tf.SymbolicTensor;
  const grown = layers.conv2d({ name: 'grown', filters: 2, kernelSize: 3, padding: 'same' }).apply(first) as tf.SymbolicTensor;
  let x = layers.concatenate({ name: 'block' }).apply([first, grown]) as tf.SymbolicTensor;
  x = layers.batchNormalization({ name: 'bn' }).apply(x) as tf.SymbolicTensor;
  x = layers.reLU({ name: 'relu' }).apply(x) as tf.SymbolicTensor;
  x = layers.dropout({ name: 'dropout', rate: 0.5 }).apply(x) as tf.SymbolicTensor;
  x = layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  const model = classifier(tf.model({ inputs: input, outputs: layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor }));
  assert.is((await gradCam(model, noiseTensor([1, 6, 6, 2]) as tf.Tensor4D)).layer, 'relu');
});

test('nested models: layers are outer/inner, the second use of a shared layer is name#2', async () => {
  const model = classifier(nested());
  assert.equal(model.layers().names, ['base/shared', 'base/shared#2', 'base/deep', 'flatten', 'scores']);
  const x = noiseTensor([1, 8, 8, 3]) as tf.Tensor4D;
  assert.is((await gradCam(model, x)).layer, 'base/deep');
  assert.is((await gradCam(model, x, { layer: 'shared#2' })).layer, 'base/shared#2');
  assert.equal(classifier(stacked()).layers().names, ['base/deep', 'head/flatten', 'head/scores']);
});

test('methods leave nothing behind: after success, after an error, after a cancel', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  await saliency(model, x);
  for (const work of [() => saliency(model, x), () => guidedBackprop(model, x), () => gradCam(model, x), () => gradCamParts(model, x), () => model.predict(x)]) await noLeak<unknown>(work);
  await messageOf(() => saliency(model, x, { target: () => tf.zeros([2]) }));
  await messageOf(() => saliency(model, x, { target: () => { throw new Error('mine'); } }));
  await messageOf(() => occlusion(model, x, { patch: 99 }));
  const stop = new AbortController();
  let scored = 0;
  // Stopped by a count and not by progress, which a fast machine first reports at the end.
  const target = (logits: tf.Tensor2D): tf.Tensor => {
    if (++scored === 9) stop.abort();
    return tf.max(logits);
  };
  const partial = await noLeak(() => occlusion(model, x, { target, patch: 2, stride: 1, batchSize: 4, signal: stop.signal, onProgress: null }));
  assert.match(String(partial.note), /^stopped after \d+ of 108 windows/);
  assert.ok(partial.values.some((value) => value !== 0));
  const already = await noLeak(() => occlusion(model, x, { signal: AbortSignal.abort(), onProgress: null }));
  assert.match(String(already.note), /^stopped after 0 of/);
});

test('the model is the same before and after, guided backpropagation included', async () => {
  const model = residual();
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const before = (model.predict(x) as tf.Tensor).dataSync();
  const config = JSON.stringify(model.toJSON());
  const own = classifier(model);
  const plain = (await saliency(own, x)).values;
  await guidedBackprop(own, x);
  await gradCam(own, x);
  assert.is(JSON.stringify(model.toJSON()), config);
  assert.equal((model.predict(x) as tf.Tensor).dataSync(), before);
  assert.equal((await saliency(own, x)).values, plain);
});

test('what is wrong is said in one line, with the value and the choices', async () => {
  const model = classifier(residual(), ['tabby, tabby cat', 'tiger cat', 'crane', 'crane', 'goldfish, Carassius auratus']);
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const says = async (work: () => Promise<unknown>, pattern: RegExp): Promise<void> => assert.match(await messageOf(work), pattern);
  await says(() => saliency(model, x, { target: 5 }), /^target must be a class from 0 to 4, got 5$/);
  await says(() => saliency(model, x, { target: NaN }), /^target must be a class from 0 to 4, got NaN$/);
  await says(() => saliency(model, x, { target: 'tabby cta' }), /^unknown label "tabby cta"; did you mean "tabby cat"\?$/);
  await says(() => saliency(model, x, { target: 'crane' }), /^target "crane" names 2 classes: 2 \(crane\), 3 \(crane\); give the number$/);
  await says(() => saliency(model, x, { taget: 1 } as never), /^saliency has no option "taget"; did you mean "target"\?$/);
  await says(() => saliency(model, x, { channels: 'maximum' as never }), /^channels must be max, mean, sum or keep, got "maximum"/);
  await says(() => saliency(model, x, { score: 'loss' as never }), /^score must be logit or probability, got "loss"$/);
  await says(() => saliency({} as never, x), /^saliency takes a model from cl\.loadModel first, got an object$/);
  await says(() => saliency(model, 'cat.png' as never), /^image must be an Image \(cl\.loadImage\) or a tensor \[1, 13, 10, 3\], got "cat\.png"$/);
  const turned = noiseTensor([1, 10, 13, 3]) as tf.Tensor4D;
  await says(() => saliency(model, turned), /^the image tensor is \[1, 10, 13, 3\], the model takes \[1, 13, 10, 3\]$/);
  turned.dispose();
  await says(() => saliency(model, turned), /^the image tensor is disposed$/);
  await says(() => gradCam(model, x, { layer: 'sum_rely' }), /^no layer "sum_rely"; did you mean "sum_relu"\?$/);
  await says(() => gradCam(model, x, { layer: 99 }), /^layer must be a whole number from -16 to 15, got 99$/);
  await says(() => gradCam(model, x, { layer: 'logits' }), /^layer "logits" \(Dense\) puts out \[5\], Grad-CAM needs \[height, width, channels\]; the last convolution is "separable"$/);
  await says(() => occlusion(model, x, { patch: 14 }), /^patch 14 x 14 is larger than the network's input, 13 x 10$/);
  await says(() => occlusion(model, x, { stride: 0 }), /^stride must be a whole number of at least 1, got 0$/);
  await says(() => occlusion(model, x, { patch: NaN }), /^patch must be a whole number of at least 1, got NaN$/);
  await says(() => occlusion(model, x, { fill: [1, 2] as never }), /^fill must be a number, 3 numbers, 'black', 'mean', 'blur', an image or a tensor, got \[1, 2\]$/);
});

test('models that a method does not fit are refused', async () => {
  const dense = tf.sequential({ layers: [layers.flatten({ inputShape: [4, 4, 1] }), layers.dense({ units: 2 })] });
  const x = noiseTensor([1, 4, 4, 1]) as tf.Tensor4D;
  assert.match(await messageOf(() => gradCam(classifier(dense), x)), /^this model has no convolution with a grid/);
  const swish = classifier(tf.sequential({ layers: [layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 3, activation: 'swish' }), layers.flatten(), layers.dense({ units: 2 })] }));
  assert.match(await messageOf(() => guidedBackprop(swish, x)), /^guided backpropagation changes ReLUs and this model has none \(its activations: swish\); use saliency$/);
  const gone = classifier(mixed());
  const other = noiseTensor([1, 12, 11, 2]) as tf.Tensor4D;
  gone.dispose();
  for (const work of [() => saliency(gone, other), () => gone.predict(other), () => occlusion(gone, other)]) {
    assert.is(await messageOf(work), 'model "mixed" is disposed; load it again');
  }
  assert.throws(() => classifier(residual(), ['one', 'two']), /^labels has 2 names, the model has 5 classes$/);
});

test.run();
