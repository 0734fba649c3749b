import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saliency } from '../../src/attribution/gradient/saliency';
import { Image } from '../../src/image/image';
import { Classifier } from '../../src/model/classifier';
import { fused } from '../../src/model/fuse';
import { pixelsOf, preprocessed, toPixels } from '../../src/model/preprocess';
import { forward } from '../../src/model/run';
import { close } from '../helpers/close';
import { arithmetic, classifier, mixed, nested, noiseTensor, residual, seeded, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const pixel = (r: number, g: number, b: number): Image => new Image(1, 1, new Uint8ClampedArray([r, g, b, 255]));
const inputOf = (image: Image, name: Parameters<typeof preprocessed>[1], channels = 3): number[] =>
  tf.tidy(() => Array.from(preprocessed(toPixels(image), name, channels).dataSync()));

test('each preprocessing does what its networks were trained with', () => {
  const colour = pixel(255, 127, 0);
  close(inputOf(colour, 'caffe'), [0 - 103.939, 127 - 116.779, 255 - 123.68]);
  close(inputOf(colour, 'tf'), [1, -0.5 / 127.5, -1]);
  close(inputOf(colour, 'torch'), [(1 - 0.485) / 0.229, (127 / 255 - 0.456) / 0.224, -0.406 / 0.225]);
  close(inputOf(colour, 'lite'), [1, 0, -127 / 128]);
  close(inputOf(colour, '0-1'), [1, 127 / 255, 0]);
  close(inputOf(colour, 'none'), [255, 127, 0]);
  close(inputOf(colour, (x) => tf.mul(x, 2)), [510, 254, 0]);
  close(inputOf(pixel(100, 100, 100), '0-1', 1), [100 / 255]);
});

test('the picture behind a preprocessed tensor is the photograph, whatever the preprocessing', () => {
  const image = new Image(2, 1, new Uint8ClampedArray([10, 200, 30, 255, 250, 0, 128, 255]));
  for (const name of ['caffe', 'tf', 'torch', 'lite', '0-1', 'none'] as const) {
    const x = tf.tidy(() => preprocessed(toPixels(image), name, 3));
    assert.equal(Array.from(pixelsOf(x, name).data), Array.from(image.data), name);
    x.dispose();
  }
});

test('an image and its own preprocessed tensor give the same answer', async () => {
  const model = new Classifier(residual(), { name: 'residual', preprocess: 'caffe' });
  const data = Uint8ClampedArray.from({ length: 13 * 10 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
  const image = new Image(10, 13, data);
  const { x } = model.prepare(image);
  const [one, other] = [await saliency(model, image), await saliency(model, x)];
  close(one.values, other.values);
  x.dispose();
});

test('normalisations are taken into convolutions without changing any answer', () => {
  const model = residual();
  const { graph } = classifier(model);
  const plan = fused(graph, []);
  assert.is(graph.steps.length - plan.steps.length, 1);
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const [fast] = forward(graph, x, [graph.output]);
  close(fast.dataSync(), (model.predict(x) as tf.Tensor).dataSync());
  const between = graph.steps.find((step) => step.layer === 'stem');
  assert.ok(between);
  assert.is(fused(graph, between.outputs).steps.length, graph.steps.length, 'a value that is asked for is not merged away');
});

test('a model that is trained on between two calls is seen as it is now, with nothing left behind', async () => {
  const model = residual();
  const own = classifier(model);
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const before = await own.predict(x);
  const weights = model.getWeights().map((weight) => tf.mul(weight, 0.5));
  model.setWeights(weights);
  tf.dispose(weights);
  const after = await noLeak(() => own.predict(x));
  assert.not.equal([...after].map(({ logit }) => logit), [...before].map(({ logit }) => logit));
  const top = (model.predict(x) as tf.Tensor).dataSync()[after.best.index];
  close([after.best.score], [top], 1e-4);
});

test('dispose frees the model and what was worked out from it', () => {
  const before = tf.memory().numTensors;
  const own = classifier(residual());
  own.dispose();
  own.dispose();
  assert.is(tf.memory().numTensors, before);
  assert.ok(own.disposed);
});

test('the logits are found behind a fused or separate softmax or sigmoid, through reshapes, or are the output itself', () => {
  const endings = { arithmetic: 'softmax', residual: 'softmax', mixed: 'softmax', nested: 'softmax', stacked: 'sigmoid' };
  for (const make of [arithmetic, residual, mixed, nested, stacked]) {
    const { head, name } = classifier(make());
    assert.is(head.ending, endings[name as keyof typeof endings], name);
  }
  const reshaped = tf.sequential({ layers: [layers.conv2d({ inputShape: [1, 1, 2], filters: 3, kernelSize: 1 }), layers.softmax(), layers.reshape({ targetShape: [3] })] });
  const { head, graph } = classifier(seeded(reshaped));
  assert.is(head.ending, 'softmax');
  assert.is(head.logits, graph.steps[0].outputs[0]);
  const bare = tf.sequential({ layers: [layers.flatten({ inputShape: [2, 2, 1] }), layers.dense({ units: 4 })] });
  assert.is(classifier(bare).head.ending, 'none');
});

test('a network of one channel sees the luminance, and any size that it allows', async () => {
  const grey = tf.sequential({ layers: [layers.conv2d({ inputShape: [5, 7, 1], filters: 2, kernelSize: 3, activation: 'relu' }), layers.globalAveragePooling2d({}), layers.dense({ units: 2 })] });
  const model = classifier(seeded(grey));
  assert.equal((await saliency(model, new Image(9, 9, new Uint8ClampedArray(9 * 9 * 4).fill(200)))).shape, [5, 7]);
  const free = tf.sequential({ layers: [layers.conv2d({ inputShape: [null, null, 3], filters: 2, kernelSize: 3 }), layers.globalAveragePooling2d({}), layers.dense({ units: 2 })] });
  assert.equal(classifier(free).inputShape, [224, 224, 3]);
  assert.equal(new Classifier(free, { name: 'free', preprocess: 'none', inputSize: [32, 48] }).inputShape, [32, 48, 3]);
});

test('predict says what is wrong', async () => {
  const model = classifier(arithmetic());
  const x = noiseTensor<tf.Rank.R4>([1, 3, 3, 1]);
  assert.is(await messageOf(() => model.predict(x, { top: 0 })), 'top must be a whole number of at least 1, got 0');
  assert.is(await messageOf(() => model.predict(x, { topk: 3 } as never)), 'predict has no option "topk"; did you mean "top"?');
  assert.is(await messageOf(() => model.predict(undefined as never)), 'image must be an Image (cl.loadImage) or a tensor [1, 3, 3, 1], got undefined');
  const wrong = new Classifier(arithmetic(), { name: 'wrong', preprocess: (pixels) => tf.slice(pixels, [0, 0, 0], [2, 2, 1]) });
  const image = new Image(3, 3, new Uint8ClampedArray(36));
  assert.is(await messageOf(() => wrong.predict(image)), 'preprocess gives [1, 2, 2, 1], the model takes [1, 3, 3, 1]');
});

test('the layer table tells name, kind, shape, parameters, readers, and where Grad-CAM fits', () => {
  const table = classifier(residual()).layers();
  const row = (name: string) => [...table].find((each) => each.name === name);
  assert.equal(row('sum')?.inputs, ['stem_relu', 'project']);
  assert.equal([row('dw')?.kind, row('dw')?.outputShape, row('dw')?.params, row('dw')?.gradCam], ['DepthwiseConv2D', [null, 7, 6, 8], 80, true]);
  assert.is(row('logits')?.gradCam, false);
  assert.is(table.params, residual().countParams());
  assert.match(String(table), /^layer +kind +output +parameters +multiply-adds +Grad-CAM\n/);
  assert.is(classifier(nested()).layers().params, nested().countParams(), 'shared weights are counted once');
});

test.run();
