import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { saliency } from '../../src/attribution/gradient/saliency';
import { useBackend } from '../../src/backend';
import { Image } from '../../src/image/image';
import { deletion } from '../../src/metrics/deletion';
import { insertion } from '../../src/metrics/insertion';
import { areaUnder } from '../../src/metrics/removal/area';
import { coarseFirst, stepsOf, strongestFirst } from '../../src/metrics/removal/order';
import { road } from '../../src/metrics/road';
import { Classifier } from '../../src/model/classifier';
import { mapOf } from '../helpers/maps';
import { classifier, nested, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const quiet = { onProgress: null } as const;
const near = (actual: readonly number[], expected: readonly number[], tolerance = 1e-5): void => {
  assert.is(actual.length, expected.length);
  actual.forEach((value, at) => assert.ok(Math.abs(value - expected[at]) < tolerance, `${actual} is not ${expected}`));
};

/** Two classes that are sums over the pixels, with weights 1, 2, 3, 4 and all 1: what a pixel adds is known. */
function linear(): Classifier {
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] }), tf.layers.dense({ units: 2 })] });
  tf.tidy(() => model.setWeights([tf.tensor2d([1, 1, 2, 1, 3, 1, 4, 1], [4, 2]), tf.zeros([2])]));
  return classifier(model, ['weighed', 'summed']);
}

const ones = (): tf.Tensor4D => tf.ones([1, 2, 2, 1]);
const map = (values: number[], index = 0) => mapOf(values, 2, 2, { target: { index, label: 'weighed' } });
const logits = { score: 'logit', fill: 0, steps: 4, ...quiet } as const;

test('the strongest go first, equal ones by lot, NaN last', () => {
  assert.equal([...strongestFirst(Float32Array.of(1, 5, NaN, 3, -2), 0)], [1, 3, 0, 4, 2]);
  const lots = [0, 1, 2].map((seed) => [...strongestFirst(new Float32Array(64), seed)]);
  assert.equal(lots[0], [...strongestFirst(new Float32Array(64), 0)]);
  assert.not.equal(lots[0], lots[1]);
  assert.not.equal(lots[0], [...lots[0]].sort((a, b) => a - b));
  assert.equal([...lots[2]].sort((a, b) => a - b), Array.from({ length: 64 }, (_, at) => at));
});

test('each place has the first step at which it is changed', () => {
  assert.equal([...stepsOf(Uint32Array.of(3, 1, 0, 2), [0, 0.5, 1])], [2, 1, 2, 1]);
  assert.equal([...stepsOf(Uint32Array.of(3, 1, 0, 2), [0, 0.25, 0.5])], [3, 2, 3, 1]);
  // What 0.1 x 3 is in floats must not lose a place.
  assert.equal([...stepsOf(Uint32Array.from({ length: 10 }, (_, at) => at), Array.from({ length: 11 }, (_, at) => at / 10))], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('points far apart come first, and all of them once', () => {
  assert.equal(coarseFirst(8), [0, 8, 4, 2, 6, 1, 3, 5, 7]);
  for (const last of [0, 1, 2, 3, 20, 224]) assert.equal(coarseFirst(last).sort((a, b) => a - b), Array.from({ length: last + 1 }, (_, at) => at));
});

test('the area under points that lie unevenly, and of those that there are', () => {
  assert.is(areaUnder([0, 0.5, 1], [1, 0, 0]), 0.25);
  assert.is(areaUnder([0, 0.25, 0.5, 1], [1, NaN, 0, 0]), 0.25);
  assert.ok(Number.isNaN(areaUnder([0, 1], [1, NaN])));
});

test('deletion and insertion of a sum are sums: weights 4, 3, 2, 1 go in the order of the map', async () => {
  const model = linear();
  const x = ones();
  const found = await noLeak(() => deletion(model, x, map([1, 2, 3, 4]), logits));
  near(found.curves[0].scores, [10, 6, 3, 1, 0]);
  near([found.value], [(5 + 6 + 3 + 1) / 4]);
  near((await deletion(model, x, map([4, 3, 2, 1]), logits)).curves[0].scores, [10, 9, 7, 4, 0]);
  near((await noLeak(() => insertion(model, x, map([1, 2, 3, 4]), logits))).curves[0].scores, [0, 4, 7, 9, 10]);
  near((await deletion(model, x, map([1, 2, 3, 4]), { ...logits, fill: 2 })).curves[0].scores, [10, 14, 17, 19, 20]);
  near((await deletion(model, x, map([1, 2, 3, 4]), { ...logits, fill: 'zero' })).curves[0].scores, [10, 6, 3, 1, 0]);
  near((await deletion(model, x, map([1, 2, 3, 4]), { ...logits, steps: 2 })).curves[0].scores, [10, 3, 0]);
  tf.dispose(x);
  model.dispose();
});

test('several maps, each with its own target, in one call and in any batches', async () => {
  const model = linear();
  const x = ones();
  const maps = [map([1, 2, 3, 4]), map([4, 3, 2, 1], 1), map([2, 4, 1, 3])];
  for (const batchSize of [1, 3, 32]) {
    const { curves, values } = await noLeak(() => deletion(model, x, maps, { ...logits, batchSize }));
    near(curves[0].scores, [10, 6, 3, 1, 0]);
    near(curves[1].scores, [4, 3, 2, 1, 0]);
    near(curves[2].scores, [10, 8, 4, 3, 0]);
    assert.equal(curves.map(({ target }) => target.label), ['weighed', 'summed', 'weighed']);
    near(values, [15 / 4, 2, 5]);
  }
  const one = await deletion(model, x, maps, { ...logits, target: 'summed' });
  for (const { scores } of one) near(scores, [4, 3, 2, 1, 0]);
  tf.dispose(x);
  model.dispose();
});

test('the probability is the default, and both numbers read well', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const cam = await gradCam(model, x);
  const found = await noLeak(() => deletion(model, x, cam, quiet));
  near([found.curves[0].scores[0]], [cam.score.probability as number]);
  assert.is(found.shares.length, 21);
  assert.match(String(found), /^deletion on .*, area under the curve of the probability \(lower is better\): Grad-CAM for class \d \d\.\d{3}$/);
  assert.is((found.toJSON() as { curves: { value: number }[] }).curves[0].value, found.value);
  assert.not.match(JSON.stringify(found), 'steps');
  tf.dispose(x);
  model.dispose();
});

test('random maps have the values of the map in other places, and the same for a seed', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const maps = [await gradCam(model, x), await saliency(model, x)];
  const run = (seed: number) => noLeak(() => deletion(model, x, maps, { random: 3, seed, ...quiet }));
  const [a, b, c] = [await run(1), await run(1), await run(2)];
  assert.equal(a.curves.map(({ random }) => random!.values), b.curves.map(({ random }) => random!.values));
  assert.not.equal(a.curves.map(({ random }) => random!.values), c.curves.map(({ random }) => random!.values));
  assert.is(new Set(a.curves.flatMap(({ random }) => random!.values)).size, 6);
  for (const { random, scores } of a) for (const each of random!.scores) near([each[0], each[20]], [scores[0], scores[20]]);
  assert.match(String(a), /random maps like it 0\.\d{3} to 0\.\d{3}/);
  tf.dispose(x);
  model.dispose();
});

test('a smaller map is enlarged; one that is the same everywhere, or of another image, is told', async () => {
  const model = linear();
  const x = ones();
  assert.match((await deletion(model, x, mapOf([3], 1, 1, { target: { index: 0, label: '' } }), logits)).note!, 'Grad-CAM has no order: it is the same everywhere, and its pixels go at random');
  assert.match((await deletion(model, x, map([NaN, NaN, NaN, NaN]), logits)).note!, 'no order');
  assert.match((await deletion(model, x, map([4, 3, 2, 1]), logits)).note!, 'was made for another image, plain');
  const { values, shape } = mapOf([1, 2], 2, 1);
  near((await deletion(model, x, { ...map([1, 1, 1, 1]), values, shape } as never, { ...logits, steps: 2 })).curves[0].scores, [10, 4, 0]);
  tf.dispose(x);
  model.dispose();
});

test('fills of an image are in its own colours', async () => {
  const model = new Classifier(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 3] }), tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' })] }), { name: 'sum', preprocess: 'none' });
  const image = new Image(2, 2, Uint8ClampedArray.from({ length: 16 }, (_, at) => (at % 4 === 3 ? 255 : 10 * Math.floor(at / 4))), 'steps');
  const order = mapOf([1, 2, 3, 4], 2, 2, { target: { index: 0, label: '' }, image });
  const scores = async (fill: never): Promise<readonly number[]> => (await noLeak(() => deletion(model, image, order, { ...logits, fill }))).curves[0].scores;
  near(await scores('black' as never), [180, 90, 30, 0, 0]);
  near(await scores(100 as never), [180, 390, 630, 900, 1200]);
  near(await scores([1, 2, 3] as never), [180, 96, 42, 18, 24]);
  near(await scores('mean' as never), [180, 135, 120, 135, 180]);
  // A blur of a picture of two pixels is the picture, all but.
  near(await scores('blur' as never), [180, 180, 180, 180, 180], 1);
  model.dispose();
});

test('stopped, it keeps points spread over the curve, and says so', async () => {
  const model = linear();
  const x = ones();
  const stop = new AbortController();
  let seen = 0;
  const target = (logits: tf.Tensor2D): tf.Tensor => {
    if (++seen > 6) stop.abort();
    return tf.slice(logits, [0, 0], [1, 1]);
  };
  const found = await noLeak(() => deletion(model, x, map([1, 2, 3, 4]), { ...logits, target, steps: 100, batchSize: 1, signal: stop.signal }));
  const known = found.curves[0].scores.filter((score) => !Number.isNaN(score));
  assert.ok(known.length >= 3 && known.length < 9, `${known.length} points`);
  assert.is(found.curves[0].scores[100], 0, 'the ends come first');
  assert.match(found.note!, /stopped after \d+ of 101 inputs: a coarser curve/);
  assert.ok(Number.isFinite(found.value));
  assert.match(await messageOf(() => deletion(model, x, map([1, 2, 3, 4]), { ...logits, signal: AbortSignal.abort() })), 'stopped');
  tf.dispose(x);
  model.dispose();
});

test('ROAD: the strongest first costs more than the weakest first', async () => {
  const model = linear();
  const x = ones();
  // All neighbours are alike: what is filled in is 1 again, and nothing is lost.
  const flat = await noLeak(() => road(model, x, map([1, 2, 3, 4]), { score: 'logit', noise: 0, percentiles: [25, 75], ...quiet }));
  near(flat.curves[0].scores, [10, 10, 10], 1e-3);
  near(flat.curves[0].weakest!, [10, 10, 10], 1e-3);
  // Weakest first: the 0 at the upper left is filled with the mean of its neighbours, 8 (1/6 + 1/6 + 1/12) / (5/12).
  const spot = tf.tensor4d([0, 8, 8, 8], [1, 2, 2, 1]);
  const found = await noLeak(() => road(model, spot, map([1, 2, 3, 4]), { score: 'logit', noise: 0, percentiles: [25], ...quiet }));
  near([found.curves[0].weakest![1]], [80], 1e-3);
  // Strongest first: the 8 at the lower right becomes (8/6 + 8/6 + 0/12) / (5/12) = 6.4.
  near([found.curves[0].scores[1]], [72 - 4 * 1.6], 1e-3);
  near([found.value], [(80 - 65.6) / 2], 1e-3);
  tf.dispose([x, spot]);
  model.dispose();
});

test('the noise of ROAD follows from the seed, whatever the batches', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const cam = await gradCam(model, x);
  const run = async (options: object): Promise<readonly number[]> => (await noLeak(() => road(model, x, cam, { noise: 0.5, ...options, ...quiet }))).curves[0].scores;
  near(await run({ batchSize: 1 }), await run({ batchSize: 7 }), 1e-5);
  assert.not.equal(await run({}), await run({ seed: 3 }));
  assert.is((await run({})).length, 10);
  tf.dispose(x);
  model.dispose();
});

test('wrong input is told in one line', async () => {
  const model = linear();
  const x = ones();
  const good = map([1, 2, 3, 4]);
  const cases: [() => Promise<unknown>, RegExp][] = [
    [() => deletion(x as never, model as never, good), /deletion takes a model from cl.loadModel first, got a Tensor/],
    [() => deletion(model, x, x as never), /deletion takes an attribution/],
    [() => deletion(model, x, [] as never), /takes a list of attributions, got \[\]/],
    [() => insertion(model, x, [good, 3] as never), /insertion takes a list of attributions/],
    [() => deletion(model, 'cat' as never, good, quiet), /image must be an Image/],
    [() => deletion(model, x, good, { steps: 0 }), /steps must be a whole number from 1 to 10000, got 0/],
    [() => deletion(model, x, good, { fill: 'red' as never, ...quiet }), /fill must be a number.*got "red"/],
    [() => deletion(model, x, good, { score: 'percent' as never }), /score must be probability or logit, got "percent"/],
    [() => deletion(model, x, good, { random: -1 }), /random must be a whole number from 0 to 1000/],
    [() => deletion(model, x, good, { stepz: 3 } as never), /no option "stepz"; did you mean "steps"/],
    [() => deletion(model, x, mapOf([1, 2, 3, 4], 2, 2, { target: { index: -1, label: 'weighed, not summed' } })), /explains "weighed, not summed", which is no single class; give the target/],
    [() => deletion(model, x, mapOf([1, 2, 3, 4], 2, 2, { target: { index: 7, label: '' } })), /7/],
    [() => road(model, x, good, { percentiles: [] }), /percentiles must be a list of numbers/],
    [() => road(model, x, good, { percentiles: [10, 100] }), /percentiles must lie between 0 and 100, got 100/],
    [() => road(model, x, good, { noise: -1 }), /noise must be a number of at least 0/],
  ];
  for (const [work, expected] of cases) assert.match(await messageOf(work), expected);
  near((await deletion(model, x, mapOf([1, 2, 3, 4], 2, 2, { target: { index: -1, label: '' } }), { ...logits, target: { contrast: ['weighed', 'summed'] } })).curves[0].scores, [6, 3, 1, 0, 0]);
  tf.dispose(x);
  model.dispose();
});

test('a target inside the network is scored as well', async () => {
  const model = classifier(nested());
  const x = noiseTensor([1, 8, 8, 3]) as tf.Tensor4D;
  const cam = await gradCam(model, x);
  const inner = { layer: 'base/deep', channel: 1 };
  const found = await noLeak(() => deletion(model, x, cam, { target: inner, score: 'logit', ...quiet }));
  const whole = (await saliency(model, x, { target: inner })).score.logit;
  near([found.curves[0].scores[0]], [whole]);
  assert.is(found.curves[0].target.label, 'base/deep channel 1');
  tf.dispose(x);
  model.dispose();
});

test.before(async () => void (await useBackend('cpu')));
test.run();
