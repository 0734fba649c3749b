import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Attribution } from '../../src/attribution/attribution';
import { Attributions } from '../../src/attribution/attributions';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { layerCam } from '../../src/attribution/cam/layerCam';
import { deconvnet } from '../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { saliency } from '../../src/attribution/gradient/saliency';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { useBackend } from '../../src/backend';
import '../../src/figure/install';
import type { Target } from '../../src/model/target';
import { backends } from '../helpers/backends';
import { close } from '../helpers/close';
import { classifier, mixed, nested, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import '../../widgets/install';

const methods = { saliency, inputXGradient, guidedBackprop, deconvnet, gradCam, layerCam, occlusion };
const input = (seed?: number): tf.Tensor4D => noiseTensor([1, 13, 10, 3], seed) as tf.Tensor4D;
const quiet = { onProgress: null };

for (const backend of backends) {
  for (const [name, method] of Object.entries(methods)) {
    test(`${backend}: ${name} of a list of targets is the targets one by one`, async () => {
      await useBackend(backend);
      const model = classifier(residual());
      const x = input();
      const targets: Target[] = [0, { contrast: [2, 1] }, { layer: 'stem_relu', channel: 1 }, (logits) => tf.max(logits), 4];
      const layer = name.endsWith('Cam') ? { layer: 'stem' } : {};
      const together = await noLeak(() => method(model, x, { target: targets, ...layer, ...quiet } as never) as unknown as Promise<Attributions>);
      assert.is(together.length, 5);
      const inPieces = await method(model, x, { target: targets, batchSize: 2, ...layer, ...quiet } as never) as unknown as Attributions;
      for (const [i, target] of targets.entries()) {
        close(inPieces.at(i)!.values, together.at(i)!.values, 1e-5);
        const alone = await method(model, x, { target, ...layer, ...quiet } as never);
        close(together.at(i)!.values, alone.values, 1e-5);
        assert.equal(together.at(i)!.target, alone.target);
        assert.equal(together.at(i)!.score, alone.score);
      }
    });

    test(`${backend}: ${name} of a list of images is the images one by one, whatever the batch`, async () => {
      await useBackend(backend);
      const model = classifier(residual());
      const images = [input(1), input(2), input(3)];
      const alone: Attribution[] = [];
      for (const image of images) alone.push(await method(model, image, quiet));
      for (const batchSize of [undefined, 1, 2, 3]) {
        const together = await noLeak(() => method(model, images as never, { batchSize, ...quiet } as never) as unknown as Promise<Attributions>);
        together.items.forEach((map, i) => {
          close(map.values, alone[i].values, 1e-5);
          assert.equal(map.target, alone[i].target);
        });
      }
    });
  }

  test(`${backend}: a contrast is the difference of two classes' gradients`, async () => {
    await useBackend(backend);
    const model = classifier(residual(), ['tabby, tabby cat', 'tiger cat', 'crane', 'heron', 'goldfish']);
    const x = input();
    const signed = { abs: false, channels: 'keep' } as const;
    const a = await saliency(model, x, { target: 'tabby', ...signed });
    const b = await saliency(model, x, { target: 'heron', ...signed });
    const map = await saliency(model, x, { target: { contrast: ['tabby', 'heron'] }, ...signed });
    close(map.values, a.values.map((value, i) => value - b.values[i]), 1e-5);
    assert.equal(map.target, { index: -1, label: 'tabby, not heron' });
    assert.ok(Math.abs(map.score.logit - (a.score.logit - b.score.logit)) < 1e-5);
    assert.is(map.score.probability, null);
  });

  test(`${backend}: a channel is explained by the mean of its cells, or by one of them`, async () => {
    await useBackend(backend);
    const model = classifier(residual());
    const x = input();
    const difference = async (target: Target): Promise<void> => {
      const map = await saliency(model, x, { target, abs: false, channels: 'keep' });
      const values = x.dataSync();
      const score = async (at: number, step: number): Promise<number> => {
        const moved = tf.tensor4d(values.map((value, i) => (i === at ? value + step : value)), x.shape);
        const { score } = await saliency(model, moved, { target });
        moved.dispose();
        return score.logit;
      };
      const at = map.values.reduce((best, value, i) => (Math.abs(value) > Math.abs(map.values[best]) ? i : best), 0);
      const slope = ((await score(at, 1e-2)) - (await score(at, -1e-2))) / 2e-2;
      assert.ok(Math.abs(slope - map.values[at]) < 2e-2 * Math.abs(slope), `${slope} and ${map.values[at]}`);
    };
    await difference({ layer: 'dw', channel: 5 });
    await difference({ layer: 'stem_bn', channel: 2, at: [3, 2] });
    const map = await saliency(model, x, { target: { layer: 'dw', channel: 5, at: [1, 2] } });
    assert.is(map.target.label, 'dw channel 5 at row 1, column 2');
  });

  test(`${backend}: a layer's own output can be explained: activation times gradient adds up to the score of a net without bias`, async () => {
    await useBackend(backend);
    const { layers } = tf;
    const model = tf.sequential({ layers: [layers.conv2d({ name: 'conv', inputShape: [5, 4, 1], filters: 3, kernelSize: 2, activation: 'relu' }), layers.flatten({ name: 'flat' }), layers.dense({ name: 'out', units: 2, useBias: false })] });
    const x = noiseTensor([1, 5, 4, 1]) as tf.Tensor4D;
    const map = await inputXGradient(classifier(model), x, { target: 1, layer: 'conv' });
    assert.equal(map.shape, [4, 3]);
    assert.is(map.layer, 'conv');
    assert.ok(Math.abs(map.values.reduce((a, b) => a + b, 0) - map.score.logit) < 1e-5);
    const units = await inputXGradient(classifier(model), x, { target: 1, layer: 'flat' });
    assert.equal(units.shape, [1, 36]);
    assert.ok(Math.abs(units.values.reduce((a, b) => a + b, 0) - map.score.logit) < 1e-5);
  });
}

test('sets come in the order images, targets, layers, and show themselves as a grid', async () => {
  const model = classifier(residual());
  const set = await gradCam(model, [input(1), input(2)], { target: [0, 1], layer: ['stem', 'sum_relu'] });
  assert.instance(set, Attributions);
  assert.equal(set.map(({ target, layer }) => `${target.index} ${layer}`), ['0 stem', '0 sum_relu', '1 stem', '1 sum_relu', '0 stem', '0 sum_relu', '1 stem', '1 sum_relu']);
  assert.is(set.columns, 4);
  assert.is.not(set.at(0)!.image, set.at(4)!.image);
  assert.match(set.toFigure().svg(), /^<svg/);
  assert.is(String(set).split('\n').length, 8);
  assert.is(JSON.parse(JSON.stringify(set)).length, 8);
  assert.instance(await gradCam(model, [input()]), Attributions);
  assert.instance(await gradCam(model, input(), { layer: ['stem'] }), Attributions);
  assert.instance(await gradCam(model, input()), Attribution);
});

test('layers of one map in one pass back are the layers one by one, also where one feeds the other', async () => {
  for (const [model, x, layer] of [
    [classifier(residual()), input(), ['stem_relu', 'dw', 'sum', 'separable']],
    [classifier(nested()), noiseTensor([1, 8, 8, 3]) as tf.Tensor4D, ['base/shared', 'base/shared#2', 'base/deep']],
  ] as const) {
    const set = await gradCam(model, x, { layer: layer as unknown as string[] });
    for (const [i, name] of layer.entries()) close(set.at(i)!.values, (await gradCam(model, x, { layer: name })).values, 1e-6);
  }
});

test('an aborted set keeps the maps that are ready', async () => {
  const model = classifier(residual());
  const stop = new AbortController();
  let seen = 0;
  const target = (logits: tf.Tensor2D): tf.Tensor => {
    if (++seen === 4) stop.abort();
    return tf.max(logits);
  };
  const images = [1, 2, 3, 4, 5, 6].map(input);
  const set = await noLeak(() => saliency(model, images, { target, batchSize: 1, signal: stop.signal, onProgress: null }));
  assert.ok(set.length > 0 && set.length < 6, `${set.length} maps`);
});

test('what is wrong with a target is said in one line', async () => {
  const model = classifier(residual(), ['tabby, tabby cat', 'tiger cat', 'crane', 'heron', 'goldfish']);
  const x = input();
  const says = async (target: unknown, pattern: RegExp, more = {}): Promise<void> => assert.match(await messageOf(() => saliency(model, x, { target, ...more } as never)), pattern);
  await says([], /^target is an empty list; give at least one$/);
  await says([0, 9], /^target must be a class from 0 to 4, got 9$/);
  await says([0, undefined], /^target\[1\] is undefined$/);
  await says({ contrast: ['tabby', 0] }, /^contrast of "tabby" with itself is 0 everywhere; give two classes$/);
  await says({ contrast: ['tabby'] }, /^contrast takes two classes, \[why this, and not that\], got \["tabby"\]$/);
  await says({ contrast: ['tabby', 'taby cat'] }, /^unknown label "taby cat"; did you mean "tabby cat"\?$/);
  await says({ layer: 'stme', channel: 0 }, /^no layer "stme"; did you mean "stem"\?$/);
  await says({ layer: 'stem', channel: 4 }, /^channel of "stem" must be a whole number from 0 to 3, got 4$/);
  await says({ layer: 'stem' }, /^channel of "stem" must be a whole number from 0 to 3, got undefined$/);
  await says({ layer: 'stem', channel: 0, at: [0, 99] }, /^at \[0, 99\] lies outside layer "stem", 7 x 6$/);
  await says({ layer: 'stem', channel: 0, at: 3 }, /^at must be \[row, column\] of layer "stem", got 3$/);
  await says({ layer: 'logits', channel: 0, at: [0, 0] }, /^at needs a layer with a grid; "logits" has units$/);
  await says({ layer: 'stem', chanel: 0 }, /^target has no option "chanel"; did you mean "channel"\?$/);
  await says({ layer: 'stem', channel: 0 }, /^score "probability" needs a class; layer "stem" has activations$/, { score: 'probability' });
  await says({ class: 3 }, /^target must be a class number, a label, \{ contrast: \[a, b\] \}, \{ layer, channel \} or a function of the logits, got an object$/);
  await says(0, /^layer "softmax" lies behind what is explained \("logits" holds the score\); choose an earlier one$/, { layer: 'softmax' });
  await says({ layer: 'stem', channel: 0 }, /^layer "sum_relu" lies behind what is explained \("stem" holds the score\); choose an earlier one$/, { layer: 'sum_relu' });
  await says(0, /^batchSize must be a whole number of at least 1, got 0$/, { batchSize: 0 });
  assert.match(await messageOf(() => saliency(model, [] as never)), /^images is an empty list; give at least one$/);
  const batch = noiseTensor([2, 13, 10, 3]) as tf.Tensor4D;
  assert.match(await messageOf(() => saliency(model, batch)), /^the image tensor is a batch of 2; give a list of images: tf\.split\(tensor, 2\)$/);
});

test('the unit is that of what is explained, and a set says which of its maps is empty', async () => {
  const model = classifier(residual());
  const x = input();
  const units = async (options: object): Promise<string[]> => [(await gradCam(model, x, options)).unit, (await occlusion(model, x, { ...options, ...quiet })).unit];
  assert.equal(await units({ target: 0 }), ['weighted activation (logits)', 'fall of the logit']);
  assert.equal(await units({ target: 0, score: 'probability' }), ['weighted activation (probability)', 'fall of the probability']);
  assert.equal(await units({ target: { layer: 'logits', channel: 0 } }), ['weighted activation (logits)', 'fall of the logit']);
  assert.equal(await units({ target: { layer: 'separable', channel: 0 } }), ['weighted activation (score)', 'fall of the score']);
  const empty = { target: { index: 0, label: 'class 0' }, values: new Float32Array(4), note: 'nothing here' };
  const some = await gradCam(model, x, { target: 0, layer: ['stem_relu', 'sum_relu'], resize: false });
  const figure = new Attributions([some.items[0], new Attribution({ ...some.items[1], ...empty, shape: [2, 2] })]).toFigure();
  assert.match(figure.svg().replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '), 'sum_relu: nothing here');
});

test('a broken weight is found and named, not drawn', async () => {
  const model = mixed();
  const own = classifier(model);
  const x = noiseTensor([1, 12, 11, 2]) as tf.Tensor4D;
  await saliency(own, x);
  const weight = model.weights.find(({ name }) => name.startsWith('conv_elu'))!;
  const values = Float32Array.from(weight.read().dataSync());
  values[3] = NaN;
  values[7] = Infinity;
  const broken = tf.tensor(values, weight.shape as number[]);
  weight.write(broken);
  broken.dispose();
  assert.match(await messageOf(() => saliency(own, x)), /^weight "conv_elu\/kernel" of "mixed" holds NaN \(2 of 108 values\); the model is broken, load or train it again$/);
});

test.run();
