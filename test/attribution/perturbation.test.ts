import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { Masks } from '../../src/attribution/perturbation/masks';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { rise } from '../../src/attribution/perturbation/rise';
import { spread } from '../../src/attribution/perturbation/spread';
import { useBackend } from '../../src/backend';
import type { Classifier } from '../../src/model/classifier';
import { forward } from '../../src/model/run';
import type { Progress } from '../../src/progress';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { plainImage } from '../helpers/maps';
import { arithmetic, classifier, dilated, mixed, nested, noise, noiseTensor, residual, seeded, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const quiet = { onProgress: null };
const models = { arithmetic, residual, mixed, nested, stacked, dilated };
const inputOf = (model: Classifier, seed?: number): tf.Tensor4D => noiseTensor([1, ...model.inputShape], seed) as tf.Tensor4D;

/** Class 1's logit (0's of a single one) of one input, in a run of its own. */
function scoreOf(model: Classifier, values: Float32Array): number {
  const [logits] = tf.tidy(() => [forward(model.graph, tf.tensor4d(values, [1, ...model.inputShape]), [model.head.logits])[0].dataSync()]) as unknown as [Float32Array];
  return logits[Math.min(1, model.head.classes - 1)];
}

/** Occlusion by its definition, a run for each window. */
function occluded(model: Classifier, x: Float32Array, fill: (channel: number) => number, [rows, columns]: number[], [down, across]: number[], reduce: 'mean' | 'sum'): Float32Array {
  const [height, width, channels] = model.inputShape;
  const sums = new Float32Array(height * width);
  const counts = new Float32Array(height * width);
  const whole = scoreOf(model, x);
  for (let top = 0; top === 0 || top - down + rows < height; top += down) {
    for (let left = 0; left === 0 || left - across + columns < width; left += across) {
      const inside = (pixel: number): boolean => Math.floor(pixel / width) >= top && Math.floor(pixel / width) < top + rows && pixel % width >= left && pixel % width < left + columns;
      const fall = whole - scoreOf(model, x.map((value, i) => (inside(Math.floor(i / channels)) ? fill(i % channels) : value)));
      sums.forEach((_, pixel) => {
        if (!inside(pixel)) return;
        sums[pixel] += fall;
        counts[pixel]++;
      });
    }
  }
  return reduce === 'sum' ? sums : sums.map((sum, pixel) => sum / counts[pixel]);
}

/** A target that takes its time over each row. */
const slow = (milliseconds: number) =>
  function slow(logits: tf.Tensor2D): tf.Tensor {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    return tf.max(logits);
  };

for (const backend of backends) {
  for (const [name, make] of Object.entries(models)) {
    test(`${backend}: occlusion of ${name} is what a run for each window gives, and RISE a run for each mask`, async () => {
      await useBackend(backend);
      const model = classifier(make());
      const [height, width, channels] = model.inputShape;
      const input = inputOf(model);
      const x = input.dataSync() as Float32Array;
      const target = Math.min(1, model.head.classes - 1);
      for (const [patch, stride, reduce] of [[[2, 3], [2, 1], 'mean'], [[3, 2], [1, 2], 'sum']] as const) {
        const options = { target, patch: [...patch] as [number, number], stride: [...stride] as [number, number], reduce, fill: 0.25, ...quiet };
        const expected = occluded(model, x, () => 0.25, [...patch], [...stride], reduce);
        for (const batchSize of [undefined, 1, 5]) close((await noLeak(() => occlusion(model, input, { ...options, batchSize }))).values, expected, 2e-5);
      }

      const masks = new Masks([height, width], [Math.min(7, height), Math.min(7, width)], 0.4, 5);
      const drawn = Array.from({ length: 11 }, () => masks.next());
      const scores = drawn.map((mask) => scoreOf(model, x.map((value, i) => value * mask[Math.floor(i / channels)])));
      const mean = scores.reduce((a, b) => a + b) / 11;
      const sum = (pixel: number, of: (i: number) => number): number => drawn.reduce((all, mask, i) => all + mask[pixel] * of(i), 0);
      const pixels = Float32Array.from({ length: height * width }, (_, pixel) => pixel);
      const options = { target, masks: 11, keep: 0.4, seed: 5, ...quiet };
      for (const batchSize of [undefined, 1, 4]) {
        const map = await noLeak(() => rise(model, input, { ...options, batchSize }));
        close(map.values, pixels.map((pixel) => sum(pixel, (i) => scores[i] - mean) / (sum(pixel, () => 1) || 1)), 1e-4);
        assert.is(map.seed, 5);
      }
      const paper = await rise(model, input, { ...options, centre: false, divide: 'expected' });
      close(paper.values, pixels.map((pixel) => sum(pixel, (i) => scores[i]) / (0.4 * 11)), 1e-4);
    });
  }

  test(`${backend}: what the model cannot see has no effect, and a constant added to the logits has none`, async () => {
    await useBackend(backend);
    // Steps of 3 over 9 rows, 2 high: every third row is never read.
    const blind = (bias: number): Classifier => {
      const model = seeded(tf.sequential({ layers: [layers.conv2d({ inputShape: [9, 9, 2], filters: 3, kernelSize: 2, strides: 3, activation: 'relu' }), layers.flatten(), layers.dense({ units: 3 })] }));
      const biases = model.weights[3];
      biases.write(tf.fill(biases.shape as number[], bias));
      return classifier(model);
    };
    const [plain, raised] = [blind(0), blind(8)];
    const x = inputOf(plain);
    const unseen = await occlusion(plain, x, { patch: 1, stride: 1, target: 2, ...quiet });
    unseen.values.forEach((value, pixel) => {
      if (pixel % 9 % 3 === 2 || Math.floor(pixel / 9) % 3 === 2) assert.ok(Math.abs(value) < 1e-6, `${value} at ${pixel}`);
    });
    assert.ok(unseen.values.some((value) => Math.abs(value) > 0.01));
    close((await occlusion(raised, x, { patch: 1, stride: 1, target: 2, ...quiet })).values, unseen.values, 1e-5);
    const options = { masks: 40, target: 2, ...quiet };
    close((await rise(raised, x, options)).values, (await rise(plain, x, options)).values, 1e-4);
  });

  test(`${backend}: several targets share their runs, and each has its own map`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    const x = inputOf(model);
    const targets = [0, { contrast: [2, 1] as [number, number] }, { layer: 'stem_relu', channel: 1 }, (logits: tf.Tensor2D): tf.Tensor => tf.max(logits)];
    const reports: Progress[] = [];
    const together = await noLeak(() => rise(model, x, { target: targets, masks: 30, onProgress: (report) => reports.push(report) }));
    assert.equal([reports[reports.length - 1].done, reports[reports.length - 1].total], [60, 60]);
    for (const [i, target] of targets.entries()) close(together.at(i)!.values, (await rise(model, x, { target, masks: 30, ...quiet })).values, 1e-4);
  });
}

test('masks are from 0 to 1, smooth, kept by their share, and of their seed alone', () => {
  const masks = new Masks([40, 30], [5, 6], 0.3, 1);
  const drawn = Array.from({ length: 400 }, () => masks.next());
  const means = Array.from({ length: 1200 }, (_, pixel) => drawn.reduce((sum, mask) => sum + mask[pixel], 0) / 400);
  // Five standard errors of a cell that is kept or not.
  for (const mean of means) assert.ok(Math.abs(mean - 0.3) < 5 * Math.sqrt((0.3 * 0.7) / 400), `${mean}`);
  const [first] = drawn;
  assert.ok(drawn.every((mask) => mask.every((value) => value >= 0 && value <= 1)));
  for (let pixel = 1; pixel < 1200; pixel++) if (pixel % 30) assert.ok(Math.abs(first[pixel] - first[pixel - 1]) < 0.25, 'no edges');
  assert.equal(new Masks([40, 30], [5, 6], 0.3, 1).next(), first);
  assert.not.equal(new Masks([40, 30], [5, 6], 0.3, 2).next(), first);
  assert.not.equal(drawn[1], first);
});

test('RISE finds the one pixel that counts, and its error falls with the masks', async () => {
  const model = tf.sequential({ layers: [layers.flatten({ inputShape: [16, 12, 1] }), layers.dense({ units: 1, useBias: false })] });
  const weights = new Float32Array(192);
  weights[5 * 12 + 8] = 3;
  model.setWeights([tf.tensor2d(weights, [192, 1])]);
  const one = classifier(model);
  const x = tf.ones([1, 16, 12, 1]) as tf.Tensor4D;
  const map = await rise(one, x, { masks: 1500, ...quiet });
  const hottest = map.values.indexOf(Math.max(...map.values));
  assert.ok(Math.abs(Math.floor(hottest / 12) - 5) <= 1 && Math.abs((hottest % 12) - 8) <= 1, `pixel ${hottest}`);
  assert.ok(map.signed);
  const error = ({ note }: Attribution): number => Number(/^standard error about ([\d.]+)$/.exec(String(note))![1]);
  const fewer = error(await rise(one, x, { masks: 375, ...quiet }));
  assert.ok(Math.abs(fewer / error(map) - 2) < 0.2, `${fewer} and ${error(map)}`);
  // Far from that pixel there is nothing but chance: two thirds lie within one standard error.
  const far = [...map.values].filter((_, pixel) => Math.floor(pixel / 12) > 10);
  const within = far.filter((value) => Math.abs(value) < error(map)).length / far.length;
  assert.ok(within > 0.35 && within < 0.98, `${within}`);
  assert.is((await rise(one, x, { masks: 30, centre: false, score: 'probability', ...quiet })).signed, false);
});

test('a RISE that is stopped is the RISE of the masks it had', async () => {
  const model = classifier(residual());
  const x = inputOf(model);
  const stop = new AbortController();
  let rows = 0;
  const target = (logits: tf.Tensor2D): tf.Tensor => {
    if (++rows === 14) stop.abort();
    return tf.max(logits);
  };
  const part = await noLeak(() => rise(model, x, { target, batchSize: 1, signal: stop.signal, ...quiet }));
  const done = Number(/^stopped after (\d+) of 1,000 masks; standard error about/.exec(String(part.note))![1]);
  assert.ok(done > 5 && done < 14);
  const whole = await rise(model, x, { target: (logits) => tf.max(logits), masks: done, ...quiet });
  close(part.values, whole.values, 1e-5);
  const none = await noLeak(() => rise(model, x, { signal: AbortSignal.abort(), ...quiet }));
  assert.is(none.note, 'stopped after 0 of 1,000 masks');
  assert.ok(none.values.every((value) => value === 0));
});

test('a budget stops the map, which covers the whole picture; the estimate told how far it would come', async () => {
  const model = classifier(residual());
  const x = inputOf(model);
  for (const [method, options, note] of [[occlusion, { patch: 2, stride: 1 }, /^stopped by the budget after (\d+) of 108 windows: a coarser map$/], [rise, {}, /^stopped by the budget after (\d+) of 1,000 masks; standard error/]] as const) {
    const reports: Progress[] = [];
    const start = performance.now();
    const map = await noLeak(() => method(model, x, { target: slow(25), budgetMs: 900, onProgress: (report: Progress) => void reports.push(report), ...options } as never) as unknown as Promise<Attribution>);
    assert.ok(performance.now() - start < 2500, 'about in time');
    const done = Number(note.exec(String(map.note))![1]);
    assert.ok(done >= 4 && done <= 64, `${done} done`);
    assert.ok(map.values.every((value) => value !== 0), 'no pixel is empty');
    const [first] = reports;
    assert.is(first.done, 0);
    assert.ok(first.left! > 0.3 && first.left! < 1, `${first.left} s`);
    assert.ok(first.reach! >= 4 && first.reach! < 108, `${first.reach} expected`);
  }
});

test('without a budget the estimate is that of all, and the map so far comes at most twice a second', async () => {
  const model = classifier(residual());
  const x = inputOf(model);
  for (const [method, options] of [[occlusion, { patch: 2, stride: 1 }], [rise, { masks: 108 }]] as const) {
    const reports: Progress[] = [];
    const updates: Attribution[] = [];
    const watching = { onUpdate: (map: Attribution) => void updates.push(map), onProgress: (report: Progress) => void reports.push(report) };
    await noLeak(() => method(model, x, { target: slow(12), ...watching, ...options } as never));
    const [first] = reports;
    const last = reports[reports.length - 1];
    assert.equal([first.done, first.reach, last.done, last.left], [0, undefined, 108, 0]);
    assert.ok(first.left! > 0.2 * last.seconds && first.left! < 5 * last.seconds, `${first.left} s expected, ${last.seconds} s taken`);
    assert.ok(updates.length >= 1 && updates.length <= last.seconds * 2, `${updates.length} updates in ${last.seconds} s`);
    assert.match(String(updates[0].note), /^after \d+ of 108 /);
    assert.equal([updates[0].shape, updates[0].target.label], [[13, 10], 'slow']);
  }
});

test('what no window covers takes the value found nearest, and a stride beyond the patch is told', async () => {
  const values = Float32Array.from([1, 0, 0, 0, 0, 0, 0, 0, 5]);
  const ends = (cell: number): boolean => cell === 0 || cell === 8;
  spread(values, ends, 3, 5);
  // Halfway between the two: their mean.
  assert.equal([...values], [1, 1, 3, 1, 3, 5, 3, 5, 5]);
  const near = Float32Array.from([1, 0, 0, 0, 0, 0, 0, 0, 5]);
  spread(near, ends, 3, 1);
  assert.equal([...near], [1, 1, 0, 1, 0, 5, 0, 5, 5]);
  const empty = new Float32Array(4);
  spread(empty, () => false, 2, 9);
  assert.equal([...empty], [0, 0, 0, 0]);

  const model = classifier(residual());
  const map = await occlusion(model, inputOf(model), { patch: 2, stride: 5, ...quiet });
  assert.is(map.note, 'no window covers 82 % of the picture, which takes the values found nearest: the stride is larger than the patch');
  assert.ok(map.values.every((value) => value !== 0));
  assert.is((await occlusion(model, inputOf(model), { patch: 2, stride: 500, ...quiet })).options.windows, 1);
});

test('a fill is a colour, a mean, a blur, another image or a tensor', async () => {
  const model = classifier(residual());
  const photo = plainImage(10, 13, [200, 40, 90]);
  const options = { patch: 4, target: 0, ...quiet };
  const colour = await occlusion(model, photo, { ...options, fill: [10, 20, 30] });
  const image = await occlusion(model, photo, { ...options, fill: plainImage(20, 26, [10, 20, 30], 'slate') });
  close(image.values, colour.values, 1e-5);
  assert.is(image.options.fill, 'the image slate');
  const tensor = tf.tile(tf.tensor4d([10, 20, 30], [1, 1, 1, 3]), [1, 13, 10, 1]) as tf.Tensor4D;
  close((await noLeak(() => occlusion(model, photo, { ...options, fill: tensor }))).values, colour.values, 1e-5);
  assert.ok((await occlusion(model, photo, { ...options, fill: 'mean' })).values.every((value) => Math.abs(value) < 1e-3), 'a plain image is its own mean');
  assert.is((await rise(model, photo, { masks: 8, fill: 'blur', ...quiet })).options.fill, 'blur');
  assert.is(JSON.parse(JSON.stringify(image)).options.fill, 'the image slate');
  assert.is((await rise(model, photo, { masks: 8, ...quiet })).options.fill, 'black', '0 of an image');
  assert.is((await rise(model, tensor, { masks: 8, ...quiet })).options.fill, 0, 'of a tensor it may be any colour');
});

test('small inputs have small patches and grids', async () => {
  const tiny = classifier(seeded(tf.sequential({ layers: [layers.flatten({ inputShape: [8, 5, 1] }), layers.dense({ units: 2 })] })));
  const x = tf.tensor4d(noise(40), [1, 8, 5, 1]);
  assert.equal((await occlusion(tiny, x, quiet)).options.patch, [1, 1]);
  assert.equal((await rise(tiny, x, { masks: 5, ...quiet })).options.grid, [7, 5]);
});

test('nothing is left behind when the target fails on the way', async () => {
  const model = classifier(residual());
  const x = inputOf(model);
  await rise(model, x, { masks: 2, ...quiet });
  for (const method of [occlusion, rise]) {
    let rows = 0;
    const target = (logits: tf.Tensor2D): tf.Tensor => {
      if (++rows === 9) throw new Error('mine');
      return tf.max(logits);
    };
    assert.is(await messageOf(() => method(model, x, { target, batchSize: 2, ...quiet })), 'mine');
    const update = { target: slow(40), onUpdate: () => { throw new Error('yours'); }, ...quiet };
    assert.is(await messageOf(() => method(model, x, update as never)), 'yours');
  }
});

test('what is wrong is said in one line', async () => {
  const model = classifier(residual());
  const x = inputOf(model);
  const says = async (options: object, message: string, method: typeof rise | typeof occlusion = rise): Promise<void> =>
    assert.is(await messageOf(() => method(model, x, options as never)), message);
  await says({ masks: 0 }, 'masks must be a whole number of at least 1, got 0');
  await says({ grid: 12 }, 'grid must be a whole number from 1 to 10, got 12');
  await says({ keep: 1 }, 'keep must be a number from 0.01 to 0.99, got 1');
  await says({ seed: -1 }, 'seed must be a whole number from 0 to 9007199254740991, got -1');
  await says({ centre: 'yes' }, 'centre must be true or false, got "yes"');
  await says({ divide: 'all' }, 'divide must be seen or expected, got "all"');
  await says({ mask: 4 }, 'rise has no option "mask"; did you mean "masks"?');
  for (const method of [rise, occlusion]) {
    await says({ budgetMs: 0 }, 'budgetMs must be a number of at least 1, got 0', method);
    await says({ live: 1 }, 'live must be true or false, got 1', method);
    await says({ onUpdate: 'log' }, 'onUpdate must be a function, got "log"', method);
    await says({ fill: plainImage }, "fill must be a number, 3 numbers, 'black', 'mean', 'blur', an image or a tensor, got a function", method);
    await says({ fill: tf.zeros([1, 4, 4, 3]) }, 'fill: the image tensor is [1, 4, 4, 3], the model takes [1, 13, 10, 3]', method);
  }
  await says({ reduce: 'max' }, 'reduce must be mean or sum, got "max"', occlusion);
});

test.run();
