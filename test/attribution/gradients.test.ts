import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { deconvnet } from '../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { integratedGradients, type IntegratedGradientsOptions } from '../../src/attribution/gradient/integratedGradients';
import type { Completeness } from '../../src/attribution/gradient/pathIntegral';
import { quadratures, ruleOf } from '../../src/attribution/gradient/quadrature';
import { saliency } from '../../src/attribution/gradient/saliency';
import { smoothGrad, smoothGradWith, type SmoothGradOptions } from '../../src/attribution/gradient/smoothGrad';
import { useBackend } from '../../src/backend';
import { captionOf } from '../../src/figure/caption';
import { Classifier } from '../../src/model/classifier';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { plainImage } from '../helpers/maps';
import { arithmetic, classifier, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const { layers } = tf;
const quiet = { onProgress: null } as const;
const input = (seed = 1): tf.Tensor4D => noiseTensor([1, 13, 10, 3], seed) as tf.Tensor4D;

/** The logit is -2 relu(a) + relu(b - 1) of two pixels a and b. */
function twoPixels(): Classifier {
  const model = tf.sequential({ name: 'two pixels', layers: [layers.flatten({ inputShape: [1, 2, 1] }), layers.dense({ name: 'hidden', units: 2, activation: 'relu' }), layers.dense({ units: 1, useBias: false })] });
  tf.tidy(() => model.setWeights([tf.tensor2d([1, 0, 0, 1], [2, 2]), tf.tensor1d([0, -1]), tf.tensor2d([-2, 1], [2, 1])]));
  return classifier(model);
}
const pixels = (a: number, b: number): tf.Tensor4D => tf.tensor4d([a, b], [1, 1, 2, 1]);

for (const backend of backends) {
  test(`${backend}: SmoothGrad's forms, by hand`, async () => {
    await useBackend(backend);
    // a goes up and down by 1: the gradient is -2, -2, 0, -2 there; b stays below the ReLU.
    const signs = [1, 1, -1, 1];
    const smoothed = smoothGradWith(() => {
      let next = 0;
      return (size, deviation) => new Float32Array(size).fill(signs[next++] * deviation);
    });
    // max - min = 4, of which a quarter is 1.
    const make = (options: Partial<SmoothGradOptions>): Promise<number[]> => smoothed(twoPixels(), pixels(0.5, -3.5), { ...quiet, samples: 4, noise: 0.25, ...options } as never).then(({ values }) => [...values]);
    assert.equal(await make({}), [1.5, 0]);
    assert.equal(await make({ abs: false }), [-1.5, 0]);
    assert.equal(await make({ form: 'absolute' }), [1.5, 0]);
    assert.equal(await make({ form: 'squared' }), [3, 0]);
    assert.equal(await make({ form: 'variance' }), [0.75, 0]);
    assert.equal(await make({ method: inputXGradient }), [(-3 - 3 + 0 - 3) / 4, 0]);
    assert.equal(await make({ method: 'inputXGradient', form: 'absolute', batchSize: 3 }), [9 / 4, 0]);
  });

  test(`${backend}: integrated gradients, by hand`, async () => {
    await useBackend(backend);
    // From b = 0 to 3 the gradient of relu(b - 1) is 1 above 1.
    const along = async (options: Partial<IntegratedGradientsOptions>): Promise<number[]> => [...(await integratedGradients(twoPixels(), pixels(0, 3), { ...quiet, steps: 3, ...options } as never)).values];
    close(await along({ quadrature: 'left' }), [0, 1]);
    close(await along({ quadrature: 'right' }), [0, 2]);
    close(await along({ quadrature: 'middle' }), [0, 2]);
    close(await along({ quadrature: 'trapezoid' }), [0, 2.25]);
    close(await along({ steps: 400 }), [0, 2], 4e-3);
    close(await along({ quadrature: 'middle', baseline: 2 }), [4, 1]);
    close(await along({ quadrature: 'middle', multiply: false }), [0, 2 / 3]);
    // The mean of two ways; a colour of one channel is no list of baselines.
    close(await along({ quadrature: 'middle', baseline: [[0] as never, 2] }), [2, 1.5]);
    close(await along({ quadrature: 'middle', baseline: [2] as never }), [4, 1]);
  });

  test(`${backend}: one convolution's path from black is open all the way, and its layer adds up to the logit`, async () => {
    await useBackend(backend);
    const model = classifier(arithmetic());
    const x = tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]);
    const map = await integratedGradients(model, x, { ...quiet, target: 0, steps: 4 });
    close(map.values, (await inputXGradient(model, x, { target: 0 })).values);
    assert.equal(map.shape, [3, 3]);
    const layer = await integratedGradients(model, x, { ...quiet, target: 0, steps: 4, layer: 'conv' });
    // A quarter of 9 5 / 11 1.
    close(layer.values, [2.25, 1.25, 2.75, 0.25]);
    assert.equal([layer.layer, layer.shape], ['conv', [2, 2]]);
    const { sum, expected, gap } = layer.options.completeness as Completeness;
    close([sum, expected, gap + 1], [6.5, 6.5, 1]);
  });
}

test('every quadrature has weights of 1 in all; Gauss-Legendre with n places is exact to degree 2 n - 1', () => {
  for (const quadrature of quadratures) {
    for (const steps of [2, 3, 10, 50]) {
      const { nodes, weights } = ruleOf(quadrature, steps);
      assert.is(nodes.length, steps);
      assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-13);
      assert.ok(nodes.every((node, i) => node >= 0 && node <= 1 && (i === 0 || node > nodes[i - 1])));
    }
  }
  for (const steps of [1, 2, 5, 20, 64]) {
    const { nodes, weights } = ruleOf('gauss-legendre', steps);
    for (const degree of [1, steps, 2 * steps - 1]) {
      const integral = nodes.reduce((sum, node, i) => sum + weights[i] * node ** degree, 0);
      assert.ok(Math.abs(integral - 1 / (degree + 1)) < 1e-13, `${steps} places, degree ${degree}: ${integral}`);
    }
  }
  assert.equal(ruleOf('trapezoid', 3), { nodes: [0, 0.5, 1], weights: [0.25, 0.5, 0.25] });
});

test('SmoothGrad without noise is the method that it wraps, options and shape included', async () => {
  const model = classifier(residual());
  const x = input();
  const still = { ...quiet, target: 1, noise: 0, samples: 2 } as const;
  for (const method of [saliency, inputXGradient, guidedBackprop, deconvnet]) {
    const [ours, plain] = [await smoothGrad(model, x, { ...still, method }), await method(model, x, { target: 1 })];
    close(ours.values, plain.values);
    assert.equal([ours.shape, ours.signed, ours.unit, ours.channelOrder, ours.options.relus], [plain.shape, plain.signed, plain.unit, plain.channelOrder, plain.options.relus]);
    assert.is(ours.method, `SmoothGrad of ${plain.method}`);
  }
  const path = { ...quiet, target: 1, steps: 6, quadrature: 'trapezoid', baseline: 'mean', channels: 'keep' } as const;
  close((await smoothGrad(model, x, { ...still, ...path, method: 'integratedGradients' })).values, (await integratedGradients(model, x, path)).values);
  const layer = { target: 1, layer: 'dw', channels: 'sum', abs: false } as const;
  const smooth = await smoothGrad(model, x, { ...still, ...layer });
  close(smooth.values, (await saliency(model, x, layer)).values);
  assert.is(smooth.layer, 'dw');
});

test('the seed alone makes the noise: not the chunk, not the targets, not the backend', async () => {
  const model = classifier(residual());
  const x = input();
  const options = { ...quiet, samples: 6, target: 1 } as const;
  const map = await smoothGrad(model, x, options);
  assert.is(map.seed, 0);
  assert.equal(map.target.index, 1);
  close((await smoothGrad(model, x, { ...options, batchSize: 4 })).values, map.values);
  close((await smoothGrad(model, x, { ...options, target: [0, 1, { layer: 'dw', channel: 1 }] })).at(1)!.values, map.values);
  const other = await smoothGrad(model, x, { ...options, seed: 1 });
  assert.is(other.seed, 1);
  assert.ok(other.values.some((value, i) => Math.abs(value - map.values[i]) > 1e-3));
  for (const backend of backends) {
    await useBackend(backend);
    close((await smoothGrad(model, x, options)).values, map.values, 1e-4);
  }
});

test('noise is a share of the range of what the network sees, and its draws are normal', async () => {
  const drawn: number[] = [];
  const model = twoPixels();
  await smoothGradWith((seed) => (size, deviation) => {
    drawn.push(seed, size, deviation);
    return new Float32Array(size);
  })(model, pixels(2, -6), { ...quiet, samples: 1, noise: 0.5, seed: 7 });
  assert.equal(drawn, [7, 2, 4]);
  // The variance of x times the gradient, which is 1, is the variance of the noise.
  const linear = classifier(tf.sequential({ layers: [layers.flatten({ inputShape: [40, 50, 1] }), layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' })] }));
  const ramp = tf.reshape(tf.linspace(0, 10, 2000), [1, 40, 50, 1]) as tf.Tensor4D;
  const { values } = await smoothGrad(linear, ramp, { ...quiet, method: inputXGradient, form: 'variance', samples: 60, noise: 0.2 });
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  assert.ok(Math.abs(mean - 4 * (59 / 60)) < 0.06, `${mean}`);
});

test('a variance stays exact where the mean is large', async () => {
  const linear = classifier(tf.sequential({ layers: [layers.flatten({ inputShape: [1, 1, 1] }), layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' })] }));
  const steps = [-0.25, 0.25, 0.25, -0.25];
  const make = smoothGradWith(() => {
    let next = 0;
    return () => Float32Array.of(steps[next++]);
  });
  const map = await make(linear, tf.tensor4d([100000], [1, 1, 1, 1]), { ...quiet, method: inputXGradient, form: 'variance', samples: 4 });
  assert.equal([...map.values], [0.0625]);
});

test('baselines: pixels for an image, the tensor’s own units for a tensor; words, images and tensors', async () => {
  const model = new Classifier(tf.sequential({ name: 'sum', layers: [layers.flatten({ inputShape: [2, 3, 3] }), layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' })] }), { name: 'sum', preprocess: 'tf' });
  const photo = plainImage(3, 2, [255, 255, 255]);
  const { x } = model.prepare(photo);
  const [first, ...rest] = [
    ...[undefined, 0, [0, 0, 0] as [number, number, number], 'black' as const, plainImage(3, 2, [0, 0, 0])].map((baseline) => integratedGradients(model, photo, { ...quiet, baseline })),
    integratedGradients(model, x, { ...quiet, baseline: 'black' }),
    integratedGradients(model, x, { ...quiet, baseline: -1 }),
    integratedGradients(model, photo, { ...quiet, baseline: tf.fill([1, 2, 3, 3], -1) as tf.Tensor4D }),
  ].map((map) => map.then(({ values }) => [...values]));
  // From -1 to 1 in three channels.
  close(await first, new Array(6).fill(6));
  for (const other of rest) close(await other, await first);
  close((await integratedGradients(model, x, { ...quiet })).values, new Array(6).fill(3));
  const flat = await integratedGradients(model, photo, { ...quiet, baseline: ['mean', 'blur'] });
  assert.ok(flat.values.every((value) => Math.abs(value) < 1e-5));
  const several = await integratedGradients(model, photo, { ...quiet, baseline: ['black', [255, 255, 255], plainImage(3, 2, [0, 0, 0], 'night')] });
  close(several.values, new Array(6).fill(4));
  assert.is(several.options.baseline, 'black, 255 255 255, the image night');
});

test('a gap is told, in a note above 5 %; a baseline that is the image says so', async () => {
  const rough = await integratedGradients(twoPixels(), pixels(0, 3), { ...quiet, steps: 3, quadrature: 'left' });
  assert.is(rough.note, 'the way adds up to 1.00, the score changed by 2.00: a gap of 50 %, which more steps make smaller');
  assert.match(captionOf(rough), /3\s+steps, left\s+sum, baseline\s+0, completeness\s+gap\s+50\s+%/);
  const fine = await integratedGradients(twoPixels(), pixels(0, 3), { ...quiet, steps: 300 });
  assert.is(fine.note, undefined);
  assert.ok((fine.options.completeness as Completeness).gap < 0.01);
  const same = await integratedGradients(twoPixels(), pixels(3, 3), { ...quiet, baseline: 3 });
  assert.is(same.note, 'the baseline is the input itself: there is no way between them');
  assert.equal((same.options.completeness as Completeness).gap, 0);
  assert.is(JSON.parse(JSON.stringify(fine)).options.completeness.expected, 2);
});

test('SmoothGrad tells its noise in the caption, and says when there is none to have', async () => {
  const model = classifier(residual());
  const map = await smoothGrad(model, input(), { ...quiet, samples: 3, form: 'squared' });
  assert.match(captionOf(map), /^SmoothGrad of saliency · .*3\s+samples, noise\s+15\s+%\s+of\s+the\s+range, mean\s+square · seed 0$/);
  assert.equal([map.unit, map.signed], ['(d score / d input)²', false]);
  const flat = await smoothGrad(model, tf.ones([1, 13, 10, 3]) as tf.Tensor4D, { ...quiet, samples: 2 });
  assert.match(String(flat.note), /^the input is the same everywhere, so that the noise, a share of its range, is 0$/);
});

test('a stopped SmoothGrad is the mean so far, and says so; a stopped path gives no map, and a set keeps those that are ready', async () => {
  const model = classifier(residual());
  const x = input();
  const stopping = (at: number): { signal: AbortSignal; target: (logits: tf.Tensor2D) => tf.Tensor } => {
    const stop = new AbortController();
    let scored = 0;
    return { signal: stop.signal, target: (logits) => (++scored === at && stop.abort(), tf.slice(logits, [0, 1], [1, 1])) };
  };
  const partial = await noLeak(() => smoothGrad(model, x, { ...quiet, ...stopping(6), samples: 40, batchSize: 2 }));
  assert.match(String(partial.note), /^stopped after \d+ of 40 samples$/);
  const done = Number(/\d+/.exec(String(partial.note))?.[0]);
  close(partial.values, (await smoothGrad(model, x, { ...quiet, target: 1, samples: done })).values);
  assert.match(await messageOf(() => smoothGrad(model, x, { ...quiet, signal: AbortSignal.abort() })), /^SmoothGrad: stopped after 0 of 25 samples$/);
  assert.match(await messageOf(() => integratedGradients(model, x, { ...quiet, ...stopping(8), batchSize: 1 })), /^integrated gradients: stopped after \d of 50 steps$/);
  assert.match(await messageOf(() => integratedGradients(model, x, { ...quiet, ...stopping(8), baseline: ['mean', 0], batchSize: 1 })), /^integrated gradients: stopped after \d of 100 steps$/);
  const images = [x, input(2), input(3)];
  const set = await noLeak(() => integratedGradients(model, images, { ...quiet, ...stopping(24), steps: 8, batchSize: 1 }));
  assert.ok(set.length > 0 && set.length < 3, `${set.length} maps`);
  const inner = await noLeak(() => smoothGrad(model, x, { ...quiet, ...stopping(50), method: 'integratedGradients', steps: 8, samples: 9, batchSize: 1 }));
  assert.match(String(inner.note), /^stopped after [1-8] of 9 samples$/);
});

test('progress counts samples, and the steps of every baseline', async () => {
  const model = classifier(residual());
  const last = async (run: (onProgress: (progress: { done: number; total?: number; unit: string }) => void) => Promise<unknown>): Promise<string> => {
    let seen = '';
    await run(({ done, total, unit }) => (seen = `${done} of ${total} ${unit}`));
    return seen;
  };
  assert.is(await last((onProgress) => smoothGrad(model, input(), { onProgress, samples: 5 })), '5 of 5 samples');
  assert.is(await last((onProgress) => smoothGrad(model, [input(), input(2)], { onProgress, samples: 5, target: [0, 1] })), '10 of 10 samples');
  assert.is(await last((onProgress) => smoothGrad(model, input(), { onProgress, samples: 3, method: 'integratedGradients', steps: 4 })), '3 of 3 samples');
  assert.is(await last((onProgress) => integratedGradients(model, input(), { onProgress, steps: 7, baseline: ['mean', [0, 0, 0]] })), '14 of 14 steps');
});

test('what is wrong is said in one line', async () => {
  const model = classifier(residual());
  const x = input();
  const smooth = async (options: object, pattern: RegExp): Promise<void> => assert.match(await messageOf(() => smoothGrad(model, x, { ...quiet, ...options } as never)), pattern);
  const path = async (options: object, pattern: RegExp): Promise<void> => assert.match(await messageOf(() => integratedGradients(model, x, { ...quiet, ...options } as never)), pattern);
  await smooth({ noise: -0.1 }, /^noise must be a number of at least 0, got -0\.1$/);
  await smooth({ noise: Infinity }, /^noise must be a number of at least 0, got Infinity$/);
  await smooth({ samples: 0 }, /^samples must be a whole number of at least 1, got 0$/);
  await smooth({ samples: 1, form: 'variance' }, /^samples for a variance must be a whole number of at least 2, got 1$/);
  await smooth({ form: 'mean' }, /^form must be signed, absolute, squared or variance, got "mean"$/);
  await smooth({ seed: -1 }, /^seed must be a whole number from 0 to /);
  await smooth({ method: 'saliensy' }, /^method must be saliency, .* or integratedGradients, got "saliensy"; did you mean "saliency"\?$/);
  await smooth({ method: gradCam }, /^method must be a gradient method \(cl\.saliency, .*\), got "cl\.gradCam"$/);
  await smooth({ method: 3 }, /^method must be a gradient method .*, got 3$/);
  await smooth({ steps: 5 }, /^smoothGrad of saliency has no option "steps"/);
  await smooth({ sample: 5 }, /^smoothGrad has no option "sample"; did you mean "samples"\?$/);
  await smooth({ method: 'integratedGradients', steps: 0 }, /^steps must be a whole number of at least 1, got 0$/);
  await path({ steps: 0 }, /^steps must be a whole number of at least 1, got 0$/);
  await path({ steps: 1, quadrature: 'trapezoid' }, /^quadrature "trapezoid" needs at least 2 steps, got 1$/);
  await path({ quadrature: 'simpson' }, /^quadrature must be gauss-legendre, trapezoid, left, middle or right, got "simpson"/);
  await path({ multiply: 1 }, /^multiply must be true or false, got 1$/);
  await path({ baseline: [] }, /^baseline is an empty list; give at least one$/);
  await path({ baseline: [1, 2] }, /^baseline must be a number, 3 numbers, 'black', 'mean', 'blur', an image or a tensor, got \[1, 2\]$/);
  await path({ baseline: NaN }, /^baseline must be a number, .*, got NaN$/);
  await path({ baseline: ['mean', 'white'] }, /^baseline must be a number, .*, got "white"$/);
  const turned = noiseTensor([1, 10, 13, 3]) as tf.Tensor4D;
  await path({ baseline: turned }, /^baseline: .* is \[1, 10, 13, 3\], the model takes \[1, 13, 10, 3\]$/);
  turned.dispose();
  await path({ baseline: turned }, /^baseline: .* disposed$/);
  await path({ layer: 'softmax' }, /^layer "softmax" lies behind what is explained/);
});

test.run();
