import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import type { Figure } from '../../src/figure/figure';
import { pack } from '../../src/figure/live/pack';
import { Classifier } from '../../src/model/classifier';
import { arrange } from '../../widgets/convolutionStepper/arrange';
import { convolutionStepper } from '../../widgets/convolutionStepper/convolutionStepper';
import { fitting, reduceStepper } from '../../widgets/convolutionStepper/data';
import { draw } from '../../widgets/convolutionStepper/draw';
import { stageFormula } from '../../widgets/convolutionStepper/formulas';
import { numberStyle } from '../../widgets/convolutionStepper/numbers';
import { received, type SentData, toSend } from '../../widgets/convolutionStepper/sent';
import { countOf, placeName, steppedBy } from '../../widgets/convolutionStepper/steps';
import { workingOf } from '../../widgets/convolutionStepper/working';
import { arithmetic, classifier, noiseTensor, residual, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';
import { drawOnSvg, texture } from '../helpers/widgetDrawing';

const { layers } = tf;

test.before(async () => {
  fixRuler();
  await ready();
});

const ramp = (): tf.Tensor4D => tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);

/** A network with a layer of every kind that can be stepped through. */
function everyKind(): Classifier {
  const input = tf.input({ shape: [16, 16, 3] });
  let x = layers.conv2d({ name: 'conv', filters: 12, kernelSize: 3, padding: 'same', useBias: false }).apply(input) as tf.SymbolicTensor;
  x = layers.batchNormalization({ name: 'bn' }).apply(x) as tf.SymbolicTensor;
  x = layers.reLU({ name: 'relu', maxValue: 6 }).apply(x) as tf.SymbolicTensor;
  const point = layers.conv2d({ name: 'point', filters: 12, kernelSize: 1, activation: 'swish' }).apply(x) as tf.SymbolicTensor;
  x = layers.add({ name: 'add' }).apply([x, point]) as tf.SymbolicTensor;
  x = layers.depthwiseConv2d({ name: 'deep', kernelSize: 5, dilationRate: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  x = layers.maxPooling2d({ name: 'max', poolSize: 3, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  x = layers.leakyReLU({ name: 'leaky', alpha: 0.1 }).apply(x) as tf.SymbolicTensor;
  x = layers.averagePooling2d({ name: 'average', poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  x = layers.globalAveragePooling2d({ name: 'mean' }).apply(x) as tf.SymbolicTensor;
  x = layers.dense({ name: 'scores', units: 10 }).apply(x) as tf.SymbolicTensor;
  x = layers.softmax({ name: 'softmax' }).apply(x) as tf.SymbolicTensor;
  const labels = Array.from({ length: 10 }, (_, at) => (at === 3 ? '</script><b>hostile "label" מימין 🙂' : `class name ${at}`));
  return new Classifier(seeded(tf.model({ inputs: input, outputs: x, name: 'every' })), { name: 'every', preprocess: 'tf', labels });
}

const kinds = ['conv', 'bn', 'relu', 'point', 'add', 'deep', 'max', 'leaky', 'average', 'mean', 'scores', 'softmax'];
const photo = texture(16);
const sentOf = (figure: Figure): SentData => figure.parts.live!.data(1) as SentData;

test('patch, weights, products, sum and activation of one cell, by hand', async () => {
  const model = classifier(arithmetic());
  const x = ramp();
  const figure = await noLeak(() => convolutionStepper(model, x, { layer: 'conv', channel: 0, at: [1, 0] }));
  const words = wordsOf(figure);
  for (const text of ['cell (1, 0) of conv, channel 0', 'input 4.000 5.000 7.000 8.000', 'weights 1.000 2.000 3.000 4.000', 'products 4.00 10.00 21.00 32.00', '= 67', 'ReLU = 67 max(0, 67)', 'output of conv = 67 as the network has it', 'channel 0 of 2', 'kernel 2 × 2 on 1 channel']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.match(figure.alt, 'How cell (1, 0) of conv, channel 0 comes about: channel 0 67, ReLU 67. Output of conv: 67.');
  assert.match(withoutStyles(figure.html()), '<td>channel 0, row 2, column 1</td><td>8 × 4</td><td>32</td>');
  matchesSnapshot(figure, 'convolution-stepper');
  x.dispose();
  model.dispose();
});

test('the default is the first convolution, its strongest channel and its strongest cell', async () => {
  const model = classifier(arithmetic());
  const x = ramp();
  const data = received(sentOf(await convolutionStepper(model, x)));
  assert.equal([data.layer.layer, data.layer.channel, placeName(data, data.first)], ['conv', 0, 'cell (1, 1)']);
  x.dispose();
  model.dispose();
});

test('every kind draws itself at every width, with the network\'s own output at every step', async () => {
  const model = everyKind();
  for (const layer of kinds) {
    const sent = sentOf(await noLeak(() => convolutionStepper(model, photo, { layer })));
    const data = received(sent);
    const count = countOf(data.layer.arithmetic);
    for (const at of [0, count >> 1, count - 1]) {
      const { output, network } = workingOf(data, at);
      assert.ok(Math.abs(output - network) < 1e-4 * Math.max(1, Math.abs(network)), `${layer} at ${at}: ${output}, not ${network}`);
      for (const width of [380, 560, 760, 1100]) {
        const { drawn, svg } = drawOnSvg((stage) => draw(stage, sent, { at }), width);
        assert.ok(drawn.width <= width && drawn.height > 100, `${layer} is ${drawn.width} x ${drawn.height} at ${width}`);
        assert.not.match(svg, /NaN|undefined|Infinity|<b>/);
        assert.match(svg, 'as the network has it');
        for (const spot of drawn.spots!) assert.ok(spot.x + spot.width <= width && spot.y + spot.height <= drawn.height, `${layer}: ${spot.name} stands out`);
        assert.equal([...svg.matchAll(/font-size="([\d.]+)"/g)].filter(([, size]) => Number(size) < 10), []);
      }
    }
  }
  model.dispose();
});

test('padding is marked, and left out of a pool', async () => {
  const model = everyKind();
  const figure = await convolutionStepper(model, photo, { layer: 'conv', channel: 1, at: [0, 0] });
  // Five of nine places, in the patch and in the products, of each of the three colours.
  assert.is(figure.svg().match(/class="padding"/g)?.length, 5 * 2 * 3);
  assert.match(figure.caption, 'dashed cells are padding and count as 0');
  const pool = await convolutionStepper(model, photo, { layer: 'max', channel: 1, at: [7, 7] });
  assert.ok(wordsOf(pool).includes('of 4 values; 5 in the padding left out'));
  assert.is(pool.svg().match(/class="chosen"/g)?.length, 1);
  assert.not.match((await convolutionStepper(model, photo, { layer: 'point' })).caption, 'padding');
  model.dispose();
});

test('normalisation and activation that follow are stages of their own, with their formulas', async () => {
  const model = everyKind();
  const words = wordsOf(await convolutionStepper(model, photo, { layer: 'conv', channel: 2 }));
  assert.match(words, /batch norm \(bn\) = \S+ \(\S+ [+−] \S+\) \/ √\(\S+ \+ 0\.001\) × \S+ [+−] \S+/);
  assert.match(words, /ReLU6 \(relu\) = \S+ min\(6, max\(0, \S+\)\)/);
  assert.match(words, 'output of relu');
  const applied = { stage: { kind: 'activate', layer: 'a', name: 'swish', parameter: 0 }, input: -2, output: 0 } as const;
  assert.is(stageFormula(applied, 0), '(−2) / (1 + exp(2))');
  assert.is(stageFormula({ ...applied, stage: { ...applied.stage, name: 'leakyRelu', parameter: 0.1 } }, 0), '0.1 × (−2)');
  assert.is(stageFormula({ stage: { kind: 'share', layer: 's', greatest: 3, total: 1.5, classes: 10 }, input: 1, output: 0 }, 0), 'exp(1 − 3) / 1.5, the sum of exp over 10 classes');
  model.dispose();
});

test('softmax tells logit, exp and share of the likeliest classes, and that all sum to 1', async () => {
  const model = everyKind();
  const figure = await convolutionStepper(model, photo, { layer: 'softmax', channel: 3 });
  const data = received(sentOf(figure));
  assert.is(placeName(data, data.first), '</script><b>hostile "label" מימין 🙂 (3)');
  assert.match(wordsOf(figure), /logit exp\(logit − max\) share .* 2 others .* sum .* 1 /);
  assert.not.match(figure.html(), '</script><b>');
  model.dispose();
});

test('numbers travel exactly: as bytes where they are few, with all their bits where there is room', async () => {
  const model = everyKind();
  const sent = sentOf(await convolutionStepper(model, photo, { layer: 'conv' }));
  const { arithmetic: work } = sent.layer;
  if (work.kind !== 'convolution') throw new Error('not a convolution');
  for (const { map } of work.parts) assert.ok('codes' in map || 'bits' in map);
  assert.ok('bits' in work.result);
  const whole = received(sent);
  assert.equal(received(toSend(whole)), whole);
  assert.equal(whole.names, ['red', 'green', 'blue']);
  // 200 x 200 different numbers are too many.
  const large = toSend({ ...whole, layer: { ...whole.layer, arithmetic: { kind: 'elementwise', grid: [200, 202], map: Float32Array.from({ length: 40_400 }, (_, at) => at), stages: [], result: new Float32Array(40_400) } } });
  if (large.layer.arithmetic.kind !== 'elementwise') throw new Error('changed');
  assert.ok(large.layer.arithmetic.map instanceof Float32Array);
  assert.ok('codes' in large.layer.arithmetic.result);
  model.dispose();
});

test('with less detail fewer input channels are shown, and the sum stays', async () => {
  const model = classifier(seeded(tf.sequential({ layers: [layers.conv2d({ name: 'wide', inputShape: [20, 20, 12], filters: 2, kernelSize: 3 })] })));
  const x = noiseTensor<tf.Rank.R4>([1, 20, 20, 12]);
  const figure = await convolutionStepper(model, x, { layer: 'wide' });
  const full = received(sentOf(figure));
  const less = reduceStepper(full, 0.34);
  if (less.layer.arithmetic.kind !== 'convolution') throw new Error('not a convolution');
  assert.is(less.layer.arithmetic.parts.length, 1);
  assert.ok(Math.abs(workingOf(less, 5).output - workingOf(full, 5).output) < 1e-4);
  assert.ok(pack(figure.parts.live!.data(0.34)).length < pack(figure.parts.live!.data(1)).length * 0.75);
  assert.ok(wordsOf(figure).includes('9 other channels'));
  x.dispose();
  model.dispose();
});

test('where the arithmetic is not what the network gave, both are told', async () => {
  const model = classifier(arithmetic());
  const x = ramp();
  const sent = sentOf(await convolutionStepper(model, x, { layer: 'conv' }));
  const data = received(sent);
  const { arithmetic: work } = data.layer;
  if (work.kind !== 'convolution') throw new Error('not a convolution');
  const wrong = { ...data, layer: { ...data.layer, arithmetic: { ...work, result: work.result.map((value) => value + 0.1) } } };
  assert.match(drawOnSvg((stage) => draw(stage, toSend(wrong), { at: 0 }), 900).svg, 'the network has 37.1');
  x.dispose();
  model.dispose();
});

test('of maps that are too large to travel together fewer channels are shown', () => {
  const side = 200;
  const map = (): Float32Array => new Float32Array(side * side);
  const still = { reach: 1, stride: 1, before: 0 };
  const work = { kind: 'convolution', input: [side, side], output: [side, side], slides: [still, still], size: [1, 1], parts: [0, 1, 2].map((channel) => ({ channel, map: map().fill(channel + 1), weights: [1] })), channels: 4, rest: map(), bias: 0, stages: [], result: map() } as const;
  const layer = { layer: 'a', kind: 'Conv2D', channel: 0, depth: 1, inputs: ['b'], last: 'a', arithmetic: work };
  const data = { model: 'm', image: 'i', layer, first: 0 };
  const fitted = fitting(data).layer.arithmetic;
  if (fitted.kind !== 'convolution') throw new Error('not a convolution');
  // Room for 160,000 numbers: the rest and the result take 80,000, each channel 40,000.
  assert.equal([fitted.parts.length, fitted.rest[0]], [2, 3]);
  assert.is(fitting({ ...data, layer: { ...layer, inputs: ['input'] } }).layer.arithmetic, work);
});

test('numbers of a grid have as many decimals, and fit their cells', () => {
  const three = numberStyle(1.234, 6);
  assert.equal([three.text(-1.2345), three.text(0.0004), three.text(-0.0004), three.text(0), three.factor], ['−1.234', '0.000', '0.000', '0', undefined]);
  assert.equal([numberStyle(123, 6).text(-123.45), numberStyle(123, 5).text(-123.45), numberStyle(12.3, 5).text(-12.34)], ['−123.5', '−123', '−12.3']);
  const small = numberStyle(0.0321, 6);
  assert.equal([small.text(-0.0321), small.factor], ['−32.10', '× 10⁻³']);
  assert.is(numberStyle(0, 6).text(0), '0');
});

test('arrows step to neighbours and not over an edge; in a list all of them go on', async () => {
  const model = everyKind();
  const map = received(sentOf(await convolutionStepper(model, photo, { layer: 'max' }))).layer.arithmetic;
  assert.equal(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Shift+ArrowDown', 'a'].map((key) => steppedBy(key, map, 9)), [10, 17, 8, 1, 57, undefined]);
  const list = received(sentOf(await convolutionStepper(model, photo, { layer: 'scores' }))).layer.arithmetic;
  assert.equal(['ArrowRight', 'ArrowDown', 'ArrowUp', 'Shift+ArrowDown'].map((key) => steppedBy(key, list, 1)), [2, 2, 0, 4]);
  model.dispose();
});

test('names of layers are text, however they are written', async () => {
  const hostile = `</script><img src=x onerror=alert(1)> "quoted" מימין 🙂 ${'long '.repeat(50)}`;
  const model = everyKind();
  for (const layer of ['conv', 'add', 'mean', 'scores']) {
    const figure = await convolutionStepper(model, photo, { layer });
    const data = received(sentOf(figure));
    const { arithmetic: work } = data.layer;
    const renamed = { ...data, layer: { ...data.layer, layer: hostile, last: hostile, inputs: data.layer.inputs.map(() => hostile), arithmetic: work.kind === 'merge' ? { ...work, maps: work.maps.map((each) => ({ ...each, layer: hostile })) } : work } };
    for (const width of [380, 900]) {
      const { svg, drawn } = drawOnSvg((stage) => draw(stage, toSend(renamed), { at: 0 }), width);
      assert.not.match(svg, '<img');
      assert.ok(drawn.width <= width && drawn.height < 1500, `${layer}: ${drawn.width} x ${drawn.height}`);
    }
  }
  model.dispose();
});

test('things are placed in lines', () => {
  const sizes = [[50, 20], [40, 30], [30, 10]].map(([width, height]) => ({ width, height }));
  assert.equal(arrange(sizes, 100, 5, 7), { places: [{ x: 0, y: 0 }, { x: 55, y: 0 }, { x: 0, y: 37 }], width: 95, height: 47 });
});

test('it says in one line what is wrong', async () => {
  const model = everyKind();
  const message = (options: object, given: unknown = photo): Promise<string> => messageOf(() => convolutionStepper(model, given as typeof photo, options));
  assert.is(await message({ layer: 'cnv' }), 'no layer "cnv"; did you mean "conv"?');
  assert.is(await message({ layer: 'conv', channel: 12 }), 'channel of "conv" must be a whole number from 0 to 11, got 12');
  assert.is(await message({ layer: 'conv', at: [16, 0] }), 'row of "conv" must be a whole number from 0 to 15, got 16');
  assert.is(await message({ layer: 'conv', at: 3 }), 'at must be [row, column] of layer "conv", got 3');
  assert.is(await message({ layer: 'scores', at: [0, 0] }), 'at needs a layer with a grid of its own; "scores" has units: give channel');
  assert.match(await message({ lyer: 'conv' }), /^convolutionStepper has no option "lyer"; did you mean "layer"\?/);
  assert.match(await message({}, 'cat.png'), /^image must be an Image/);
  const other = classifier(residual());
  assert.match(await messageOf(() => convolutionStepper(other, texture(13), { layer: 'both' })), /^convolutionStepper cannot step through layer "both" \(Concatenate\); it takes Conv2D, .* Minimum$/);
  other.dispose();
  model.dispose();
});

test.run();
