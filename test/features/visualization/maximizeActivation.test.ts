import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../../src/backend';
import '../../../src/figure/install';

import { type FeatureVisualization } from '../../../src/features/visualization/featureVisualization';
import { maximizeActivation, type MaximizeActivationOptions } from '../../../src/features/visualization/maximizeActivation';
import { visualizeDirections } from '../../../src/features/visualization/visualizeDirections';
import { directionScores, likeness } from '../../../src/features/visualization/objective';
import { slopeAt } from '../../../src/features/visualization/slope';
import { Classifier } from '../../../src/model/classifier';
import type { Image } from '../../../src/image/image';
import { forward } from '../../../src/model/run';
import type { Preprocess } from '../../../src/model/preprocess';
import { findLayer } from '../../../src/model/layers';
import { backends } from '../../helpers/backends';
import { close, relativeError } from '../../helpers/close';
import { messageOf, noLeak } from '../../helpers/noLeak';
import { noiseTensor, residual, seeded } from '../../helpers/models';

const { layers } = tf;
const quiet = { onProgress: null } as const;

/** A network of two convolutions, a pool, and a head that takes one size only. */
function small({ preprocess = 'tf' as Preprocess, side = 16, channels = 3 } = {}): Classifier {
  const net = tf.sequential({ name: 'small' });
  net.add(layers.conv2d({ name: 'first', inputShape: [side, side, channels], filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }));
  net.add(layers.maxPooling2d({ name: 'pool', poolSize: 2 }));
  net.add(layers.conv2d({ name: 'second', filters: 5, kernelSize: 3, padding: 'same', activation: 'relu6' }));
  net.add(layers.flatten({ name: 'flat' }));
  net.add(layers.dense({ name: 'hidden', units: 6, activation: 'relu' }));
  net.add(layers.dense({ name: 'scores', units: 3, activation: 'softmax' }));
  return new Classifier(seeded(net), { name: 'small', preprocess, labels: ['cat', 'dog', 'owl'] });
}

const run = (model: Classifier, options: MaximizeActivationOptions): Promise<FeatureVisualization> => noLeak(() => maximizeActivation(model, { steps: 12, ...quiet, ...options }));
/** What a layer puts out for images. */
const outputOf = (model: Classifier, layer: string, images: Image[]): tf.Tensor => forward(model.graph, tf.concat(images.map((image) => model.prepare(image).x)), [findLayer(model.graph, layer).value])[0];
const pixelsOf = (made: FeatureVisualization): number[][] => made.images.map(({ data }) => [...data]);

/** One linear convolution with this kernel `[3, 3, 3, 1]`, its input pixels as they are. */
function linear(kernel: tf.Tensor4D): Classifier {
  const net = tf.sequential({ name: 'linear', layers: [layers.conv2d({ name: 'conv', inputShape: [3, 3, 3], filters: 1, kernelSize: 3, useBias: false }), layers.globalAveragePooling2d({ name: 'mean' })] });
  net.setWeights([kernel]);
  return new Classifier(net, { name: 'linear', preprocess: 'none' });
}

for (const backend of backends) {
  test(`on ${backend} the same seed gives the same picture, another seed another, and every kind of picture climbs`, async () => {
    await useBackend(backend);
    const model = small();
    for (const param of ['fourier', 'pixel', 'maco'] as const) {
      const [a, b, c] = [await run(model, { layer: 'second', channel: 1, param }), await run(model, { layer: 'second', channel: 1, param }), await run(model, { layer: 'second', channel: 1, param, seed: 5 })];
      assert.equal(pixelsOf(a), pixelsOf(b));
      assert.ok(relativeError(pixelsOf(a)[0], pixelsOf(c)[0]) > 1e-3);
      const [feature] = a.features;
      assert.ok(feature.value > feature.start, `${param}: ${feature.value} > ${feature.start}`);
      assert.is(Math.max(...feature.checked.map(({ value }) => value)), feature.value);
      assert.equal([feature.seen.length, feature.checked[feature.checked.length - 1].step, a.seed, c.seed], [12, 12, 0, 5]);
    }
    model.dispose();
  });

  test(`on ${backend} the gradient with respect to the pixels is that of differences, moved about, with a batch`, async () => {
    await useBackend(backend);
    // Smooth all the way, so that a difference tells the slope.
    const net = tf.sequential({ name: 'smooth', layers: [layers.conv2d({ name: 'conv', inputShape: [8, 8, 3], filters: 2, kernelSize: 3, padding: 'same', activation: 'tanh' }), layers.globalAveragePooling2d({})] });
    const model = new Classifier(seeded(net), { name: 'smooth', preprocess: (pixels) => tf.sub(tf.div(pixels, 100), 1) });
    const of = findLayer(model.graph, 'conv').value;
    tf.tidy(() => {
      const pixels = tf.add(tf.mul(noiseTensor<tf.Rank.R4>([2, 8, 8, 3], 3), 40), 120) as tf.Tensor4D;
      const way = noiseTensor<tf.Rank.R4>([2, 8, 8, 3], 4);
      const ascent = {
        model, seeds: [0, 1], seed: 3, size: [8, 8] as const, param: 'fourier' as const, rate: 1, steps: 1, penalties: { tv: 0, l2: 0 }, redirect: 0, snapshots: 0,
        moves: { jitter: 2, scale: [0.9, 1.1] as const, rotate: 20 },
        objective: { of, scores: (value: tf.Tensor) => tf.mean(tf.square(value), [1, 2, 3]) as tf.Tensor1D },
      };
      const scoreAt = (step: number): number => slopeAt(ascent, tf.add(pixels, tf.mul(way, step)), 5).scores.reduce((a, b) => a + b);
      const { grad } = slopeAt(ascent, pixels, 5);
      const told = tf.sum(tf.mul(grad, way)).dataSync()[0];
      const measured = (scoreAt(0.5) - scoreAt(-0.5)) / 1;
      assert.ok(Math.abs(told - measured) < 0.02 * Math.abs(measured), `${told} is ${measured}`);
    });
    model.dispose();
  });

  test(`on ${backend} the picture of a linear convolution is its kernel, and comes near what any picture can reach`, async () => {
    await useBackend(backend);
    const kernel = noiseTensor<tf.Rank.R4>([3, 3, 3, 1], 9);
    const weights = [...kernel.dataSync()];
    const model = linear(kernel);
    const most = weights.reduce((sum, weight) => sum + 255 * Math.max(0, weight), 0);
    const shades = ({ images: [{ data }] }: FeatureVisualization): number[] => [...data].filter((_, at) => at % 4 < 3).map((value) => value - 127.5);
    const one = shades(await run(model, { layer: 'conv', channel: 0, param: 'pixel', steps: 40 }));
    const cosine = one.reduce((sum, value, at) => sum + value * weights[at], 0) / (Math.hypot(...one) * Math.hypot(...weights));
    assert.ok(cosine > 0.98, `cosine ${cosine}`);
    const full = await run(model, { layer: 'conv', channel: 0, steps: 60, learningRate: 1, transforms: false });
    assert.ok(full.features[0].value > 0.7 * most && full.features[0].value <= most, `${full.features[0].value} of ${most}`);
    kernel.dispose();
    model.dispose();
  });

  test(`on ${backend} a filter that is dead at the start starts, unless told not to; one that cannot fire says so`, async () => {
    await useBackend(backend);
    const net = tf.sequential({ name: 'shy', layers: [layers.conv2d({ name: 'conv', inputShape: [8, 8, 3], filters: 2, kernelSize: 1, activation: 'relu' }), layers.globalAveragePooling2d({ name: 'mean' })] });
    // The first needs what is far from grey, the second what no picture has.
    net.layers[0].setWeights([tf.tensor4d([1, 1, 1, 1, 1, 1], [1, 1, 3, 2]), tf.tensor1d([-0.5, -10])]);
    const model = new Classifier(net, { name: 'shy', preprocess: 'tf' });
    const shy = { layer: 'conv', channel: 0, steps: 40 };
    const [starts] = (await run(model, shy)).features;
    assert.is(starts.start, 0);
    assert.ok(starts.value > 0.1, `${starts.value}`);
    assert.is(starts.note, undefined);
    const [stays] = (await run(model, { ...shy, redirect: false })).features;
    assert.equal([stays.value, stays.note], [0, 'never fired: the picture is noise']);
    const never = await run(model, { ...shy, channel: [0, 1] });
    assert.equal(never.features.map(({ note }) => note), [undefined, 'never fired: the picture is noise']);
    assert.match(String(never), /channel 1: mean activation 0 after 0 steps.*never fired/);
    model.dispose();
  });

  test(`on ${backend} neurons, directions, classes, units and diverse pictures each climb, and free what they made`, async () => {
    await useBackend(backend);
    const model = small();
    const kinds: MaximizeActivationOptions[] = [
      { layer: 'second', neuron: { channel: 2 } },
      { layer: 'second', neuron: [{ channel: 2, at: [0, 1] }, { channel: 3 }] },
      { layer: 'second', direction: [1, -1, 0, 2, 0.5] },
      { layer: 'second', direction: [[1, 0, 0, 0, 0], [0, 1, 0, 0, 1]], cosine: 2 },
      { target: 'owl' },
      { target: ['cat', 1] },
      { layer: 'hidden', channel: 0 },
      { layer: 'first', channel: [0, 1], diversity: 2 },
      { layer: 'first', channel: 2, tv: 0.2, l2: 0.2 },
    ];
    for (const options of kinds) for (const { label, value, start } of (await run(model, options)).features) assert.ok(value > start, `${JSON.stringify(options)} ${label}: ${value} > ${start}`);
    model.dispose();
  });
}

test('the size is free up to where the layers are convolutions, and the input size behind', async () => {
  await useBackend('cpu');
  const model = small();
  assert.equal((await run(model, { layer: 'second', channel: 0, size: 24 })).images.map(({ width, height }) => [width, height]), [[24, 24]]);
  assert.is((await run(model, { target: 'cat' })).images[0].width, 16);
  assert.is((await run(model, { layer: 'first', channel: 0 })).images[0].width, 16, 'no larger than the input unless told');
  assert.match(await messageOf(() => run(model, { target: 'cat', size: 24 })), /^size 24 does not go through the layers up to "scores", which take 16 x 16 \(/);
  const wide = new Classifier(residual(), { name: 'residual', preprocess: 'tf' });
  const made = await run(wide, { layer: 'sum_relu', channel: 1, steps: 2 });
  assert.equal([made.images[0].height, made.images[0].width], [13, 10]);
  wide.dispose();
  model.dispose();
});

test('a large input is looked at with a smaller picture, where the layers take it', async () => {
  await useBackend('cpu');
  const net = tf.sequential({ name: 'large', layers: [layers.conv2d({ name: 'conv', inputShape: [160, 160, 3], filters: 1, kernelSize: 3, strides: 4 }), layers.flatten({ name: 'flat' }), layers.dense({ name: 'scores', units: 2 })] });
  const model = new Classifier(seeded(net), { name: 'large', preprocess: 'tf' });
  assert.is((await run(model, { layer: 'conv', channel: 0, steps: 1 })).images[0].width, 128);
  assert.is((await run(model, { layer: 'scores', channel: 0, steps: 1 })).images[0].width, 160);
  model.dispose();
});

test('pictures of one call are as good as those of calls of their own, whatever the batches', async () => {
  await useBackend('cpu');
  const model = small();
  const together = await run(model, { layer: 'second', channel: [0, 3, 4] });
  const apart = await run(model, { layer: 'second', channel: [0, 3, 4], batchSize: 1 });
  const alone = await run(model, { layer: 'second', channel: 3 });
  close(together.features.map(({ value }) => value), apart.features.map(({ value }) => value), 1e-3);
  close([...together.images[1].data], [...alone.images[0].data], 0.02);
  assert.equal(together.features.map(({ label, channel, layer }) => [label, channel, layer]), [['second channel 0', 0, 'second'], ['second channel 3', 3, 'second'], ['second channel 4', 4, 'second']]);
  assert.equal(JSON.parse(JSON.stringify(together)).features[0].image.slice(0, 22), 'data:image/png;base64,');
  model.dispose();
});

test('what was kept: the noise, moments between, the last, and the best by its value as it stands', async () => {
  await useBackend('cpu');
  const model = small();
  const { features: [feature] } = await run(model, { layer: 'second', channel: 1, steps: 20, snapshots: 3 });
  assert.equal(feature.snapshots.map(({ step }) => step), [0, 4, 8, 12, 20]);
  assert.equal(feature.checked.map(({ step }) => step), [0, 4, 8, 12, 16, 20]);
  assert.equal(feature.snapshots.find(({ step }) => step === 0)?.value, feature.start);
  const still = (await run(model, { layer: 'second', channel: 1, transforms: false })).features[0];
  assert.is(still.checked.length, 13, 'what is not moved about is looked at in every step');
  close(still.seen, still.checked.slice(0, -1).map(({ value }) => value), 1e-6);
  // The kept picture reaches, as it stands, what is told of it, up to the rounding of its pixels.
  const again = tf.tidy(() => tf.mean(tf.slice(outputOf(model, 'second', [feature.image]), [0, 0, 0, 1], [-1, -1, -1, 1])).dataSync()[0]);
  assert.ok(Math.abs(again - feature.value) < 0.02 * Math.abs(feature.value), `${again} is ${feature.value}`);
  model.dispose();
});

test('diverse pictures are less alike than those of other seeds alone', async () => {
  await useBackend('cpu');
  const model = small();
  const options = { layer: 'first', channel: 0, diversity: 3, steps: 40, transforms: false } as const;
  const alike = async (diversityWeight: number): Promise<number> => {
    const made = await run(model, { ...options, diversityWeight });
    assert.equal(made.features.map(({ seed }) => seed), [0, 1, 2]);
    return tf.tidy(() => {
      return tf.mean(likeness(outputOf(model, 'first', made.images), 3)).dataSync()[0];
    });
  };
  const [apart, free] = [await alike(5), await alike(0)];
  assert.ok(apart < free - 0.02, `${apart} < ${free}`);
  model.dispose();
});

test('directions by arithmetic: the product, and its cosine, in all cells or one', async () => {
  await useBackend('cpu');
  tf.tidy(() => {
    const value = tf.tensor4d([3, 4, 0, 1], [1, 1, 2, 2]);
    const direction = tf.tensor2d([[2, 0]]);
    const score = (cosine: number, at?: [number, number]): number => directionScores(value, direction, cosine, at).dataSync()[0];
    close([score(0), score(0, [0, 0]), score(0, [0, 1])], [3, 6, 0]);
    close([score(1, [0, 0]), score(2, [0, 0])], [6 * 0.6, 6 * 0.36], 1e-5);
    const two = tf.tensor4d([1, 0, 0, 1, 1, 0, 1, 0], [2, 1, 2, 2]);
    close(likeness(two, 2).dataSync(), [Math.SQRT1_2, Math.SQRT1_2], 1e-5);
  });
});

test('pictures of directions, for an atlas', async () => {
  for (const backend of backends) {
    await useBackend(backend);
    const model = small();
    const images = await noLeak(() => visualizeDirections(model, 'second', [[1, 0, 0, 0, 0], new Float32Array([0, 0, 1, 1, 0])], { size: 16, steps: 8, ...quiet }));
    assert.equal(images.map(({ width, height }) => [width, height]), [[16, 16], [16, 16]]);
    assert.ok(relativeError(images[0].data, images[1].data) > 0.01);
    assert.match(await messageOf(() => visualizeDirections(model, 'second', [[1, 2]], quiet)), /^direction must have 5 numbers, one for each channel of "second", got 2$/);
    model.dispose();
  }
});

test('stopped at any step it keeps the best so far and says so; before the first there is nothing', async () => {
  await useBackend('cpu');
  let calls = 0;
  let stop = new AbortController();
  let last = Infinity;
  // It is called once before a step, in it, and when its gradient is taken: a stop comes in the midst of any of these.
  const model = small({
    preprocess: (pixels) => {
      if (++calls === last) stop.abort();
      return tf.sub(tf.div(pixels, 127.5), 1);
    },
  });
  const options = { layer: 'second', channel: [1, 2], transforms: false, steps: 12, batchSize: 1 } as const;
  const whole = await run(model, options);
  const perStep = (calls - 6) / 24;
  assert.ok(perStep >= 1 && perStep <= 3);
  for (const at of [4, 5, 6, 9, 20, 29]) {
    [stop, calls, last] = [new AbortController(), 0, at];
    const made = await run(model, { ...options, signal: stop.signal });
    assert.match(made.note ?? '', /^stopped after \d+ of 24 steps: the best so far(, 1 of 2 pictures)?$/);
    made.features.forEach((feature, i) => {
      assert.ok(feature.value >= feature.start && feature.value <= whole.features[i].value, `${at}: ${feature.value}`);
      assert.is(feature.value, Math.max(...feature.checked.map(({ value }) => value)));
      assert.is(feature.checked[feature.checked.length - 1].step, feature.seen.length);
    });
  }
  stop = new AbortController();
  stop.abort();
  assert.match(await messageOf(() => run(model, { ...options, signal: stop.signal })), /^activation maximisation.*stopped/);
  model.dispose();
});

test('a network of one channel, one layer of one cell, a picture of one step', async () => {
  await useBackend('cpu');
  const grey = small({ channels: 1, preprocess: '0-1' });
  const made = await run(grey, { layer: 'second', channel: 1 });
  assert.ok(made.features[0].value > made.features[0].start);
  for (let at = 0; at < 40; at += 4) assert.is(made.images[0].data[at], made.images[0].data[at + 2]);
  const net = tf.sequential({ name: 'cell', layers: [layers.conv2d({ name: 'all', inputShape: [8, 8, 3], filters: 2, kernelSize: 8 }), layers.flatten({}), layers.dense({ units: 2 })] });
  const cell = new Classifier(seeded(net), { name: 'cell', preprocess: 'tf' });
  assert.is((await run(cell, { layer: 'all', neuron: { channel: 1 }, steps: 1 })).features[0].label, 'all channel 1 at row 0, column 0');
  grey.dispose();
  cell.dispose();
});

test('what is wrong is told in a line', async () => {
  await useBackend('cpu');
  const model = small();
  const wrong: [MaximizeActivationOptions, RegExp][] = [
    [{}, /^maximizeActivation needs one of \{ layer, channel \}, .* got none$/],
    [{ layer: 'first' }, /got layer alone$/],
    [{ layer: 'first', channel: 1, target: 2 }, /got channel and target$/],
    [{ channel: 1 }, /^channel needs the layer that it belongs to/],
    [{ layer: 'frist', channel: 1 }, /^no layer "frist"; did you mean "first"\?$/],
    [{ layer: 'first', channel: 4 }, /^channel of "first" must be a whole number from 0 to 3, got 4$/],
    [{ layer: 'first', channel: -1 }, /got -1$/],
    [{ layer: 'first', channel: [] }, /^channel is an empty list/],
    [{ layer: 'first', neuron: { channel: 0, at: [16, 0] } }, /^at \[16, 0\] lies outside layer "first", 16 x 16$/],
    [{ layer: 'first', neuron: 3 as never }, /^neuron must be \{ channel, at \}, got 3$/],
    [{ layer: 'first', neuron: { channel: 0, cell: 1 } as never }, /has no option "cell"/],
    [{ layer: 'first', direction: [1, 2] }, /^direction must have 4 numbers/],
    [{ layer: 'first', direction: [0, 0, 0, 0] }, /points nowhere/],
    [{ layer: 'first', direction: [0, NaN, 0, 0] }, /finite number, got NaN/],
    [{ layer: 'first', channel: 1, cosine: 1 }, /^cosine belongs to direction$/],
    [{ target: 'cta' }, /^unknown label "cta"; did you mean "cat"\?$/],
    [{ target: 1, layer: 'first' }, /^target is a class/],
    [{ target: 1, diversity: 2 }, /^diversity compares the cells of a layer with a grid; "scores" has none$/],
    [{ target: 1, steps: 0 }, /^steps must be/],
    [{ target: 1, seed: 1.5 }, /^seed must be/],
    [{ target: 1, param: 'pixels' as never }, /^param must be fourier, pixel or maco, got "pixels"/],
    [{ target: 1, size: 4 }, /^size must be/],
    [{ target: 1, transforms: 3 as never }, /^transforms must be true, false or/],
    [{ target: 1, transforms: { jiter: 3 } as never }, /has no option "jiter"; did you mean "jitter"/],
    [{ target: 1, transforms: { scale: [2, 1] } }, /^scale must be \[smallest, largest\]/],
    [{ target: 1, tv: -1 }, /^tv must be/],
    [{ target: 1, redirect: 1 as never }, /^redirect must be true or false/],
    [{ target: 1, learning: 1 } as never, /has no option "learning"/],
  ];
  for (const [options, message] of wrong) assert.match(await messageOf(() => maximizeActivation(model, { ...quiet, ...options })), message);
  assert.match(await messageOf(() => maximizeActivation(model, undefined as never)), /got none$/);
  assert.match(await messageOf(() => maximizeActivation({} as never, { target: 1 })), /takes a model from cl.loadModel first/);
  model.dispose();
  assert.match(await messageOf(() => maximizeActivation(model, { target: 1 })), /is disposed/);
});

test('a preprocess of TensorFlow.js operations is differentiated; one that leaves them is told', async () => {
  await useBackend('cpu');
  const good = small({ preprocess: (pixels) => tf.sub(tf.div(tf.reverse(pixels, 2), 127.5), 1) });
  const [feature] = (await run(good, { layer: 'second', channel: 1 })).features;
  assert.ok(feature.value > feature.start);
  good.dispose();
  const bad = small({ preprocess: (pixels) => tf.tensor3d([...pixels.dataSync()].map((value) => value / 255), pixels.shape) });
  assert.match(await messageOf(() => run(bad, { layer: 'second', channel: 1 })), /^no gradient through preprocess: it must be made of differentiable TensorFlow.js operations \(/);
  bad.dispose();
});

test.run();
