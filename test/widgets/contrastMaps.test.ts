import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ablationCam } from '../../src/attribution/cam/ablationCam';
import { cam } from '../../src/attribution/cam/cam';
import { eigenCam } from '../../src/attribution/cam/eigenCam';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { gradCamPlusPlus } from '../../src/attribution/cam/gradCamPlusPlus';
import { hiResCam } from '../../src/attribution/cam/hiResCam';
import { layerCam } from '../../src/attribution/cam/layerCam';
import { scoreCam } from '../../src/attribution/cam/scoreCam';
import { xGradCam } from '../../src/attribution/cam/xGradCam';
import { deconvnet } from '../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { guidedGradCam } from '../../src/attribution/gradient/guidedGradCam';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { integratedGradients } from '../../src/attribution/gradient/integratedGradients';
import { saliency } from '../../src/attribution/gradient/saliency';
import { smoothGrad } from '../../src/attribution/gradient/smoothGrad';
import type { Method, TargetOptions } from '../../src/attribution/method';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { rise } from '../../src/attribution/perturbation/rise';
import { traitsOf } from '../../src/attribution/traits';
import { resizeMap } from '../../src/image/resizeMap';
import { type Shown, singleChannel } from '../../src/figure/shown';
import { contrastMaps } from '../../widgets/classContrast/contrastMaps';
import { contrastOf, minus, ownMap } from '../../widgets/classContrast/difference';
import { close, relativeError } from '../helpers/close';
import { arithmetic, classifier, noiseTensor, residual, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';

const labels = ['tabby, tabby cat', 'tiger cat', 'crane', 'heron', 'goldfish'];
const noisy = (): tf.Tensor4D => noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
const quiet = { onProgress: null };
const asMethod = (method: unknown): Method<never> => method as Method<never>;

// The convolution gives z = [-13, -3, 17, 27]; its channels are ReLU(z) and ReLU(-z), whose means are the two logits, 11 and 4.
const ramp = (): tf.Tensor4D => tf.tensor4d([-4, -3, -2, -1, 0, 1, 2, 3, 4], [1, 3, 3, 1]);

test('Grad-CAM: the maps are those of the two classes, the contrast is the difference before the ReLU', async () => {
  const model = classifier(arithmetic(), ['up', 'down']);
  const x = ramp();
  const maps = await noLeak(() => contrastMaps(model, x, ['up', 'down']));
  assert.equal(maps.shape, [2, 2]);
  assert.is(maps.linear, true);
  assert.is(maps.resize, 'bilinear');
  close(ownMap(maps, 0), [0, 0, 17 / 4, 27 / 4]);
  close(ownMap(maps, 1), [13 / 4, 3 / 4, 0, 0]);
  close(contrastOf(maps, 0, 1)!.values, [-13 / 4, -3 / 4, 17 / 4, 27 / 4]);
  close(contrastOf(maps, 1, 0)!.values, [13 / 4, 3 / 4, -17 / 4, -27 / 4]);
  assert.equal(maps.classes.map(({ index, label }) => `${label} ${index}`), ['up 0', 'down 1']);
  close(maps.classes.map(({ logit }) => logit), [11, 4]);
  close(maps.classes.map(({ probability }) => probability), [1 / (1 + Math.exp(-7)), 1 / (1 + Math.exp(7))]);
  assert.equal({ signed: maps.about.signed, relu: maps.about.options.relu, resize: maps.about.options.resize }, { signed: false, relu: true, resize: true });
  const own = await gradCam(model, x, { target: 1 });
  close(resizeMap(ownMap(maps, 1), maps.shape, [3, 3]), own.values);
});

test('without classes it is the two likeliest, and the likeliest others can be picked', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const likeliest = [...(await model.predict(x))].map(({ index }) => index);
  const all = await contrastMaps(model, x, undefined);
  assert.equal(all.classes.map(({ index }) => index), likeliest);
  const last = likeliest[4];
  const given = await contrastMaps(model, x, [last, likeliest[1]], { top: 2 });
  assert.equal(given.classes.map(({ index }) => index), [last, likeliest[1], likeliest[0]]);
  assert.is((await contrastMaps(model, x, undefined, { top: 0 })).classes.length, 2);
});

test('a method that is not linear: what speaks for the lead of one, minus what speaks for the lead of the other', async () => {
  const model = classifier(arithmetic());
  const x = ramp();
  const maps = await noLeak(() => contrastMaps(model, x, [0, 1], { method: asMethod(layerCam) }));
  assert.is(maps.linear, false);
  close(ownMap(maps, 0), [0, 0, 17 / 4, 27 / 4]);
  const { values, signed } = contrastOf(maps, 0, 1)!;
  assert.is(signed, true);
  close(values, [-13 / 4, -3 / 4, 17 / 4, 27 / 4]);
  close(contrastOf(maps, 1, 0)!.values, [13 / 4, 3 / 4, -17 / 4, -27 / 4]);
});

test('of small maps all pairs are computed, of maps of the input only the two that were asked for', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const coarse = await contrastMaps(model, x, undefined, { method: asMethod(layerCam) });
  assert.is(coarse.pairs.length, 10);
  const of = async (a: number, b: number): Promise<Float32Array> => (await layerCam(model, x, { target: { contrast: [coarse.classes[a].index, coarse.classes[b].index] }, resize: false })).values;
  close(contrastOf(coarse, 3, 1)!.values, minus(await of(3, 1), await of(1, 3)));
  const fine = await contrastMaps(model, x, ['crane', 'tabby'], { method: asMethod(saliency) });
  assert.is(fine.pairs.length, 1);
  assert.is(contrastOf(fine, 0, 2), undefined);
  assert.is(fine.resize, undefined);
});

test('saliency tells how much the lead would change, and no direction', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const maps = await contrastMaps(model, x, ['crane', 'tabby'], { method: asMethod(saliency) });
  const { values, signed } = contrastOf(maps, 1, 0)!;
  assert.is(signed, false);
  close(values, (await saliency(model, x, { target: { contrast: ['crane', 'tabby'] } })).values);
});

test('signed maps that are not linear: the mean of both directions', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const options = { abs: false, channels: 'max' } as const;
  const maps = await contrastMaps(model, x, [2, 0], { method: asMethod(saliency), ...options });
  assert.is(maps.linear, false);
  close(contrastOf(maps, 0, 1)!.values, (await saliency(model, x, { target: { contrast: [2, 0] }, ...options })).values);
});

test('what is the same for both classes has no contrast', async () => {
  const model = classifier(residual());
  const maps = await contrastMaps(model, noisy(), [0, 1], { method: asMethod(eigenCam) });
  assert.ok(maps.maps[0].some((value) => value !== 0));
  assert.ok(contrastOf(maps, 0, 1)!.values.every((value) => value === 0));
});

test('a mean over copies of the image is computed copy by copy, and its contrast is that without ReLU', async () => {
  const model = classifier(residual());
  const x = noisy();
  const maps = await contrastMaps(model, x, [0, 1], { augment: true });
  close(ownMap(maps, 0), (await gradCam(model, x, { target: 0, augment: true, resize: false })).values);
  close(contrastOf(maps, 0, 1)!.values, (await gradCam(model, x, { target: { contrast: [0, 1] }, augment: true, relu: false, resize: false })).values, 1e-4);
});

test('the method’s own options reach it: layer, score, ReLU, resize', async () => {
  const model = classifier(residual());
  const x = noisy();
  const maps = await contrastMaps(model, x, [0, 1], { layer: 'stem', score: 'probability', relu: false, resize: false });
  assert.is(maps.about.layer, 'stem');
  assert.is(maps.resize, undefined);
  assert.is(maps.about.signed, true);
  const options = { layer: 'stem', score: 'probability', relu: false, resize: false } as const;
  close(ownMap(maps, 1), (await gradCam(model, x, { target: 1, ...options })).values);
  close(contrastOf(maps, 0, 1)!.values, (await gradCam(model, x, { target: { contrast: [0, 1] }, ...options })).values, 1e-4);
});

test('a function of one’s own is a method too', async () => {
  const model = classifier(residual());
  const own = (m: typeof model, image: tf.Tensor4D, options: TargetOptions): unknown => inputXGradient(m, image, { ...options, channels: 'mean' } as never);
  const maps = await contrastMaps(model, noisy(), [0, 1], { method: asMethod(own) });
  assert.is(maps.linear, false);
  close(contrastOf(maps, 0, 1)!.values, minus(maps.maps[0], maps.maps[1]), 1e-4);
});

const every: [Method<never>, object?][] = ([
  [gradCam], [cam, { layerless: true }], [hiResCam], [xGradCam], [layerCam], [gradCamPlusPlus], [eigenCam], [scoreCam], [ablationCam],
  [saliency], [saliency, { abs: false, channels: 'mean' }], [saliency, { abs: false, channels: 'sum' }], [inputXGradient], [inputXGradient, { abs: true }], [inputXGradient, { channels: 'keep' }],
  [integratedGradients, { steps: 3 }], [guidedBackprop, { channels: 'sum' }], [deconvnet, { channels: 'sum' }], [guidedGradCam, { channels: 'sum' }], [smoothGrad, { samples: 2 }],
  [occlusion, { patch: 5 }], [rise, { masks: 8 }], [gradCam, { smooth: 'eigen' }], [gradCam, { score: 'probability' }],
] as [unknown, object?][]).map(([method, more]) => [asMethod(method), more]);

for (const [method, more] of every) {
  test(`${method.name} ${JSON.stringify(more ?? {})} is linear where it says so`, async () => {
    const traits = traitsOf(method)!;
    const model = classifier(residual());
    const { layerless, ...extra } = (more ?? {}) as Record<string, unknown>;
    const options = { ...extra, ...(traits.options.includes('relu') && { relu: false }), ...(traits.options.includes('layer') && traits.options.includes('relu') && !layerless && { layer: 'stem' }) };
    const found = await (method as unknown as Method)(model, noisy(), { ...options, target: [0, 1, { contrast: [0, 1] }], ...quiet } as never);
    const set = [...(found as unknown as Iterable<Shown>)].map(singleChannel);
    const error = relativeError(minus(set[0].values, set[1].values), set[2].values);
    if (traits.linear(options as TargetOptions)) assert.ok(error < 1e-4, `error ${error}`);
    else assert.ok(error > 1e-3, `its error is only ${error}: it is linear and does not say so`);
  });
}

test('a map is resized as TensorFlow.js resizes', () => {
  const grid = noiseTensor([1, 5, 4, 1]) as tf.Tensor4D;
  const values = grid.dataSync() as Float32Array;
  const size: [number, number] = [13, 9];
  const same = (way: 'bilinear' | 'corners' | 'nearest', expected: tf.Tensor): void => close(resizeMap(values, [5, 4], size, way), expected.dataSync(), 1e-5);
  same('bilinear', tf.image.resizeBilinear(grid, size, false, true));
  same('corners', tf.image.resizeBilinear(grid, size, true, false));
  same('nearest', tf.image.resizeNearestNeighbor(grid, size));
  close(resizeMap(Float32Array.of(0, 4), [1, 2], [1, 4]), [0, 1, 3, 4]);
  assert.is(resizeMap(values, [5, 4], [5, 4]), values);
});

test('a stopped method gives the maps that are ready', async () => {
  const model = classifier(residual());
  const stop = new AbortController();
  let calls = 0;
  const own = async (m: typeof model, image: tf.Tensor4D, options: TargetOptions): Promise<unknown> => {
    const maps = [...(await saliency(m, image, options as never)) as never as unknown[]];
    calls++;
    return maps.slice(0, 3);
  };
  const maps = await contrastMaps(model, noisy(), [0, 1], { method: asMethod(own), signal: stop.signal });
  assert.is(calls, 1);
  assert.is(maps.classes.length, 3);
  assert.is(contrastOf(maps, 0, 1), undefined);
});

test('what is wrong is said in one line', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const says = async (classes: unknown, options: object, pattern: RegExp, own = model): Promise<void> => assert.match(await messageOf(() => contrastMaps(own, x, classes, options as never)), pattern);
  await says(['tabby', 'tabby cat'], {}, /^classContrast needs two different classes, got "tabby" and "tabby cat", both "tabby"$/);
  await says(['tabby', 'tigr cat'], {}, /^unknown label "tigr cat"; did you mean "tiger cat"\?$/);
  await says([0, 9], {}, /^target must be a class from 0 to 4, got 9$/);
  await says([0], {}, /^classContrast takes two classes, \[why this, and not that\], got \[0\]$/);
  await says('tabby', {}, /^classContrast takes two classes, \[why this, and not that\], got "tabby"$/);
  await says([undefined, 1], {}, /^classContrast takes classes by number or label, got undefined$/);
  await says([0, { layer: 'stem', channel: 0 }], {}, /^classContrast takes classes by number or label, got an object$/);
  await says([0, 1], { method: 'gradCam' }, /^method must be an attribution method, such as cl\.gradCam or cl\.occlusion, got "gradCam"$/);
  await says([0, 1], { method: () => 5 }, /^method must give a map for each target of a list, as convlens's own do, got 5$/);
  await says([0, 1], { method: () => [5, 6] }, /^classContrast takes an attribution \(.*\), got 5$/);
  await says([0, 1], { target: 3 }, /^classContrast takes its classes as a list after the image, not as option target$/);
  await says([0, 1], { normalize: 'minmax' }, /^classContrast puts all classes on one scale, and normalize stretches each map by its own values; leave it out$/);
  await says([0, 1], { layer: ['stem', 'dw'] }, /^classContrast looks at one layer, got \["stem", "dw"\]$/);
  await says([0, 1], { layr: 'stem' }, /^classContrast has no option "layr"; did you mean "layer"\?$/);
  await says([0, 1], { top: -1 }, /^top must be a whole number of at least 0, got -1$/);
  await says([0, 1], {}, /^classContrast takes a model from cl\.loadModel first, got 3$/, 3 as never);
  const one = classifier(stacked());
  const small = noiseTensor([1, 6, 6, 1]) as tf.Tensor4D;
  assert.match(await messageOf(() => contrastMaps(one, small, undefined)), /^classContrast needs a model of two classes or more, "stacked" has one; cl\.gradCam with relu: false shows what speaks for and against it$/);
});

test.run();
