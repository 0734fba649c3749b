import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { layerOutputs } from '../../../src/features/layerOutputs';
import { layerStatistics } from '../../../src/features/statistics/layerStatistics';
import { Tally } from '../../../src/features/statistics/tally';
import type { ImageCollection } from '../../../src/image/collection';
import { close } from '../../helpers/close';
import { dot, nine } from '../../helpers/dots';
import { arithmetic, classifier, residual } from '../../helpers/models';
import { messageOf, noLeak } from '../../helpers/noLeak';
import { outputOf, outputsOf } from '../../helpers/outputs';

test.before(async () => void (await ready()));
const near = (actual: number | null, expected: number): void => assert.ok(actual !== null && Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);

test('one image: mean, deviation, zeros, dead channels, by hand', () => {
  // Four positions of three channels: 0 1 2, 0 0 2, 0 3 2, 0 0 2.
  const [stats] = outputsOf([outputOf([2, 2, 3], [0, 1, 2, 0, 0, 2, 0, 3, 2, 0, 0, 2])]).statistics();
  near(stats.mean, 1);
  near(stats.std, Math.sqrt((1 + 4 * 4 + 9) / 12 - 1));
  assert.equal([stats.min, stats.max, stats.zeros, stats.dead, stats.broken], [0, 3, 6 / 12, [0], 0]);
  assert.equal([[...stats.channelMean], [...stats.channelMax]], [[0, 1, 2], [0, 3, 2]]);
  // Treves & Rolls: channel 1 over its positions 1, 0, 3, 0 has a = 1 / 2.5; channel 2 is always 2.
  near(stats.lifetime, ((1 - 0.4) / (1 - 1 / 4) + 0) / 2);
  // Over the channels, position by position: a of (0, 1, 2) is 1 / (5 / 3), of (0, 0, 2) a third, of (0, 3, 2) is (25 / 9) / (13 / 3).
  const s = (a: number): number => (1 - a) / (1 - 1 / 3);
  near(stats.population, (s(3 / 5) + 2 * s(1 / 3) + s(25 / 39)) / 4);
});

test('one position alone is sparse, equal ones are not', () => {
  const of = (values: number[]): number | null => outputsOf([outputOf([values.length / 2, 1, 2], values)]).statistics().get('conv').lifetime;
  near(of([7, 0, 0, 0, 0, 0, 0, 0]), 1);
  near(of([7, 0, 7, 0, 7, 0, 7, 0]), 0);
  assert.is(of([0, 0, 0, 0]), null);
});

test('what is not finite is left out and counted', () => {
  const [stats] = outputsOf([outputOf([2, 1, 2], [NaN, 1, Infinity, 3])]).statistics();
  assert.equal([stats.mean, stats.broken, stats.max, stats.dead], [2, 2, 3, []]);
});

test('negative values: their sizes count for the sparseness', () => {
  const [stats] = outputsOf([outputOf([2, 1, 1], [-3, 1])]).statistics();
  assert.equal([stats.mean, stats.min, stats.max, stats.population], [-1, -3, 1, null]);
  near(stats.lifetime, (1 - 4 / 5) / (1 - 1 / 2));
  assert.equal([...stats.channelSize], [2]);
});

test('a ceiling: the share of values that reach it', async () => {
  const tally = new Tally({ layer: 'relu', kind: 'ReLU', shape: [4, 1, 1], channels: [0], ceiling: 6 });
  tally.add(Float32Array.of(6, 0, 6, 5));
  near(tally.result().saturated as number, 0.5);
  const model = classifier(residual());
  const outputs = await noLeak(() => layerOutputs(model, dot(0, 0, 0).fitTo(13, 10), { layers: ['stem_relu', 'sum_relu'] }));
  assert.equal(outputs.items.map(({ ceiling }) => ceiling), [6, undefined]);
  assert.equal(outputs.statistics().layers.map(({ saturated }) => saturated === undefined), [false, true]);
});

test('many images come to what all their values come to', async () => {
  const model = classifier(residual());
  const images = Array.from({ length: 7 }, (_, seed) => {
    const image = dot(0, 0, 0, `noise ${seed}`).fitTo(13, 10);
    for (let at = 0; at < image.data.length; at++) if (at % 4 < 3) image.data[at] = (at * 97 * (seed + 1)) % 256;
    return image;
  });
  const layers = ['stem_relu', 'sum', 'logits'];
  const each = await Promise.all(images.map((image) => layerOutputs(model, image, { layers })));
  for (const batchSize of [undefined, 1, 3]) {
    const found = await noLeak(() => layerStatistics(model, images, { layers, batchSize, onProgress: null }));
    assert.equal([found.length, found.images], [3, 7]);
    for (const stats of found) {
      const all = each.flatMap((outputs) => [...outputs.get(stats.layer).values]);
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      close([stats.mean, stats.std], [mean, Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length)], 1e-5);
      close([stats.min, stats.max, stats.zeros], [Math.min(...all), Math.max(...all), all.filter((value) => value === 0).length / all.length], 1e-5);
    }
  }
  model.dispose();
});

test('a channel is dead when it is 0 in every image', async () => {
  const model = classifier(arithmetic());
  const found = await noLeak(() => layerStatistics(model, [dot(0, 0, 0, 'black'), dot(1, 1, 9)], { onProgress: null }));
  assert.equal(found.get('conv').dead, [1]);
  assert.equal((await layerStatistics(model, [nine(Array(9).fill(0))], { onProgress: null })).get('conv').dead, [0, 1]);
  assert.match(String(found), 'conv: mean 5.63, std 11, 75 % zeros, 1 of 2 channels dead');
});

test('broken images are told, none that can be read is an error, and stopped it keeps what it has', async () => {
  const model = classifier(arithmetic());
  const entry = (name: string, load: ImageCollection['entries'][number]['load']): ImageCollection['entries'][number] => ({ name, stamp: name, load });
  const bad = entry('bad', () => Promise.reject(new Error('no picture')));
  const good = entry('good', async () => dot(1, 1, 9));
  const found = await noLeak(() => layerStatistics(model, { name: 'few', entries: [bad, good] }, { onProgress: null }));
  assert.equal([found.images, found.broken], [1, [{ name: 'bad', reason: 'no picture' }]]);
  assert.is(await messageOf(() => layerStatistics(model, { name: 'few', entries: [bad, bad] }, { onProgress: null })), 'layerStatistics could read none of the 2 images of few; the first: bad: no picture');
  const control = new AbortController();
  const last = entry('last', async () => (control.abort(), dot(0, 0, 1)));
  const some = await noLeak(() => layerStatistics(model, { name: 'few', entries: [good, good, last, good] }, { batchSize: 1, signal: control.signal, onProgress: null }));
  assert.match(some.note as string, /^stopped after [12] of 4 images$/);
});

test('wrong options are told in a line, and the result is JSON', async () => {
  const model = classifier(arithmetic());
  assert.is(await messageOf(() => layerStatistics(model, [dot(0, 0, 1)], { layers: ['konv'] })), 'no layer "konv"; did you mean "conv"?');
  assert.is(await messageOf(() => layerStatistics(model, [dot(0, 0, 1)], { layers: 'conv' as never })), 'layers must be a list of names or numbers, got "conv"');
  assert.is(await messageOf(() => layerStatistics(model, [])), 'layerStatistics needs at least one image, got none in a list of images');
  const found = await layerStatistics(model, [dot(0, 0, 1)], { onProgress: null });
  assert.is(await messageOf(async () => found.get('pool')), 'no statistics of layer "pool" here; there are: conv');
  assert.is(JSON.parse(JSON.stringify(found)).layers[0].channelMean.length, 2);
  assert.ok(tf.memory().numTensors > 0);
});

test.run();
