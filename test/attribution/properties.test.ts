import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import type { Attributions } from '../../src/attribution/attributions';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { layerCam } from '../../src/attribution/cam/layerCam';
import { deconvnet } from '../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { integratedGradients } from '../../src/attribution/gradient/integratedGradients';
import type { Completeness } from '../../src/attribution/gradient/pathIntegral';
import { saliency } from '../../src/attribution/gradient/saliency';
import { smoothGrad } from '../../src/attribution/gradient/smoothGrad';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { rise } from '../../src/attribution/perturbation/rise';
import type { Classifier, ImageInput } from '../../src/model/classifier';
import type { Target } from '../../src/model/target';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { classifier, noiseTensor } from '../helpers/models';
import { noLeak } from '../helpers/noLeak';
import { kinkedKinds, type Net, netOf, nets, smoothKinds } from '../helpers/randomNet';

const { layers } = tf;
const quiet = { onProgress: null } as const;

interface Common {
  target?: Target | readonly Target[];
  batchSize?: number;
}
type Some = (model: Classifier, images: ImageInput | readonly ImageInput[], common: Common) => Promise<Attribution | Attributions>;

/** Methods whose map of a - b is the map of a minus that of b. */
const linear: Record<string, Some> = {
  saliency: (model, x, common) => saliency(model, x, { ...quiet, ...common, abs: false, channels: 'keep' }),
  'saliency of a layer': (model, x, common) => saliency(model, x, { ...quiet, ...common, abs: false, channels: 'sum', layer: 0 }),
  inputXGradient: (model, x, common) => inputXGradient(model, x, { ...quiet, ...common }),
  smoothGrad: (model, x, common) => smoothGrad(model, x, { ...quiet, ...common, samples: 5, channels: 'keep', abs: false }),
  integratedGradients: (model, x, common) => integratedGradients(model, x, { ...quiet, ...common, steps: 7, baseline: [0.5, 'mean', 'blur'] }),
  'integratedGradients of a layer': (model, x, common) => integratedGradients(model, x, { ...quiet, ...common, steps: 7, layer: 0 }),
  gradCam: (model, x, common) => gradCam(model, x, { ...quiet, ...common, layer: 0, relu: false, resize: false }),
  occlusion: (model, x, common) => occlusion(model, x, { ...quiet, ...common, patch: 3, stride: 2 }),
};

const all: Record<string, Some> = {
  ...linear,
  'smoothGrad, variance': (model, x, common) => smoothGrad(model, x, { ...quiet, ...common, samples: 5, form: 'variance' }),
  'smoothGrad of integrated gradients': (model, x, common) => smoothGrad(model, x, { ...quiet, ...common, method: 'integratedGradients', samples: 3, steps: 4 }),
  layerCam: (model, x, common) => layerCam(model, x, { ...quiet, ...common, layer: 0 }),
  rise: (model, x, common) => rise(model, x, { ...quiet, ...common, masks: 9, grid: 3, score: 'logit' }),
};

// The seed is fixed, so that a run says the same as the one before; FC_SEED looks elsewhere.
const check = async <Values extends [unknown, ...unknown[]]>(property: fc.IAsyncProperty<Values>, numRuns = 8): Promise<void> =>
  fc.assert(property, { numRuns, seed: Number(process.env.FC_SEED ?? 4) });

const imageOf = ({ size, seed }: Net, more = 0): tf.Tensor4D => noiseTensor([1, ...size], seed + 31 + more) as tf.Tensor4D;

/** A network with its classifier and images for the length of a check. */
async function withNet(net: Net, work: (model: Classifier, x: tf.Tensor4D, y: tf.Tensor4D) => Promise<void>, model = netOf(net)): Promise<void> {
  const made = classifier(model);
  const [x, y] = [imageOf(net), imageOf(net, 1)];
  try {
    await noLeak(() => work(made, x, y));
  } finally {
    made.dispose();
    tf.dispose([x, y]);
  }
}

const one = (maps: Attribution | Attributions, index = 0): Attribution => ('at' in maps ? (maps.at(index) as Attribution) : maps);

const anyNet = nets([...smoothKinds, ...kinkedKinds]);

for (const backend of backends.filter((each) => each !== 'wasm')) {
  const property = (says: string, body: () => Promise<void>): void =>
    test(`${backend}: ${says}`, async () => {
      await useBackend(backend);
      await body();
    });

  property('integrated gradients add up to the difference of the scores, at the input and at a layer', () =>
    check(
      fc.asyncProperty(nets(smoothKinds), fc.constantFrom('gauss-legendre', 'trapezoid', 'middle'), fc.constantFrom(undefined, 0), (net, quadrature, layer) =>
        withNet(net, async (model, x, base) => {
          const map = await integratedGradients(model, x, { ...quiet, target: 1, steps: quadrature === 'gauss-legendre' ? 24 : 80, quadrature, layer, baseline: base });
          const total = map.values.reduce((sum, value) => sum + Math.abs(value), 0);
          const { sum, expected } = map.options.completeness as Completeness;
          assert.ok(Math.abs(sum - expected) <= 2e-3 * total, `${sum} for ${expected} of ${total}`);
          assert.ok(Math.abs(map.values.reduce((a, b) => a + b, 0) - sum) <= 1e-4 * total);
        }),
      ),
      12,
    ));

  property('the chunk size changes nothing', () =>
    check(
      fc.asyncProperty(anyNet, fc.constantFrom(...Object.keys(all)), fc.integer({ min: 1, max: 4 }), (net, name, batchSize) =>
        withNet(net, async (model, x) => {
          close(one(await all[name](model, x, { target: 0, batchSize })).values, one(await all[name](model, x, { target: 0 })).values, 2e-5);
        }),
      ),
      20,
    ));

  property('images in one call and targets in one call are as one by one', () =>
    check(
      fc.asyncProperty(anyNet, fc.constantFrom(...Object.keys(all)), fc.constantFrom(undefined, 1, 2), (net, name, batchSize) =>
        withNet(net, async (model, x, y) => {
          const set = await all[name](model, [x, y], { target: [0, 1], batchSize });
          for (const [i, image] of [x, y].entries()) {
            for (const target of [0, 1]) close(one(set, 2 * i + target).values, one(await all[name](model, image, { target })).values, 2e-5);
          }
          const images = await all[name](model, [x, y], { target: 1, batchSize });
          close(one(images, 1).values, one(set, 3).values, 2e-5);
        }),
      ),
      20,
    ));

  property('why a and not b is the map of a minus the map of b', () =>
    check(
      fc.asyncProperty(anyNet, fc.constantFrom(...Object.keys(linear)), (net, name) =>
        withNet(net, async (model, x) => {
          const [a, b] = [one(await linear[name](model, x, { target: 0 })).values, one(await linear[name](model, x, { target: 1 })).values];
          close(one(await linear[name](model, x, { target: { contrast: [0, 1] } })).values, a.map((value, i) => value - b[i]), 1e-4);
        }),
      ),
      16,
    ));

  property('a constant added to the logits changes no map', () =>
    check(
      fc.asyncProperty(anyNet, fc.constantFrom(...Object.keys(all).filter((name) => name !== 'rise')), fc.integer({ min: -5, max: 5 }), (net, name, constant) =>
        withNet(net, async (model, x) => {
          const before = one(await all[name](model, x, { target: 1 })).values;
          const head = model.model.layers[model.model.layers.length - 1];
          tf.tidy(() => head.setWeights(head.getWeights().map((weight, i) => (i === 1 ? tf.add(weight, constant) : weight))));
          close(one(await all[name](model, x, { target: 1 })).values, before, 1e-4);
        }),
      ),
      16,
    ));

  property('of a linear model the gradient is the weights, and every other map the weights times what there is', () =>
    check(
      fc.asyncProperty(fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }), fc.constantFrom(1, 3)), fc.integer({ min: 1, max: 99 }), fc.constantFrom('gauss-legendre', 'trapezoid', 'left', 'right', 'middle'), fc.integer({ min: 2, max: 9 }), (size, seed, quadrature, steps) => {
        const net: Net = { size, blocks: [], head: 'flat', classes: 3, seed };
        return withNet(net, async (model, x, base) => {
          const cells = size[0] * size[1] * size[2];
          const [kernel] = model.model.getWeights();
          const weights = Float32Array.from({ length: cells }, (_, i) => kernel.dataSync()[i * 3 + 2]);
          const [values, start] = [x.dataSync(), base.dataSync()];
          const keep = { ...quiet, target: 2, channels: 'keep', abs: false } as const;
          close((await saliency(model, x, keep)).values, weights);
          close((await smoothGrad(model, x, { ...keep, samples: 3 })).values, weights);
          close((await inputXGradient(model, x, keep)).values, weights.map((weight, i) => weight * values[i]));
          const way = weights.map((weight, i) => weight * (values[i] - start[i]));
          close((await integratedGradients(model, x, { ...keep, baseline: base, quadrature, steps })).values, way, 1e-4);
          const drops = await occlusion(model, x, { ...quiet, target: 2, patch: 1, stride: 1, fill: 0 });
          const sums = Float32Array.from({ length: size[0] * size[1] }, (_, i) => weights.slice(i * size[2], (i + 1) * size[2]).reduce((sum, weight, c) => sum + weight * values[i * size[2] + c], 0));
          close(drops.values, sums, 1e-4);
        });
      }),
    ));

  property('what the model cannot see gets 0', () =>
    check(
      fc.asyncProperty(fc.constantFrom(...smoothKinds, 'relu'), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 99 }), (activation, seen, seed) => {
        // Only the first `seen` of 6 rows reach the head.
        const kernel = layers.conv2d({ inputShape: [6, 5, 2], filters: 3, kernelSize: 1, activation: activation as 'relu' });
        const model = tf.sequential({ layers: [kernel, layers.flatten(), layers.dense({ units: 2 })] });
        const net: Net = { size: [6, 5, 2], blocks: [], head: 'flat', classes: 2, seed };
        tf.tidy(() => model.setWeights(model.getWeights().map((weight, i) => (i === 2 ? tf.mul(noiseTensor([90, 2], seed), tf.cast(tf.less(tf.reshape(tf.range(0, 90), [90, 1]), seen * 15), 'float32')) : (noiseTensor(weight.shape as [number], seed + i) as tf.Tensor)))));
        return withNet(net, async (own, x) => {
          const unseen = (map: Attribution): Float32Array => map.values.slice(seen * 5);
          assert.ok(unseen(await occlusion(own, x, { ...quiet, target: 0, patch: 1, stride: 1, fill: 3 })).every((value) => Math.abs(value) < 1e-6));
          assert.ok(unseen(await saliency(own, x, { target: 0 })).every((value) => value === 0));
          assert.ok(unseen(await integratedGradients(own, x, { ...quiet, target: 0, steps: 3, baseline: 1 })).every((value) => value === 0));
        }, model);
      }),
    ));

  property('where nothing is cut off, the guided gradient, the deconvnet and the gradient are one', () =>
    check(
      fc.asyncProperty(nets(['relu', 'linear'], ['conv', 'depthwise', 'residual']), (net) => {
        const model = netOf({ ...net, blocks: [{ kind: 'conv', filters: 2, activation: 'relu', normalised: false }, ...net.blocks] });
        // Weights, and so values and gradients, above 0: every ReLU is open.
        for (const weight of model.weights) {
          tf.tidy(() => void weight.write(/moving_mean|beta/.test(weight.originalName) ? tf.zerosLike(weight.read()) : tf.add(tf.abs(weight.read()), 0.01)));
        }
        return withNet(net, async (own, x) => {
          const light = tf.tidy(() => tf.add(tf.abs(x), 0.1) as tf.Tensor4D);
          const plain = (await saliency(own, light, { target: 0, abs: false, channels: 'keep' })).values;
          close((await guidedBackprop(own, light, { target: 0 })).values, plain);
          close((await deconvnet(own, light, { target: 0 })).values, plain);
          light.dispose();
        }, model);
      }),
    ));
}

test.run();
