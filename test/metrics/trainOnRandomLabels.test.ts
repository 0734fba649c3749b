import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saliency } from '../../src/attribution/gradient/saliency';
import { useBackend } from '../../src/backend';
import { Image } from '../../src/image/image';
import { sanityCheck } from '../../src/metrics/sanity/sanityCheck';
import { type RandomLabelsNetwork, trainOnRandomLabels } from '../../src/metrics/sanity/trainOnRandomLabels';
import { Classifier } from '../../src/model/classifier';
import { backends } from '../helpers/backends';
import { noise, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const quiet = { onProgress: null } as const;

const net = (ending: 'softmax' | 'linear' = 'softmax'): Classifier =>
  new Classifier(
    seeded(
      tf.sequential({
        name: 'net',
        layers: [
          layers.conv2d({ name: 'conv', inputShape: [8, 8, 3], filters: 8, kernelSize: 3, activation: 'relu' }),
          layers.flatten({ name: 'flat' }),
          layers.dense({ name: 'hidden', units: 32, activation: 'relu' }),
          layers.dense({ name: 'scores', units: 3, activation: ending }),
        ],
      }),
    ),
    { name: 'net', preprocess: 'tf' },
  );

const grained = (seed: number): Image => new Image(8, 8, Uint8ClampedArray.from(noise(256, seed), (value, at) => (at % 4 === 3 ? 255 : 128 + 120 * value)), `grain ${seed}`);
const images = Array.from({ length: 15 }, (_, at) => grained(at + 1));
const weightsOf = ({ model }: Classifier): string => model.weights.map((weight) => [...weight.read().dataSync()].join()).join();

/** What was trained, its memory freed again. */
async function trained(model: Classifier, options: object = {}): Promise<RandomLabelsNetwork & { weights: string }> {
  return noLeak(async () => {
    const network = await trainOnRandomLabels(model, images, { ...quiet, learningRate: 0.01, ...options });
    const weights = weightsOf(network.model);
    network.model.dispose();
    return { ...network, weights };
  });
}

test('it learns labels by heart, the same for a seed, and leaves the model as it is', async () => {
  for (const ending of ['softmax', 'linear'] as const) {
    const model = net(ending);
    const before = weightsOf(model);
    const first = await trained(model, { seed: 3 });
    assert.ok(first.accuracy >= 0.95, `${first.accuracy}`);
    assert.equal([first.images, first.note, weightsOf(model) === before], [15, undefined, true]);
    assert.is((await trained(model, { seed: 3 })).weights, first.weights);
    assert.is.not((await trained(model, { seed: 4 })).weights, first.weights);
    model.dispose();
  }
});

test('what is not known when it ends is told', async () => {
  const model = net();
  const short = await trained(model, { epochs: 1, learningRate: 1e-6 });
  assert.match(short.note!, /^ended with \d+ % of the random labels known after 1 rounds, of 95 % wanted$/);
  const control = new AbortController();
  const stopped = await trained(model, { accuracy: 1, learningRate: 1e-6, signal: control.signal, onProgress: ({ done }: { done: number }) => done > 2 && control.abort() });
  assert.match(stopped.note!, /^stopped with /);
  assert.match((await trained(model, { budgetMs: 1 })).note!, 'after 0 rounds');
  model.dispose();
});

test('its maps are held against the original ones', async () => {
  const model = net();
  const rival = await trainOnRandomLabels(model, images, { ...quiet, learningRate: 0.01 });
  const check = await noLeak(() => sanityCheck(model, images[0], saliency, { ...quiet, randomLabels: rival }));
  const { randomLabels, original } = check.methods[0];
  assert.is(randomLabels?.map.target.index, check.target.index);
  assert.not.equal(randomLabels?.map.values, original.values);
  assert.ok(Math.abs(randomLabels!.likeness.absRank) < 0.9);
  assert.equal(Object.keys((check.toJSON() as { methods: { randomLabels: object }[] }).methods[0].randomLabels), ['absRank', 'rank', 'ssim']);
  const own = await sanityCheck(model, images[0], saliency, { ...quiet, randomLabels: model });
  assert.is(own.methods[0].randomLabels?.likeness.absRank, 1);
  rival.model.dispose();
  model.dispose();
});

test('what is wrong is told in one line', async () => {
  const model = net();
  const message = (...given: unknown[]): Promise<string> => messageOf(() => (trainOnRandomLabels as (...all: unknown[]) => Promise<unknown>)(...given));
  assert.match(await message(images, model), /^trainOnRandomLabels takes a model from cl\.loadModel first/);
  assert.match(await message(model, []), 'needs at least one image, got none');
  assert.match(await message(model, ['nothing.png', images[0]], quiet), /^trainOnRandomLabels needs at least two images, got 1 \(nothing\.png: /);
  assert.match(await message(model, images, { accuracy: 2 }), 'accuracy must be a number from 0 to 1, got 2');
  const other = new Classifier(seeded(tf.sequential({ layers: [layers.flatten({ inputShape: [8, 8, 3] }), layers.dense({ units: 2 })] })), { name: 'other', preprocess: 'tf' });
  const rival = (randomLabels: unknown): Promise<string> => messageOf(() => sanityCheck(model, images[0], saliency, { ...quiet, randomLabels } as object));
  assert.match(await rival(other), 'randomLabels must have the classes and the input of "net" (3, 8 x 8 x 3), got 2, 8 x 8 x 3');
  assert.match(await rival(5), 'randomLabels must be a model, or what cl.trainOnRandomLabels gives, got 5');
  for (const each of [model, other]) each.dispose();
});

if (backends.includes('wasm')) {
  test('wasm says that it cannot train', async () => {
    await useBackend('wasm');
    const model = net();
    assert.match(await messageOf(() => trainOnRandomLabels(model, images, quiet)), 'needs gradients of weights, which the wasm backend cannot compute');
    model.dispose();
  });
}

test.run();
