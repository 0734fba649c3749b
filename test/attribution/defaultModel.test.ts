import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { saliency } from '../../src/attribution/gradient/saliency';
import { useBackend } from '../../src/backend';
import { loadImage } from '../../src/image/loadImage';
import type { Classifier } from '../../src/model/classifier';
import { loadModel } from '../../src/model/loadModel';
import { backends } from '../helpers/backends';
import { relativeError } from '../helpers/close';

// The real network on real photographs: a wrong layout, padding or colour order shows here and nowhere else.
const quiet = { onProgress: null };
let model: Classifier;
test.before(async () => {
  await useBackend(backends[0]);
  model = await loadModel('efficientnet-lite0', quiet);
});

for (const [name, labels] of Object.entries({ cat: ['Egyptian cat', 'tiger cat', 'tabby'], coffee: ['espresso'], rocket: ['missile', 'projectile'], motorcycle: ['moped', 'motor scooter'] })) {
  test(`${name} is named sensibly`, async () => {
    const { best } = await model.predict(await loadImage(name));
    assert.ok(labels.includes(best.label), `named ${best.label}`);
  });
}

test('Grad-CAM for an espresso is hottest in the cup, and hiding the espresso lowers the score', async () => {
  const photo = await loadImage('coffee');
  const inCup = (x: number, y: number): boolean => Math.hypot((x - 105) / 65, (y - 75) / 60) < 1;
  const { x, y } = (await gradCam(model, photo)).hotspot();
  assert.ok(inCup(x, y), `hottest at ${x.toFixed(0)}, ${y.toFixed(0)}`);
  const map = await occlusion(model, photo, { patch: 56, stride: 28, ...quiet });
  const highest = map.values.indexOf(Math.max(...map.values));
  assert.ok(inCup(highest % 224, Math.floor(highest / 224)), `falls most at ${highest % 224}, ${Math.floor(highest / 224)}`);
});

test('guided backpropagation finds all 33 ReLU6 layers, and its detail is where the photograph has edges', async () => {
  const map = await guidedBackprop(model, await loadImage('cat'), { channels: 'max', abs: true });
  assert.is(map.options.relus, 33);
  const energy = (x0: number, y0: number, size: number): number => {
    let sum = 0;
    for (let y = y0; y < y0 + size; y++) for (let x = x0; x < x0 + size; x++) sum += map.values[y * 224 + x];
    return sum;
  };
  const ratio = energy(50, 63, 40) / energy(180, 10, 40);
  assert.ok(ratio > 2, `the left eye holds ${ratio.toFixed(2)} times what the blurred background holds`);
});

test('backends agree on the real network', async () => {
  const photo = await loadImage('cat');
  for (const method of [saliency, guidedBackprop, gradCam]) {
    await useBackend(backends[0]);
    const first = await method(model, photo, { target: 'tabby' });
    await useBackend('wasm');
    const second = await method(model, photo, { target: 'tabby' });
    assert.is(second.backend, 'wasm');
    const error = relativeError(second.values, first.values);
    // Rounding opens or closes a few of a hundred thousand ReLUs: a percent at most.
    assert.ok(error < 1e-2, `${first.method}: ${error}`);
  }
  await useBackend(backends[0]);
});

test('nothing is left behind by any method on the real network', async () => {
  const photo = await loadImage('cat');
  const before = tf.memory().numTensors;
  await saliency(model, photo);
  await guidedBackprop(model, photo);
  await gradCam(model, photo, { layer: 'block3b_add' });
  await occlusion(model, photo, { patch: 112, stride: 112, ...quiet });
  assert.is(tf.memory().numTensors, before);
});

test.run();
