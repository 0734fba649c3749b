import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { OcclusionWindows } from '../../src/attribution/perturbation/occlusionWindows';
import { useBackend } from '../../src/backend';
import { Classifier } from '../../src/model/classifier';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { plainImage } from '../helpers/maps';
import { arithmetic, classifier, noiseTensor, residual, seeded, stacked } from '../helpers/models';
import { noLeak } from '../helpers/noLeak';

const { layers } = tf;
const quiet = { onProgress: null };
const windowsOf = (map: Attribution): OcclusionWindows => map.windows as OcclusionWindows;
const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

for (const backend of backends) {
  test(`${backend}: each window has its place, its score and the classes with it covered`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic(), ['lit, bright', 'dark']);
    // Each pixel of 1 takes the weights that it meets with it, a quarter of them each.
    const falls = [1, 3, 2, 4, 10, 6, 3, 7, 4].map((sum) => sum / 4);
    const ones = tf.ones([1, 3, 3, 1]) as tf.Tensor4D;
    const map = await noLeak(() => occlusion(model, ones, { target: 0, patch: 1, stride: 1, fill: 0, ...quiet }));
    const windows = windowsOf(map);
    assert.equal([windows.length, windows.total, windows.score, windows.patch, windows.stride, windows.note], [9, 9, 10, [1, 1], [1, 1], undefined]);
    assert.equal([...windows].map(({ top, left, bottom, right }) => [top, left, bottom, right]), Array.from({ length: 9 }, (_, i) => [Math.floor(i / 3), i % 3, Math.floor(i / 3) + 1, (i % 3) + 1]));
    close([...windows].map(({ fall }) => fall), falls);
    close([...windows].map(({ score }) => score), falls.map((fall) => 10 - fall));
    close(map.values, falls);
    assert.equal(windows.classes.map(({ index, label, logit }) => [index, label, logit]), [[0, 'lit', 10], [1, 'dark', 0]]);
    close(windows.classes.map(({ score }) => score), [sigmoid(10), sigmoid(-10)]);
    [...windows].forEach(({ classes, originals, target }, i) => {
      const logit = 10 - falls[i];
      assert.equal(classes.map(({ index, label }) => [index, label]), [[0, 'lit'], [1, 'dark']]);
      close(classes.flatMap((each) => [each.logit, each.score]), [logit, sigmoid(logit), 0, sigmoid(-logit)]);
      assert.equal([originals, target], [classes, classes[0]]);
    });
    assert.equal(windows.at(-1), [...windows][8]);
    assert.is(windows.at(9), undefined);
    assert.is(windows.uncovered(1)?.label, 'dark');
    assert.is(String(windows), '9 windows of 1 x 1, moved by 1 x 1; the score falls most by 2.50 at row 1, column 1');
  });

  test(`${backend}: the classes of a window are what the network predicts of the covered image`, async () => {
    await useBackend(backend);
    const model = classifier(seeded(tf.sequential({ layers: [layers.conv2d({ inputShape: [9, 8, 3], filters: 4, kernelSize: 3, activation: 'relu' }), layers.flatten(), layers.dense({ units: 12, activation: 'softmax' })] })));
    const photo = noiseTensor([1, 9, 8, 3]) as tf.Tensor4D;
    const map = await occlusion(model, photo, { patch: [4, 3], stride: [3, 2], fill: 0.5, score: 'probability', target: 7, ...quiet });
    const before = await model.predict(photo, { top: 12 });
    const ranked = new Set<number>();
    for (const { top, left, bottom, right, score, fall, target, classes, originals } of windowsOf(map)) {
      const covered = tf.tidy(() => {
        const rows = tf.range(0, 9).reshape([1, 9, 1, 1]);
        const columns = tf.range(0, 8).reshape([1, 1, 8, 1]);
        const inside = [rows.greaterEqual(top), rows.less(bottom), columns.greaterEqual(left), columns.less(right)].reduce((a, b) => tf.logicalAnd(a, b));
        return tf.where(inside, 0.5, photo);
      }) as tf.Tensor4D;
      const after = await model.predict(covered, { top: 12 });
      assert.equal(classes.map(({ index }) => index), after.items.slice(0, 5).map(({ index }) => index));
      close(classes.flatMap((each) => [each.score, each.logit]), after.items.slice(0, 5).flatMap((each) => [each.score, each.logit]));
      const find = (index: number): number => after.items.find((each) => each.index === index)!.score;
      assert.equal(originals.map(({ index }) => index), before.items.slice(0, 5).map(({ index }) => index));
      close(originals.map((each) => each.score), originals.map(({ index }) => find(index)));
      close([score, target!.score, windowsOf(map).score - fall], [find(7), find(7), find(7)]);
      classes.forEach(({ index }) => ranked.add(index));
      covered.dispose();
    }
    assert.ok(ranked.size > 5, 'other classes come up');
    for (const index of ranked) close([windowsOf(map).uncovered(index)!.score], [before.items.find((each) => each.index === index)!.score]);
  });

  test(`${backend}: of a list of targets each has its own scores; what reads no logits has no classes`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
    const targets = [3, { contrast: [2, 1] as [number, number] }, { layer: 'stem_relu', channel: 1 }, (logits: tf.Tensor2D): tf.Tensor => tf.max(logits)];
    const maps = await noLeak(() => occlusion(model, x, { target: targets, patch: 4, stride: 4, ...quiet }));
    for (const map of maps) {
      const windows = windowsOf(map);
      assert.is(windows.length, 12);
      // Windows side by side: the map is made of their falls.
      for (const { top, left, fall } of windows) assert.ok(Math.abs(map.values[top * 10 + left] - fall) < 1e-6);
    }
    const [one, contrast, layer, own] = maps.map(windowsOf);
    assert.equal([one, contrast, own].map((windows) => windows.at(0)!.classes.length), [5, 5, 5]);
    assert.equal([one, contrast, own].map((windows) => windows.at(0)!.target?.index), [3, undefined, undefined]);
    for (const { score, target } of one) assert.ok(Math.abs(score - target!.logit) < 1e-5);
    assert.equal([layer.classes, layer.at(0)!.classes, layer.at(0)!.originals, layer.uncovered(0)], [[], [], [], undefined]);
    assert.is(layer.note, 'the target lies before the logits, so the classes were not read');
  });
}

test('one class has a probability of its own', async () => {
  const model = classifier(stacked());
  const windows = windowsOf(await occlusion(model, noiseTensor([1, 6, 6, 1]) as tf.Tensor4D, { patch: 3, stride: 3, ...quiet }));
  assert.is(windows.length, 4);
  for (const { classes, score } of windows) {
    assert.is(classes.length, 1);
    close([classes[0].logit, classes[0].score], [score, sigmoid(score)]);
  }
});

test('of very many windows the scores alone are kept', async () => {
  const model = classifier(seeded(tf.sequential({ layers: [layers.averagePooling2d({ inputShape: [72, 71, 1], poolSize: 8 }), layers.flatten(), layers.dense({ units: 3 })] })));
  const x = noiseTensor([1, 72, 71, 1]) as tf.Tensor4D;
  const windows = windowsOf(await noLeak(() => occlusion(model, x, { patch: 1, stride: 1, ...quiet })));
  assert.is(windows.length, 5112);
  assert.is(windows.note, 'of more than 5,000 windows the scores alone are kept, not the classes');
  assert.equal([windows.classes, windows.at(7)!.classes, windows.at(7)!.target], [[], [], undefined]);
  assert.ok([...windows].some(({ fall }) => Math.abs(fall) > 1e-3));
  assert.ok(JSON.stringify(windows).length < 150_000, `${JSON.stringify(windows).length} bytes`);
});

test('a map that is stopped has the windows that were scored, and those of an update stay as they were', async () => {
  const model = classifier(residual());
  const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
  const updates: { windows: OcclusionWindows; length: number }[] = [];
  const stop = new AbortController();
  const onUpdate = (each: Attribution): void => {
    updates.push({ windows: windowsOf(each), length: windowsOf(each).length });
    if (updates.length === 2) stop.abort();
  };
  const slow = (logits: tf.Tensor2D): tf.Tensor => {
    const end = performance.now() + 40;
    while (performance.now() < end);
    return tf.max(logits);
  };
  const map = await occlusion(model, x, { target: slow, patch: 2, stride: 1, batchSize: 8, signal: stop.signal, onUpdate, ...quiet });
  const windows = windowsOf(map);
  const done = Number(/after (\d+) of 108/.exec(String(map.note))![1]);
  assert.equal([windows.length, windows.total], [done, 108]);
  assert.ok(done < 108 && updates[0].length < done, `${done} done, ${updates[0].length} at the first update`);
  for (const update of updates) assert.is(update.windows.length, update.length);
  const places = [...windows].map(({ top, left }) => top * 10 + left);
  assert.equal(places, [...places].sort((a, b) => a - b), 'row by row');
  assert.is(windowsOf(await occlusion(model, x, { signal: AbortSignal.abort(), ...quiet })).length, 0);
});

test('the fill is there as a picture', async () => {
  const model = new Classifier(residual(), { name: 'torch', preprocess: 'torch' });
  const photo = plainImage(10, 13, [200, 40, 90]);
  photo.data.set([0, 0, 0, 255], 4 * 65);
  const options = { patch: 4, target: 0, ...quiet };
  const cover = async (fill: unknown, input: typeof photo | tf.Tensor4D = photo): Promise<number[]> => {
    const { cover } = windowsOf(await noLeak(() => occlusion(model, input as never, { ...options, fill } as never)));
    assert.equal([cover.width, cover.height], [10, 13]);
    return Array.from(cover.data.subarray(4 * 65, 4 * 65 + 4));
  };
  assert.equal(await cover([10, 20, 30]), [10, 20, 30, 255]);
  assert.equal(await cover(128), [128, 128, 128, 255]);
  assert.equal(await cover('black'), [0, 0, 0, 255]);
  // 129 of 130 pixels have the colour.
  assert.equal(await cover('mean'), [198, 40, 89, 255]);
  const [red] = await cover('blur');
  assert.ok(red > 20 && red < 200, `${red}: the dark pixel and its neighbours`);
  assert.equal(await cover(plainImage(20, 26, [1, 2, 3])), [1, 2, 3, 255]);
  const { x } = model.prepare(photo);
  assert.equal(await cover(x), [0, 0, 0, 255]);
  assert.equal(await cover('black', x), [0, 0, 0, 255]);
  // A number is in the tensor's own units: 0 is the mean colour of ImageNet.
  assert.equal(await cover(0, x), [124, 116, 104, 255]);
  x.dispose();
});

test('a picture of a preprocessing of one\'s own has the scale of the image', async () => {
  const model = new Classifier(residual(), { name: 'own', preprocess: (pixels) => tf.div(pixels, 100) as tf.Tensor3D });
  const x = tf.tidy(() => tf.concat([tf.zeros([1, 13, 5, 3]), tf.fill([1, 13, 5, 3], 2)], 2)) as tf.Tensor4D;
  const { cover } = windowsOf(await occlusion(model, x, { target: 0, fill: 1, ...quiet }));
  assert.equal([...new Set(cover.data)].sort(), [128, 255]);
});

test('JSON has lists, the classes by number', async () => {
  const model = classifier(arithmetic(), ['lit', 'dark']);
  const map = await occlusion(model, tf.ones([1, 3, 3, 1]) as tf.Tensor4D, { target: 0, patch: 2, stride: 1, fill: 0, ...quiet });
  const { windows } = JSON.parse(JSON.stringify(map));
  assert.equal([windows.top, windows.left, windows.patch, windows.score], [[0, 0, 1, 1], [0, 1, 0, 1], [2, 2], 10]);
  assert.equal(windows.scores, [...windowsOf(map)].map(({ score }) => score));
  assert.equal(windows.likeliest.index, Array(4).fill([0, 1]));
  assert.equal(windows.likeliest.logit.map(([logit]: number[]) => logit), windows.scores);
  assert.equal(windows.labels, { 0: 'lit', 1: 'dark' });
});

test.run();
