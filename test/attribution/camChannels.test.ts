import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import type { Attributions } from '../../src/attribution/attributions';
import { ablationCam } from '../../src/attribution/cam/ablationCam';
import { scoreCam } from '../../src/attribution/cam/scoreCam';
import type { Method } from '../../src/attribution/method';
import { useBackend } from '../../src/backend';
import type { Classifier } from '../../src/model/classifier';
import type { Progress } from '../../src/progress';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { arithmetic, classifier, noiseTensor, residual, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const quiet = { onProgress: null, live: false } as const;
const raw = { relu: false, resize: false } as const;
const photos = [1, 2].map((seed) => noiseTensor<tf.Rank.R4>([1, 13, 10, 3], seed));
const small = noiseTensor<tf.Rank.R4>([1, 8, 7, 2], 4);
const pixels = tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]);

/** Two convolutions and a dense layer; the fourth channel of the first is dead. */
function chain(): tf.LayersModel {
  const model = tf.sequential({ name: 'chain' });
  model.add(layers.conv2d({ name: 'early', inputShape: [8, 7, 2], filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }));
  model.add(layers.conv2d({ name: 'late', filters: 4, kernelSize: 2, activation: 'relu' }));
  model.add(layers.flatten());
  model.add(layers.dense({ name: 'scores', units: 3 }));
  seeded(model);
  silence(model, 3);
  return model;
}

/** Takes a channel of the first convolution away for good. */
function silence(model: tf.LayersModel, channel: number): void {
  tf.tidy(() => {
    const early = model.getLayer('early');
    early.setWeights(early.getWeights().map((weight) => tf.mul(weight, tf.tensor1d([0, 1, 2, 3, 4].map((each) => (each === channel ? 0 : 1))))));
  });
}

const logits = (model: tf.LayersModel, x: tf.Tensor): number[] => tf.tidy(() => [...(model.predict(x) as tf.Tensor).dataSync()]);

/** What the first convolution puts out: a list of values for each channel. */
function grids(model: tf.LayersModel): number[][] {
  return tf.tidy(() => {
    const outputs = tf.model({ inputs: model.inputs, outputs: model.getLayer('early').output as tf.SymbolicTensor }).predict(small) as tf.Tensor;
    return tf.unstack(outputs, 3).map((each) => [...each.dataSync()]);
  });
}

const weighted = (channels: number[][], weights: number[]): number[] => channels[0].map((_, cell) => channels.reduce((sum, each, c) => sum + each[cell] * weights[c], 0));

/** The scores of the image under each channel's mask, worked out one by one, corner on corner, with `behind` where the mask hides. */
function maskedScores(model: tf.LayersModel, channels: number[][], target: number, behind = 0): number[] {
  return channels.map((values) =>
    tf.tidy(() => {
      const mask = tf.image.resizeBilinear(tf.tensor4d(values, [1, 4, 4, 1]), [8, 7], true);
      const range = tf.sub(tf.max(mask), tf.min(mask)).dataSync()[0];
      const open = range > 0 ? tf.div(tf.sub(mask, tf.min(mask)), range) : tf.zerosLike(mask);
      return logits(model, tf.add(tf.mul(small, open), tf.mul(tf.sub(1, open), behind)))[target];
    }),
  );
}

const softmax = (scores: number[]): number[] => {
  const powers = scores.map(Math.exp);
  return powers.map((power) => power / powers.reduce((a, b) => a + b));
};

for (const backend of backends) {
  test(`${backend}: Score-CAM weighs each channel by the softmax of the scores under its mask, or by the scores`, async () => {
    await useBackend(backend);
    const net = chain();
    const model = classifier(net);
    const channels = grids(net);
    const scores = maskedScores(net, channels, 1);
    const common = { target: 1, layer: 'early', ...raw, ...quiet };
    const map = await noLeak(() => scoreCam(model, small, common));
    close(map.values, weighted(channels, softmax(scores)), 1e-4);
    assert.equal([map.method, map.layer, map.shape, map.note], ['Score-CAM', 'early', [4, 4], undefined]);
    close((await scoreCam(model, small, { ...common, weights: 'score' })).values, weighted(channels, scores), 1e-4);
    const filled = await scoreCam(model, small, { ...common, fill: 0.5 });
    close(filled.values, weighted(channels, softmax(maskedScores(net, channels, 1, 0.5))), 1e-4);
  });

  test(`${backend}: Score-CAM of the top channels takes those that vary most`, async () => {
    await useBackend(backend);
    const net = chain();
    const channels = grids(net);
    const variance = channels.map((values) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    });
    const best = [...variance.keys()].sort((a, b) => variance[b] - variance[a]).slice(0, 2);
    const weights = softmax(best.map((channel) => maskedScores(net, channels, 1)[channel]));
    const map = await scoreCam(classifier(net), small, { target: 1, layer: 'early', top: 2, ...raw, ...quiet });
    close(map.values, weighted(best.map((channel) => channels[channel]), weights), 1e-4);
  });

  test(`${backend}: Ablation-CAM weighs each channel by the share of the score that goes with it`, async () => {
    await useBackend(backend);
    // Logit 0 is the mean of the first channel: all of it goes with that channel, and nothing with the second.
    const map = await ablationCam(classifier(arithmetic()), pixels, { target: 0, ...raw, ...quiet });
    close(map.values, [9, 5, 11, 1]);

    const net = chain();
    const channels = grids(net);
    const full = logits(net, small);
    const without = channels.map((_, channel) => {
      const other = chain();
      silence(other, channel);
      return logits(other, small);
    });
    const model = classifier(net);
    for (const target of [0, 1, 2]) {
      const found = await noLeak(() => ablationCam(model, small, { target, layer: 'early', ...raw, ...quiet }));
      close(found.values, weighted(channels, without.map((each) => (full[target] - each[target]) / Math.abs(full[target]))), 1e-4);
    }
    assert.ok(full.some((score) => score < 0), 'one of them is negative');
  });

  for (const [name, method] of Object.entries({ scoreCam, ablationCam } as Record<string, Method>)) {
    test(`${backend}: ${name} is the same whatever the batch, and for lists of targets, images and layers`, async () => {
      await useBackend(backend);
      const model = classifier(residual());
      const alone = async (image: tf.Tensor4D, options: object): Promise<Attribution> => method(model, image, { ...quiet, ...options });
      const best = await alone(photos[0], {});
      for (const batchSize of [1, 2, 5]) close((await alone(photos[0], { batchSize })).values, best.values, 1e-4);
      const targets = await noLeak(() => method(model, [photos[0]], { ...quiet, target: [4, { contrast: [0, 1] }, { layer: 'logits', channel: 2 }] }));
      for (const [i, target] of [4, { contrast: [0, 1] } as const, 2].entries()) close(targets.at(i)!.values, (await alone(photos[0], { target })).values, 1e-4);
      const images = await noLeak(() => method(model, photos, quiet) as Promise<Attributions>);
      for (const [i, map] of images.items.entries()) close(map.values, (await alone(photos[i], {})).values, 1e-4);
      const both = await (method as typeof scoreCam)(model, photos[0], { ...quiet, layer: ['both', 'sum_relu'] });
      for (const [i, layer] of ['both', 'sum_relu'].entries()) {
        assert.is(both.at(i)!.layer, layer);
        close(both.at(i)!.values, (await alone(photos[0], { layer })).values, 1e-4);
      }
      const one = await (method as typeof scoreCam)(model, photos[0], { ...quiet, layer: ['both', 'sum_relu'], combine: 'max' });
      const [a, b] = both.map((map) => map.values.map((value) => value / map.values.reduce((highest, each) => Math.max(highest, each), 1e-30)));
      close(one.values, a.map((value, i) => Math.max(value, b[i])), 1e-4);
    });
  }

  test(`${backend}: Score-CAM does not change with a constant added to the logits`, async () => {
    await useBackend(backend);
    const shifted = residual();
    tf.tidy(() => shifted.getLayer('logits').setWeights(shifted.getLayer('logits').getWeights().map((weight, i) => (i === 1 ? tf.add(weight, 9) : weight))));
    close((await scoreCam(classifier(shifted), photos[0], { target: 1, ...quiet })).values, (await scoreCam(classifier(residual()), photos[0], { target: 1, ...quiet })).values, 1e-4);
  });
}

const stoppedAfter = async (method: Method, model: Classifier, channels: number, options: object = {}): Promise<Attribution> => {
  const stop = new AbortController();
  let scored = 0;
  // How often the image itself is read before the first channel.
  const target = (values: tf.Tensor2D): tf.Tensor => {
    scored++;
    return tf.sum(tf.mul(values, tf.tensor2d([[1, 0, 0]])));
  };
  await method(model, small, { ...quiet, target, ...options, signal: AbortSignal.abort() });
  const before = scored;
  scored = -before - channels;
  const counted = (values: tf.Tensor2D): tf.Tensor => {
    if (++scored === 0) stop.abort();
    return tf.sum(tf.mul(values, tf.tensor2d([[1, 0, 0]])));
  };
  return noLeak(() => method(model, small, { ...quiet, target: counted, batchSize: 1, ...options, signal: stop.signal }));
};

test('a map that is stopped keeps the channels that were tried, those that vary most, and says so', async () => {
  await useBackend(backends[0]);
  const model = classifier(chain());
  const options = { layer: 'early', ...raw };
  const stopped = await stoppedAfter(scoreCam, model, 2, options);
  assert.match(String(stopped.note), /^stopped after 2 of 5 channels: those that vary most came first, the others count nothing$/);
  close(stopped.values, (await scoreCam(model, small, { ...quiet, ...options, target: 0, top: 2 })).values);
  const ablated = await stoppedAfter(ablationCam, model, 3, options);
  assert.match(String(ablated.note), /^stopped after 3 of 5 channels/);
  assert.ok(ablated.values.some((value) => value !== 0));
  for (const method of [scoreCam, ablationCam]) {
    const none = await noLeak(() => method(model, small, { ...quiet, ...options, signal: AbortSignal.abort() }));
    assert.match(String(none.note), /^stopped after 0 of 5 channels/);
    assert.ok(none.values.every((value) => value === 0));
  }
});

test('a budget of time stops it after a batch of each layer, and the map so far is shown on the way', async () => {
  await useBackend(backends[0]);
  const model = classifier(chain());
  const maps = await noLeak(() => scoreCam(model, small, { ...quiet, layer: ['early', 'late'], budgetMs: 1, batchSize: 1 }));
  for (const map of maps) assert.match(String(map.note), /^stopped by the budget after \d of 9 channels/);
  const seen: Attribution[] = [];
  const slow = (values: tf.Tensor2D): tf.Tensor => {
    for (const end = performance.now() + 150; performance.now() < end; );
    return tf.sum(values);
  };
  await scoreCam(model, small, { onProgress: null, target: slow, layer: 'early', batchSize: 1, onUpdate: (map: Attribution) => seen.push(map) });
  assert.ok(seen.length > 0);
  assert.match(String(seen[0].note), /^after \d of 5 channels/);
});

test('progress counts the channels of all layers, images and values that are explained', async () => {
  await useBackend(backends[0]);
  const model = classifier(residual());
  const last = async (method: Method, images: tf.Tensor4D | tf.Tensor4D[], options: object): Promise<Progress> => {
    let progress: Progress | undefined;
    await method(model, images, { ...options, onProgress: (each: Progress) => (progress = each) } as never);
    return progress as Progress;
  };
  for (const [images, options, total] of [
    [photos[0], {}, 6],
    [photos, {}, 12],
    [photos[0], { layer: ['both', 'stem_relu'] }, 12],
    [photos[0], { target: [0, 1, 2] }, 6],
    [photos[0], { target: { layer: 'sum_relu', channel: 1 } }, 4],
  ] as const) {
    for (const method of [scoreCam, ablationCam]) {
      const { done, unit, ...progress } = await last(method as Method, images as tf.Tensor4D, options);
      assert.equal([done, progress.total, unit], [total, total, 'channels'], JSON.stringify(options));
    }
  }
});

test('a score of 0, and an image that is 0 everywhere, give a note and no NaN', async () => {
  await useBackend(backends[0]);
  const model = classifier(chain());
  const none = await ablationCam(model, small, { ...quiet, layer: 'early', target: (values) => tf.sub(tf.sum(values), tf.sum(values)) });
  assert.match(String(none.note), /^the score is 0, so the weights are its falls and not shares of it; no positive evidence/);
  const [plain, black] = [classifier(arithmetic()), tf.zerosLike(pixels)];
  for (const method of [scoreCam, ablationCam]) {
    const map = await noLeak(() => method(plain, black, { ...quiet, target: 0 }));
    assert.ok(map.values.every((value) => value === 0));
    assert.match(String(map.note), /no positive evidence/);
  }
});

test('what is wrong is said in one line', async () => {
  const model = classifier(residual());
  const says = async (work: () => Promise<unknown>, pattern: RegExp): Promise<void> => assert.match(await messageOf(work), pattern);
  await says(() => scoreCam(model, photos[0], { top: 7 }), /^top, channels of layer "separable", must be a whole number from 1 to 6, got 7$/);
  await says(() => scoreCam(model, photos[0], { weights: 'sum' as never }), /^weights must be softmax or score, got "sum"$/);
  await says(() => scoreCam(model, photos[0], { fill: 'noise' as never }), /^fill must be/);
  await says(() => scoreCam(model, photos[0], { augment: true } as never), /^scoreCam has no option "augment"/);
  await says(() => scoreCam(model, photos[0], { layer: 'pool' }), /Score-CAM needs \[height, width, channels\]/);
  await says(() => ablationCam(model, photos[0], { fill: NaN }), /^fill must be a finite number, got NaN$/);
  await says(() => ablationCam(model, photos[0], { budgetMs: 0 }), /^budgetMs must be/);
});

test.run();
