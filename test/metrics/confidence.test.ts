import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { saliency } from '../../src/attribution/gradient/saliency';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { useBackend } from '../../src/backend';
import { Image } from '../../src/image/image';
import { averageDrop } from '../../src/metrics/averageDrop';
import { averageIncrease } from '../../src/metrics/averageIncrease';
import { sensitivity, sensitivityWith } from '../../src/metrics/sensitivity';
import { Classifier } from '../../src/model/classifier';
import { mapOf } from '../helpers/maps';
import { classifier, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const near = (actual: number, expected: number, tolerance = 1e-5): void => assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not ${expected}`);

/** Logits x and -x of the sum of four pixels, the last of which counts against it. */
function summing(): Classifier {
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] }), tf.layers.dense({ units: 2 })] });
  tf.tidy(() => model.setWeights([tf.tensor2d([1, -1, 1, -1, 1, -1, -1, 1], [4, 2]), tf.zeros([2])]));
  return classifier(model, ['for', 'against']);
}

const map = (...values: number[]) => mapOf(values, 2, 2, { target: { index: 0, label: 'for' } });
const logits = { score: 'logit' } as const;

test('the drop of a sum is what the mask takes away', async () => {
  const model = summing();
  const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
  // 1 + 1 + 1 - 1 = 2 before; after: 1 + 0.5 + 0 - 0 = 1.5.
  const drop = await noLeak(() => averageDrop(model, x, map(4, 2, 0, -3), logits));
  near(drop.value, 0.25);
  assert.equal(drop.pairs.map(({ before, after, target }) => [before, after, target]), [[2, 1.5, 'for']]);
  near((await averageDrop(model, x, map(4, 2, 0, -3), { ...logits, relative: false })).value, 0.5);
  // From -3 to 4: 1 + 5/7 + 3/7 - 0.
  near((await averageDrop(model, x, map(4, 2, 0, -3), { ...logits, scale: 'minmax' })).pairs[0].after, 15 / 7);
  // Behind the mask 2 each: 1 + 1.5 + 2 - 2.
  near((await averageDrop(model, x, map(4, 2, 0, -3), { ...logits, fill: 2 })).pairs[0].after, 2.5);
  // A probability of 1 / (1 + e^-2x).
  near((await averageDrop(model, x, map(4, 2, 0, -3))).pairs[0].before, 1 / (1 + Math.exp(-4)));
  assert.match(String(drop), 'average drop 0.250 (lower is better): Grad-CAM on');
  tf.dispose(x);
  model.dispose();
});

test('many images: a rise is no drop, and is counted', async () => {
  const model = summing();
  const images = [tf.ones([1, 2, 2, 1]), tf.mul(tf.ones([1, 2, 2, 1]), 2)] as tf.Tensor4D[];
  // 2 to 1, and 4 to 6: what counts against it is hidden.
  const maps = [map(3, 0, 0, 0), map(1, 1, 1, 0)];
  near((await noLeak(() => averageDrop(model, images, maps, logits))).value, 0.25);
  const increase = await noLeak(() => averageIncrease(model, images, maps, logits));
  near(increase.value, 0.5);
  assert.match(String(increase), 'average increase 0.500 (higher is better): 2 images seen through their maps');
  near((await averageDrop(model, images[0], maps, logits)).value, 0.25);
  const against = await averageDrop(model, images, maps, { ...logits, target: 'against' });
  assert.ok(Number.isNaN(against.value));
  assert.match(String(against), 'left out: 2 of which the score is not above 0');
  tf.dispose(images);
  model.dispose();
});

test('a map without evidence hides all; what has no value is hidden', async () => {
  const model = summing();
  const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
  for (const values of [[0, 0, 0, 0], [-1, -2, -3, -1], [NaN, NaN, NaN, NaN]]) near((await averageDrop(model, x, map(...values), logits)).value, 1);
  near((await averageDrop(model, x, map(NaN, 1, 1, NaN), logits)).pairs[0].after, 2);
  tf.dispose(x);
  model.dispose();
});

test('wrong input is told in one line', async () => {
  const model = summing();
  const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
  const cases: [() => Promise<unknown>, RegExp][] = [
    [() => averageDrop(model, [x, x], [map(1, 0, 0, 0)]), /averageDrop takes a map for each image, got 2 images and 1 maps/],
    [() => averageDrop(model, x, 3 as never), /averageDrop takes an attribution.*got 3/],
    [() => averageIncrease(model, x, map(1, 0, 0, 0), { relative: true } as never), /averageIncrease has no option "relative"/],
    [() => averageDrop(model, x, map(1, 0, 0, 0), { scale: 'max' as never }), /scale must be positive or minmax, got "max"/],
    [() => averageDrop(model, x, map(1, 0, 0, 0), { relative: 1 as never }), /relative must be true or false, got 1/],
    [() => averageDrop(model, x, mapOf([1, 0, 0, 0], 2, 2, { target: { index: -1, label: 'a, not b' } })), /no single class; give the target/],
    [() => sensitivity(model, x, 'gradCam' as never), /sensitivity takes a method as cl.gradCam third, got "gradCam"/],
    [() => sensitivity(model, x, saliency, { samples: 0 }), /samples must be a whole number of at least 1, got 0/],
    [() => sensitivity(model, x, saliency, { radius: -1 }), /radius must be a number of at least 0, got -1/],
    [() => sensitivity(model, x, saliency, { sample: 3 } as never), /saliency has no option "sample"/],
    [() => sensitivity(model, x, (async () => 3) as never), /the method must give one map, got 3/],
    [() => averageDrop(model, x, map(1, 0, 0, 0), { signal: AbortSignal.abort() }), /stopped/],
  ];
  for (const [work, expected] of cases) assert.match(await messageOf(work), expected);
  tf.dispose(x);
  model.dispose();
});

test('the sensitivity of a linear map is known: x times the weights moves by the noise', async () => {
  const model = summing();
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const draws = [[1, 0, 0, 0], [0, -1, 1, 0], [0, 0, 0, 0]];
  const measure = sensitivityWith((_size, amplitude, _seed, sample) => Float32Array.from(draws[sample], (draw) => draw * amplitude));
  const found = await noLeak(() => measure(model, x, inputXGradient, { target: 0, abs: false, samples: 3, radius: 0.5, onProgress: null }));
  // The deviation of 1, 2, 3, 4 is the root of 1.25, and the map's norm that of 30.
  const step = (0.5 * Math.sqrt(1.25)) / Math.sqrt(30);
  [step, step * Math.SQRT2, 0].forEach((change, at) => near(found.each[at], change));
  near(found.value, step * Math.SQRT2);
  near(found.mean, (step * (1 + Math.SQRT2)) / 3);
  assert.is((await sensitivity(model, x, saliency, { target: 0, onProgress: null })).value, 0, 'a plain gradient of a sum does not move');
  assert.match(String(found), /^sensitivity of .* the map changes by at most 0\.144 of itself, 0\.082 in the mean, in 3 images with noise up to 0\.5 deviations$/);
  tf.dispose(x);
  model.dispose();
});

test('the noise follows from the seed; the class stays that of the image; the farthest map is kept', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const run = (seed: number) => noLeak(() => sensitivity(model, x, gradCam, { seed, radius: 1, samples: 5, onProgress: null }));
  const [a, b, c] = [await run(0), await run(0), await run(1)];
  assert.equal(a.each, b.each);
  assert.not.equal(a.each, c.each);
  assert.is(a.farthest.target.index, a.map.target.index);
  assert.is(a.toJSON() && Math.max(...a.each), a.value);
  const change = Math.sqrt(a.map.values.reduce((sum, value, at) => sum + (value - a.farthest.values[at]) ** 2, 0) / a.map.values.reduce((sum, value) => sum + value ** 2, 0));
  near(change, a.value);
  tf.dispose(x);
  model.dispose();
});

test('an image as well as a tensor; a map of zeros; stopped half-way', async () => {
  const model = new Classifier(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [4, 4, 3] }), tf.layers.dense({ units: 2 })] }), { name: 'net', preprocess: 'tf' });
  const image = new Image(4, 4, Uint8ClampedArray.from({ length: 64 }, (_, at) => (at % 4 === 3 ? 255 : at * 3)), 'ramp');
  const found = await noLeak(() => sensitivity(model, image, inputXGradient, { onProgress: null }));
  assert.ok(found.value > 0 && found.value < 0.1);
  const zero = await noLeak(() => sensitivity(model, image, async (m, i, o) => Object.assign(await saliency(m, i, o), { values: new Float32Array(16) }), { onProgress: null }));
  assert.ok(Number.isNaN(zero.value));
  assert.match(zero.note!, 'the map is 0 everywhere');
  const stop = new AbortController();
  let maps = 0;
  const slow = await noLeak(() => sensitivity(model, image, async (m, i, o) => {
    if (++maps === 4) stop.abort();
    return saliency(m, i, { ...o, signal: undefined });
  }, { signal: stop.signal, onProgress: null }));
  assert.is(slow.each.length, 2);
  assert.match(String(slow), 'stopped after 2 of 10 samples');
  model.dispose();
});

test.before(async () => void (await useBackend('cpu')));
test.run();
