import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { cam } from '../../src/attribution/cam/cam';
import { eigenCam } from '../../src/attribution/cam/eigenCam';
import { firstComponent } from '../../src/attribution/cam/firstComponent';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { gradCamPlusPlus } from '../../src/attribution/cam/gradCamPlusPlus';
import { hiResCam } from '../../src/attribution/cam/hiResCam';
import { layerCam } from '../../src/attribution/cam/layerCam';
import { xGradCam } from '../../src/attribution/cam/xGradCam';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { guidedGradCam } from '../../src/attribution/gradient/guidedGradCam';
import type { Attributions } from '../../src/attribution/attributions';
import type { Method } from '../../src/attribution/method';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { arithmetic, classifier, mixed, nested, noise, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const photos = [1, 2, 3].map((seed) => noiseTensor<tf.Rank.R4>([1, 13, 10, 3], seed));
const photo = (seed = 1): tf.Tensor4D => photos[seed - 1];
const methods: Record<string, Method> = { gradCam, gradCamPlusPlus, hiResCam, layerCam, xGradCam, eigenCam, cam, guidedGradCam };
const raw = { relu: false, resize: false } as const;

const cells = [1, 2, 3, 4];
// Of logit 0 with respect to each cell of channel 0 and of channel 1.
const gradients = [[1, 2, 0, -1], [0, -1, 1, 0.5]];

/** A 2 x 2 image 1 2 / 3 4; channels that are it, times `factors`; a dense layer with the gradients above. */
function linear(factors = [1, 2], bias = 0): tf.LayersModel {
  const model = tf.sequential({ name: 'linear', layers: [layers.conv2d({ name: 'conv', inputShape: [2, 2, 1], filters: 2, kernelSize: 1 }), layers.flatten(), layers.dense({ name: 'scores', units: 2 })] });
  const dense = cells.flatMap((_, cell) => gradients.flatMap((each) => [each[cell], -each[cell]]));
  tf.tidy(() => model.setWeights([tf.tensor(factors, [1, 1, 1, 2]), tf.zeros([2]), tf.tensor2d(dense, [8, 2]), tf.fill([2], bias)]));
  return model;
}

const square = (): tf.Tensor4D => tf.tensor4d(cells, [1, 2, 2, 1]);

/** Pooling of the whole grid, a dropout and a 1 x 1 convolution in place of the dense layer. */
function convolutionalHead(): tf.LayersModel {
  const model = tf.sequential({ name: 'head' });
  model.add(layers.conv2d({ name: 'last', inputShape: [7, 6, 2], filters: 4, kernelSize: 3, activation: 'relu' }));
  model.add(layers.averagePooling2d({ name: 'pool', poolSize: [5, 4] }));
  model.add(layers.dropout({ rate: 0.2 }));
  model.add(layers.conv2d({ name: 'scores', filters: 3, kernelSize: 1 }));
  model.add(layers.flatten());
  model.add(layers.activation({ activation: 'softmax' }));
  const random = noise(4 * 18 + 4 + 12 + 3, 5);
  tf.tidy(() => model.setWeights([tf.tensor4d(random.slice(0, 72), [3, 3, 2, 4]), tf.tensor1d(random.slice(72, 76)), tf.tensor4d(random.slice(76, 88), [1, 1, 4, 3]), tf.tensor1d(random.slice(88))]));
  return model;
}

/** The first component in double precision, by a plain power iteration on the channels' covariance. */
function component(values: ArrayLike<number>, count: number, channels: number): number[] {
  const rows = Array.from({ length: count }, (_, cell) => Array.from({ length: channels }, (_, c) => values[cell * channels + c]));
  const mean = rows[0].map((_, c) => rows.reduce((sum, row) => sum + row[c], 0) / count);
  const centred = rows.map((row) => row.map((value, c) => value - mean[c]));
  let vector = rows[0].map((_, c) => 1 + c / 7);
  for (let i = 0; i < 3000; i++) {
    const along = centred.map((row) => row.reduce((sum, value, c) => sum + value * vector[c], 0));
    vector = vector.map((_, c) => centred.reduce((sum, row, cell) => sum + row[c] * along[cell], 0));
    const length = Math.hypot(...vector);
    vector = vector.map((value) => value / length);
  }
  const sign = Math.sign(vector.reduce((a, b) => a + b, 0));
  return centred.map((row) => sign * row.reduce((sum, value, c) => sum + value * vector[c], 0));
}

for (const backend of backends) {
  test(`${backend}: Grad-CAM++ weighs positive gradients by the paper's alpha, by alphas that add up to 1, and with pytorch-grad-cam's epsilon`, async () => {
    await useBackend(backend);
    const model = classifier(linear());
    const mapWith = (alphaOf: (g: number, sum: number, all: number[]) => number): number[] => {
      const weights = gradients.map((each, c) => each.reduce((sum, g) => sum + Math.max(g, 0) * alphaOf(g, 10 * (c + 1), each), 0));
      return cells.map((value) => value * weights[0] + 2 * value * weights[1]);
    };
    const paper = (g: number, sum: number, epsilon = 0): number => (g === 0 ? 0 : (g * g) / (2 * g * g + sum * g ** 3 + epsilon));
    const map = await gradCamPlusPlus(model, square(), { target: 0, ...raw });
    close(map.values, mapWith((g, sum) => paper(g, sum)));
    assert.equal([map.method, map.options.alpha], ['Grad-CAM++', 'paper']);
    const normalized = await gradCamPlusPlus(model, square(), { target: 0, alpha: 'normalized', ...raw });
    close(normalized.values, mapWith((g, sum, all) => paper(g, sum) / all.reduce((total, each) => total + paper(each, sum), 0)));
    const eased = await gradCamPlusPlus(model, square(), { target: 0, epsilon: 0.5, ...raw });
    close(eased.values, mapWith((g, sum) => paper(g, sum, 0.5)));
  });

  test(`${backend}: Eigen-CAM is the first component, with the sign of the channels' sum, and says that it knows no class`, async () => {
    await useBackend(backend);
    const map = await eigenCam(classifier(linear()), square(), raw);
    // The cells vary along (1, 2) only.
    close(map.values, [-1.5, -0.5, 0.5, 1.5].map((value) => value * Math.sqrt(5)));
    const turned = await eigenCam(classifier(linear([-1, -2])), square(), raw);
    close(turned.values, [1.5, 0.5, -0.5, -1.5].map((value) => value * Math.sqrt(5)));
    assert.match(String(map.note), /^the same for every class$/);
    close((await eigenCam(classifier(linear()), square(), { target: 1, ...raw })).values, map.values);
  });

  test(`${backend}: the first component is that of a singular value decomposition, with more cells than channels and with fewer`, async () => {
    await useBackend(backend);
    for (const [height, width, channels] of [[7, 6, 5], [3, 2, 20], [1, 1, 4], [5, 1, 1]]) {
      const values = noise(2 * height * width * channels, channels);
      const found = tf.tidy(() => firstComponent(tf.tensor4d(values, [2, height, width, channels])).dataSync());
      const size = height * width;
      const expected = [0, 1].map((row) => component(values.slice(row * size * channels, (row + 1) * size * channels), size, channels));
      close(found, expected.flat().map((value) => value || 0), 1e-4);
    }
  });

  test(`${backend}: CAM is Grad-CAM times the number of cells, and its mean is the logit without the bias`, async () => {
    await useBackend(backend);
    for (const [net, size, count] of [[residual(), [1, 13, 10, 3], 12], [convolutionalHead(), [1, 7, 6, 2], 20]] as const) {
      const model = classifier(net);
      const x = noiseTensor<tf.Rank.R4>([...size]);
      const map = await cam(model, x, { target: 2, ...raw });
      const { values, layer } = await gradCam(model, x, { target: 2, layer: map.layer, ...raw });
      assert.is(map.layer, layer);
      assert.is(values.length, count);
      close(map.values, values.map((value) => value * count));
      const bias = net.layers.findLast((layer) => layer.getWeights().length > 0)!.getWeights()[1].dataSync()[2];
      close([map.values.reduce((a, b) => a + b, 0) / count], [map.score.logit - bias], 1e-4);
    }
  });

  test(`${backend}: guided Grad-CAM is guided backpropagation times the positive Grad-CAM at the input's size`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    for (const resize of ['bilinear', 'nearest', 'corners'] as const) {
      const options = { target: [1, 3], layer: 'sum_relu' };
      const maps = await noLeak(() => guidedGradCam(model, [photo()], { ...options, resize }));
      const guided = await guidedBackprop(model, [photo()], { target: options.target });
      const cams = await gradCam(model, [photo()], { target: options.target, layer: options.layer, resize });
      maps.items.forEach((map, i) => {
        assert.equal([map.layer, map.shape], ['sum_relu', [13, 10, 3]]);
        close(map.values, guided.at(i)!.values.map((value, at) => value * cams.at(i)!.values[Math.floor(at / 3)]));
      });
    }
  });

  test(`${backend}: several layers make one map, each divided by its largest value; with normalize as pytorch-grad-cam`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    const both = ['stem_relu', 'separable'];
    const apart = await gradCam(model, photo(), { target: 1, layer: both });
    const [a, b] = apart.map((map) => map.values.map((value) => value / map.values.reduce((best, each) => Math.max(best, each), 0)));
    const one = async (combine: 'mean' | 'max' | 'product'): Promise<Attribution> => noLeak(() => gradCam(model, photo(), { target: 1, layer: both, combine }));
    close((await one('mean')).values, a.map((value, i) => (value + b[i]) / 2));
    close((await one('max')).values, a.map((value, i) => Math.max(value, b[i])));
    const product = await one('product');
    close(product.values, a.map((value, i) => value * b[i]));
    assert.equal([product.layer, product.options.combine, product.shape], ['stem_relu + separable', 'product', [13, 10]]);
    const peers = await gradCam(model, photo(), { target: 1, layer: both, combine: 'mean', normalize: 'minmax' });
    assert.is(Math.min(...peers.values), 0);
    close([Math.max(...peers.values)], [1]);
  });

  test(`${backend}: augment is the mean of six maps, turned back, of the class of the image as it is`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    const x = photo(3);
    const map = await noLeak(() => gradCam(model, x, { augment: true, relu: false }));
    const { index } = (await model.predict(x)).best;
    assert.is(map.target.index, index);
    const sum = new Float64Array(130);
    for (const mirror of [false, true]) {
      for (const factor of [0.9, 1, 1.1]) {
        const other = tf.tidy(() => tf.mul(mirror ? tf.reverse(x, 2) : x, factor)) as tf.Tensor4D;
        const { values } = await gradCam(model, other, { target: index, relu: false });
        values.forEach((value, i) => (sum[mirror ? i - (i % 10) + 9 - (i % 10) : i] += value / 6));
      }
    }
    close(map.values, sum);
  });

  test(`${backend}: smooth 'eigen' takes the first component of the channels' shares`, async () => {
    await useBackend(backend);
    const map = await gradCam(classifier(arithmetic()), tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]), { target: 0, smooth: 'eigen', ...raw });
    // Only the first channel has a share: 2.25 1.25 2.75 .25.
    close(map.values, [0.625, -0.375, 1.125, -1.375]);
  });

  for (const [name, method] of Object.entries(methods)) {
    test(`${backend}: ${name} of lists of targets and of images is each alone`, async () => {
      await useBackend(backend);
      const model = classifier(residual());
      const targets = await noLeak(() => method(model, [photo()], { target: [0, 3, { contrast: [1, 2] }] }));
      for (const [i, target] of [0, 3, { contrast: [1, 2] } as const].entries()) close(targets.at(i)!.values, (await method(model, photo(), { target })).values);
      for (const batchSize of [undefined, 2]) {
        const images = await noLeak(() => method(model, [photo(1), photo(2), photo(3)], { batchSize }) as Promise<Attributions>);
        for (const [i, map] of images.items.entries()) close(map.values, (await method(model, photo(i + 1))).values);
      }
    });

    test(`${backend}: ${name} does not change with a constant added to the logits`, async () => {
      if (method === cam) return;
      await useBackend(backend);
      const [a, b] = [0, 7].map((bias) => classifier(shifted(bias)));
      close((await method(b, photo(), { target: 1 })).values, (await method(a, photo(), { target: 1 })).values);
    });
  }
}

function shifted(by: number): tf.LayersModel {
  const model = residual();
  const last = model.getLayer('logits');
  tf.tidy(() => last.setWeights(last.getWeights().map((weight, i) => (i === 1 ? tf.add(weight, by) : weight))));
  return model;
}

test('layers that put out nothing, or the same everywhere, give a note and no NaN', async () => {
  const x = tf.zeros([1, 13, 10, 3]) as tf.Tensor4D;
  const dead = residual();
  tf.tidy(() => dead.getLayer('separable').setWeights(dead.getLayer('separable').getWeights().map((weight) => tf.zerosLike(weight))));
  const model = classifier(dead);
  for (const [name, method] of Object.entries(methods)) {
    for (const more of [{}, { normalize: 'minmax' }, { smooth: 'eigen' }, { augment: true }, { layer: ['separable', 'both'], combine: 'mean' }] as object[]) {
      if (name === 'guidedGradCam' && Object.keys(more).length) continue;
      const taken = Object.keys(more).every((option) => !(name === 'eigenCam' && option === 'smooth') && !(name === 'cam' && option === 'combine'));
      if (!taken) continue;
      const map = await noLeak(() => method(model, x, { target: 0, ...more }));
      assert.ok(map.values.every(Number.isFinite), `${name} ${JSON.stringify(more)}`);
      if (map.values.every((value) => value === 0)) assert.ok(map.note, `${name} ${JSON.stringify(more)} is empty without a note`);
    }
  }
  assert.match(String((await eigenCam(model, x)).note), /the same in every cell/);
  assert.match(String((await gradCam(model, x, { relu: false })).note), /0 everywhere/);
  assert.match(String((await guidedGradCam(model, x)).note), /no positive evidence/);
});

test('CAM says what is in the way of a network that is not built for it', async () => {
  const says = async (net: tf.LayersModel, size: [number, number, number, number], pattern: RegExp, options = {}): Promise<void> => {
    const [model, x] = [classifier(net), noiseTensor<tf.Rank.R4>(size)];
    assert.match(await messageOf(() => cam(model, x, options)), pattern);
  };
  await says(mixed(), [1, 12, 11, 2], /global average pooling.*layer "hidden" \(activation tanh\) is in the way; gradCam does without$/);
  await says(nested(), [1, 8, 8, 3], /layer "base\/deep" \(activation relu\) is in the way/);
  await says(linear(), [1, 2, 2, 1], /this model has no such pooling/);
  await says(residual(), [1, 13, 10, 3], /score "probability" take gradCam/, { score: 'probability' });
  await says(residual(), [1, 13, 10, 3], /cam has no option "layer"/, { layer: 'separable' });
});

test('what is wrong is said in one line', async () => {
  const model = classifier(residual());
  const says = async (work: () => Promise<unknown>, pattern: RegExp): Promise<void> => assert.match(await messageOf(work), pattern);
  await says(() => gradCam(model, photo(), { layer: 'separable', combine: 'mean' }), /^combine needs a list of layers, layer: \[a, b\]$/);
  await says(() => gradCam(model, photo(), { layer: ['both', 'separable'], combine: 'sum' as never }), /^combine must be mean, max or product, got "sum"/);
  await says(() => gradCam(model, photo(), { layer: ['both', 'stem'], combine: 'mean', resize: false }), /^combine needs maps of one size; resize must not be false$/);
  await says(() => gradCam(model, photo(), { augment: 6 as never }), /^augment must be true or false, got 6$/);
  await says(() => gradCam(model, photo(), { smooth: 'svd' as never }), /^smooth must be none or eigen, got "svd"$/);
  await says(() => gradCamPlusPlus(model, photo(), { alpha: 'exp' as never }), /^alpha must be paper or normalized, got "exp"$/);
  await says(() => gradCamPlusPlus(model, photo(), { epsilon: -1 }), /^epsilon must be a number from 0 to 1, got -1$/);
  await says(() => eigenCam(model, photo(), { smooth: 'eigen' } as never), /^eigenCam has no option "smooth"/);
  await says(() => eigenCam(model, photo(), { layer: 'logits' }), /Eigen-CAM needs \[height, width, channels\]/);
  await says(() => guidedGradCam(model, photo(), { resize: false as never }), /^resize must bring Grad-CAM to the input's size, got false$/);
  const [smooth, x] = [classifier(linear()), square()];
  await says(() => guidedGradCam(smooth, x), /guided Grad-CAM changes ReLUs and this model has none/);
});

test.run();
