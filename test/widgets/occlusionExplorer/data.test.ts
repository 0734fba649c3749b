import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../../src/attribution/attribution';
import { occlusion } from '../../../src/attribution/perturbation/occlusion';
import type { OcclusionWindows } from '../../../src/attribution/perturbation/occlusionWindows';
import { Classifier } from '../../../src/model/classifier';
import { classRows } from '../../../widgets/occlusionExplorer/classTable';
import { explorerData, type ExplorerMap, reduceExplorer } from '../../../widgets/occlusionExplorer/data';
import { Scan } from '../../../widgets/occlusionExplorer/scan';
import { close } from '../../helpers/close';
import { plainImage } from '../../helpers/maps';
import { arithmetic, classifier, noiseTensor, residual } from '../../helpers/models';

const quiet = { onProgress: null };
const windowsOf = (map: Attribution): OcclusionWindows => map.windows as OcclusionWindows;
const dataOf = (map: Attribution): ExplorerMap => explorerData([{ map, windows: windowsOf(map) }]).maps[0];

/** Eight classes whose logits are the brightness of eight pixels in a row, the first the brightest. */
function eight(): Classifier {
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [1, 8, 1] }), tf.layers.dense({ units: 8, useBias: false, activation: 'softmax' })] });
  model.setWeights([tf.eye(8)]);
  return classifier(model, Array.from({ length: 8 }, (_, i) => `pixel ${i}`));
}
const falling = (): tf.Tensor4D => tf.tensor4d([8, 7, 6, 5, 4, 3, 2, 1], [1, 1, 8, 1]);

test('each window covers one class, which leaves the five', async () => {
  const data = dataOf(await occlusion(eight(), falling(), { patch: 1, stride: 1, fill: 0, target: 0, ...quiet }));
  const total = (without: number): number => [8, 7, 6, 5, 4, 3, 2, 1].reduce((sum, logit, i) => sum + Math.exp(i === without ? 0 : logit), 0);
  assert.equal([data.kind, data.score.before, [...data.score.after], data.fall, data.rise, data.decimals], ['logit', 8, [0, 8, 8, 8, 8, 8, 8, 8], 0, undefined, 2]);
  close([data.other!.before, ...data.other!.after], [Math.exp(8) / total(-1), ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => (i ? Math.exp(8) : 1) / total(i))]);
  const { classes, target } = data;
  const { rows, below, gone } = classRows(classes!, target, 0);
  assert.equal(rows.map(({ label, index, isTarget }) => [label, index, isTarget]), [1, 2, 3, 4, 5].map((i) => [`pixel ${i}`, i, false]));
  close(rows.map(({ before }) => before), [7, 6, 5, 4, 3].map((logit) => Math.exp(logit) / total(-1)));
  close(rows.map(({ after }) => after), [7, 6, 5, 4, 3].map((logit) => Math.exp(logit) / total(0)));
  assert.equal([below!.label, below!.isTarget, gone], ['pixel 0', true, []]);
  close([below!.before, below!.after], [Math.exp(8) / total(-1), 1 / total(0)]);

  const third = classRows(classes!, target, 2);
  assert.equal(third.rows.map(({ index, isTarget }) => [index, isTarget]), [[0, true], [1, false], [3, false], [4, false], [5, false]]);
  assert.equal([third.below, third.gone.map(({ label }) => label)], [undefined, ['pixel 2']]);
  close([third.gone[0].before, third.gone[0].after], [Math.exp(6) / total(-1), 1 / total(2)]);
  assert.equal([classRows(classes!, target, 7).gone, classRows(classes!, target, 7).rows.length], [[], 5]);
});

test('the places are the windows', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const map = await occlusion(model, x, { patch: [5, 4], stride: [4, 3], ...quiet });
  const scan = new Scan(dataOf(map).grid);
  assert.is(scan.length, map.windows!.length);
  [...windowsOf(map)].forEach(({ top, left, bottom, right }, i) => assert.equal(scan.box(i), { top, left, bottom, right }));
  const ends = dataOf(map);
  const falls = [...windowsOf(map)].map(({ fall }) => fall);
  assert.equal([falls[ends.fall!], falls[ends.rise!]], [Math.max(...falls), Math.min(...falls)]);

  const stop = new AbortController();
  let rows = 0;
  const target = (logits: tf.Tensor2D): tf.Tensor => {
    if (++rows === 30) stop.abort();
    return tf.max(logits);
  };
  const stopped = await occlusion(model, x, { patch: 2, stride: 1, batchSize: 8, signal: stop.signal, target, ...quiet });
  assert.ok(stopped.windows!.length < 108);
  const some = new Scan(dataOf(stopped).grid);
  assert.is(some.length, stopped.windows!.length);
  [...windowsOf(stopped)].forEach(({ top, left }, i) => assert.equal([some.box(i).top, some.box(i).left], [top, left]));
});

test('a fill of one colour is that colour, another a picture; a score of one\'s own has classes and no target', async () => {
  const model = new Classifier(residual(), { name: 'rgb', preprocess: 'none' });
  const photo = plainImage(10, 13, [200, 40, 90]);
  photo.data.set([0, 0, 0, 255], 0);
  assert.equal(dataOf(await occlusion(model, photo, { fill: [1, 2, 3], ...quiet })).cover, [1, 2, 3]);
  const { cover, map: { image: seen } } = dataOf(await occlusion(model, photo, { fill: 'blur', ...quiet }));
  assert.ok('data' in cover && cover.width === 10 && cover.data.length === 520);
  assert.equal(seen, { width: 10, height: 13, data: photo.data, name: 'plain' });
  const own = dataOf(await occlusion(model, photo, { target: { contrast: [0, 1] }, ...quiet }));
  assert.equal([own.kind, own.target, own.other, own.classes?.labels.length], ['score', undefined, undefined, 5]);
  const inside = dataOf(await occlusion(model, photo, { target: { layer: 'stem', channel: 0 }, ...quiet }));
  assert.equal([inside.target, inside.classes, inside.notes], [undefined, undefined, ['the target lies before the logits, so the classes were not read']]);
  const two = dataOf(await occlusion(classifier(arithmetic()), tf.ones([1, 3, 3, 1]) as tf.Tensor4D, { target: 1, ...quiet }));
  assert.equal([two.classes!.count, two.target!.place, two.fall, two.rise], [2, 1, undefined, undefined]);
});

test('the explained number is the probability where it was asked for, the logit stands beside it', async () => {
  const data = dataOf(await occlusion(eight(), falling(), { patch: 1, stride: 1, fill: 0, target: 0, score: 'probability', ...quiet }));
  assert.equal([data.kind, data.other!.before, [...data.other!.after]], ['probability', 8, [0, 8, 8, 8, 8, 8, 8, 8]]);
  close([data.score.before], [data.target!.probability.before]);
  close(data.score.after, data.target!.probability.after);
});

test('as many decimals as tell the windows apart', async () => {
  const decimals = async (most: number): Promise<number> => dataOf(await occlusion(eight(), tf.tensor4d([most, 0, 0, 0, 0, 0, 0, 0], [1, 1, 8, 1]), { patch: 1, stride: 1, fill: 0, target: 0, ...quiet })).decimals;
  assert.equal([await decimals(40), await decimals(1), await decimals(0.5), await decimals(0.02), await decimals(0)], [2, 2, 3, 4, 2]);
});

test('maps of one call share what they have in common; less detail leaves the windows whole', async () => {
  const model = classifier(residual());
  const maps = [...(await occlusion(model, noiseTensor([1, 13, 10, 3]) as tf.Tensor4D, { target: [0, 1], patch: 4, stride: 3, ...quiet }))].map((map) => ({ map, windows: windowsOf(map) }));
  const data = explorerData(maps);
  const [a, b] = data.maps;
  for (const name of ['likeliest', 'after', 'kept'] as const) assert.is(a.classes![name], b.classes![name]);
  assert.is.not(a.score.after, b.score.after);
  const [less] = reduceExplorer(data, 0.25).maps;
  assert.equal(less.map.shape, [7, 5]);
  assert.is(less.score.after, a.score.after);
  assert.is(new Scan(less.grid).length, a.score.after.length);
});

test.run();
