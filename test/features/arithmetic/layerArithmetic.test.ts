import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import '../../../src/model/kerasActivations';
import { activations, type ActivationName } from '../../../src/features/arithmetic/activations';
import { workCell } from '../../../src/features/arithmetic/cellwise';
import { type Convolution, convolve } from '../../../src/features/arithmetic/convolution';
import { type Arithmetic, type LayerArithmetic, layerArithmetic } from '../../../src/features/arithmetic/layerArithmetic';
import { pool } from '../../../src/features/arithmetic/pool';
import { applyStages } from '../../../src/features/arithmetic/stage';
import { addUp, poolAll, softmax } from '../../../src/features/arithmetic/units';
import { cellOver, placesOf } from '../../../src/features/arithmetic/window';
import { findLayer } from '../../../src/model/layers';
import { forward } from '../../../src/model/run';
import { close } from '../../helpers/close';
import { arithmetic, classifier, dilated, mixed, nested, noiseTensor, residual, seeded } from '../../helpers/models';
import { messageOf, noLeak } from '../../helpers/noLeak';

const { layers } = tf;
type Node = tf.SymbolicTensor;

test.before(async () => void (await ready()));

/** What the arithmetic gives, and what the network gave, for all cells, or for the units that are shown. */
function answers(work: Arithmetic): { own: number[]; network: number[] } {
  const cells = <T>(map: Float32Array, of: (at: number) => T): T[] => [...map.keys()].map(of);
  switch (work.kind) {
    case 'convolution': return { own: cells(work.result, (at) => convolve(work, at).output), network: [...work.result] };
    case 'pool': return { own: cells(work.result, (at) => pool(work, at).output), network: [...work.result] };
    case 'dense': return { own: work.units.map((unit) => addUp(unit, work.stages).output), network: work.units.map(({ result }) => result) };
    case 'globalPool': return { own: work.channels.map((_, at) => poolAll(work, at).output), network: work.channels.map(({ result }) => result) };
    case 'softmax': return { own: softmax(work).outputs, network: work.rows.map(({ result }) => result) };
    default: return { own: cells(work.result, (at) => workCell(work, at).output), network: [...work.result] };
  }
}

/** The channel of a layer as the network itself computes it. */
function outputOf(model: ReturnType<typeof classifier>, x: tf.Tensor4D, layer: string, channel: number): number[] {
  const [output] = forward(model.graph, x, [findLayer(model.graph, layer).value]);
  const depth = output.shape.at(-1) as number;
  const values = output.dataSync().filter((_, at) => at % depth === channel);
  output.dispose();
  return [...values];
}

/** Merges, paddings, poolings and activations that the shared models lack. */
function assorted(): tf.LayersModel {
  const input = tf.input({ shape: [9, 8, 3] });
  const pad = layers.zeroPadding2d({ name: 'pad', padding: [[1, 0], [2, 1]] }).apply(input) as Node;
  let x = layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, strides: 2, activation: 'relu6' }).apply(pad) as Node;
  x = layers.dropout({ name: 'dropout', rate: 0.5 }).apply(x) as Node;
  x = layers.batchNormalization({ name: 'bn', scale: false }).apply(x) as Node;
  x = layers.prelu({ name: 'prelu', sharedAxes: [1] }).apply(x) as Node;
  const a = layers.separableConv2d({ name: 'separable', filters: 4, kernelSize: 2, depthMultiplier: 2, padding: 'same', activation: 'elu' }).apply(x) as Node;
  const product = layers.multiply({ name: 'product' }).apply([x, a]) as Node;
  const mean = layers.average({ name: 'mean' }).apply([product, a]) as Node;
  const top = layers.maximum({ name: 'top' }).apply([mean, x]) as Node;
  const low = layers.minimum({ name: 'low' }).apply([top, a]) as Node;
  x = layers.averagePooling2d({ name: 'average', poolSize: 3, strides: 2, padding: 'same' }).apply(low) as Node;
  x = layers.thresholdedReLU({ name: 'threshold', theta: 0.1 }).apply(x) as Node;
  const gate = layers.globalMaxPooling2d({ name: 'greatest' }).apply(x) as Node;
  x = layers.dense({ name: 'hidden', units: 12, activation: 'softplus' }).apply(gate) as Node;
  x = layers.dense({ name: 'scores', units: 11 }).apply(x) as Node;
  return seeded(tf.model({ inputs: input, outputs: layers.softmax({ name: 'softmax' }).apply(x) as Node, name: 'assorted' }));
}

const refused = new Set(['Flatten', 'Reshape', 'Concatenate', 'ZeroPadding2D', 'Dropout']);

for (const [name, make, shape] of [
  ['residual', residual, [13, 10, 3]],
  ['mixed', mixed, [12, 11, 2]],
  ['dilated', dilated, [9, 9, 2]],
  ['nested', nested, [8, 8, 3]],
  ['assorted', assorted, [9, 8, 3]],
] as const) {
  test(`${name}: the arithmetic of every cell of every layer gives what the network gives`, async () => {
    const model = classifier(make());
    const x = noiseTensor<tf.Rank.R4>([1, ...shape], 3);
    await noLeak(async () => {
      for (const { name: layer, kind, outputShape } of model.layers()) {
        if (refused.has(kind)) continue;
        for (const channel of [0, (outputShape.at(-1) as number) - 1]) {
          const found = layerArithmetic(model, x, layer, channel);
          const { own, network } = answers(found.arithmetic);
          close(own, network, 1e-5);
          own.forEach((value, at) => assert.ok(Math.abs(value - network[at]) <= 1e-4 * Math.max(1, Math.abs(network[at])), `${layer} cell ${at}: ${value}, not ${network[at]}`));
          if ('result' in found.arithmetic) close([...found.arithmetic.result], outputOf(model, x, found.last, channel), 1e-5);
        }
      }
    });
    x.dispose();
    model.dispose();
  });
}

test('one cell of a convolution, by hand', async () => {
  const model = classifier(arithmetic());
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const found = layerArithmetic(model, x, 'conv');
  const work = found.arithmetic as Convolution;
  assert.equal([found.channel, found.depth, found.inputs, found.last, work.channels, work.bias], [0, 2, ['input'], 'conv', 1, 0]);
  const { parts: [{ taps, sum }], rest, stages, output } = convolve(work, 3);
  assert.equal(taps.map(({ row, column, value, weight, product }) => [row, column, value, weight, product]), [[1, 1, 5, 1, 5], [1, 2, 6, 2, 12], [2, 1, 8, 3, 24], [2, 2, 9, 4, 36]]);
  assert.equal([sum, rest, output], [77, 0, 77]);
  assert.equal(stages, [{ stage: { kind: 'activate', layer: 'conv', name: 'relu', parameter: 0 }, input: 77, output: 77 }]);
  const negative = convolve(layerArithmetic(model, x, 'conv', 1).arithmetic as Convolution, 3);
  assert.equal([negative.sum, negative.output], [-77, 0]);
  x.dispose();
  model.dispose();
});

test('what follows a layer is told: the layer that puts the result out, and each stage with its numbers', () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const found = layerArithmetic(model, x, 'stem', 1);
  const { stages } = found.arithmetic as Convolution;
  assert.is(found.last, 'stem_relu');
  assert.equal(stages.map((stage) => [stage.layer, stage.kind === 'activate' ? stage.name : stage.kind]), [['stem_bn', 'normalise'], ['stem_relu', 'relu6']]);
  const [bn] = stages;
  const [gamma] = model.model.getLayer('stem_bn').getWeights();
  assert.is(bn.kind === 'normalise' && bn.gamma, gamma.dataSync()[1]);
  // A sum of branches has two readers: nothing follows it that it alone feeds.
  assert.is(layerArithmetic(model, x, 'project', 0).last, 'project');
  x.dispose();
  model.dispose();
});

test('a padding layer before a convolution counts as its padding', () => {
  const model = classifier(assorted());
  const x = noiseTensor<tf.Rank.R4>([1, 9, 8, 3]);
  const work = layerArithmetic(model, x, 'conv', 0).arithmetic as Convolution;
  assert.equal([work.input, work.output], [[9, 8], [4, 5]]);
  assert.equal(placesOf(work, 0).map(({ row, column, padding }) => (padding ? '.' : `${row},${column}`)).join(' '), '. . . . . 0,0 . . 1,0');
  x.dispose();
  model.dispose();
});

test('the shown channels are those that contribute most, the others are one sum', () => {
  const model = classifier(seeded(tf.sequential({ layers: [layers.conv2d({ name: 'wide', inputShape: [4, 4, 12], filters: 2, kernelSize: 3 })] })));
  const x = noiseTensor<tf.Rank.R4>([1, 4, 4, 12]);
  const work = layerArithmetic(model, x, 'wide', 1).arithmetic as Convolution;
  assert.equal([work.parts.length, work.channels], [3, 12]);
  const { parts, rest, sum } = convolve(work, 0);
  const all = (from: number): number => tf.tidy(() => {
    const kernel = model.model.getLayer('wide').getWeights()[0] as tf.Tensor4D;
    return (tf.sum(tf.mul(tf.slice(x, [0, 0, 0, from], [1, 3, 3, 1]).reshape([3, 3]), tf.slice(kernel, [0, 0, from, 1], [3, 3, 1, 1]).reshape([3, 3]))).dataSync() as Float32Array)[0];
  });
  const hidden = [...Array(12).keys()].filter((from) => !parts.some(({ channel }) => channel === from));
  close([rest], [hidden.reduce((total, from) => total + all(from), 0)]);
  close(parts.map((part) => part.sum), parts.map(({ channel }) => all(channel)));
  close([sum], [parts.reduce((total, part) => total + part.sum, 0) + rest + work.bias]);
  x.dispose();
  model.dispose();
});

test('a max pool chooses the first of several largest and leaves padding out; an average divides by what is inside', () => {
  const base = { kind: 'pool', input: [2, 2], output: [1, 1], slides: [{ reach: 3, stride: 2, before: 1 }, { reach: 3, stride: 2, before: 0 }], size: [3, 3], map: Float32Array.from([-4, -1, -1, -2]), result: new Float32Array(1) } as const;
  const greatest = pool({ ...base, how: 'max' }, 0);
  assert.equal(greatest.taps.map(({ value }) => value), [undefined, undefined, undefined, -4, -1, undefined, -1, -2, undefined]);
  assert.equal([greatest.output, greatest.taps.findIndex(({ chosen }) => chosen)], [-1, 4]);
  const mean = pool({ ...base, how: 'average' }, 0);
  assert.equal([mean.count, mean.sum, mean.output], [4, -8, -2]);
});

test('every activation is what TensorFlow.js makes of it', () => {
  const inputs = [-7, -3.2, -1, -0.3, 0, 0.2, 1, 2.7, 3.5, 8];
  const parametric = ['cappedRelu', 'leakyRelu', 'prelu', 'thresholdedRelu'];
  for (const name of Object.keys(activations).filter((each) => !parametric.includes(each)) as ActivationName[]) {
    const layer = layers.activation({ activation: name as 'relu' });
    const expected = tf.tidy(() => (layer.apply(tf.tensor2d([inputs])) as tf.Tensor).dataSync());
    const own = inputs.map((input) => applyStages([{ kind: 'activate', layer: 'a', name, parameter: 0 }], input, 0)[0].output);
    own.forEach((value, at) => assert.ok(Math.abs(value - expected[at]) < 1e-5, `${name}(${inputs[at]}) is ${value}, not ${expected[at]}`));
  }
});

test('softmax and dense layers show the strongest units, and the one that was asked for', () => {
  const model = classifier(assorted());
  const x = noiseTensor<tf.Rank.R4>([1, 9, 8, 3]);
  const scores = outputsOf(model, x, 'scores');
  const weakest = scores.indexOf(Math.min(...scores));
  const dense = layerArithmetic(model, x, 'scores', weakest);
  if (dense.arithmetic.kind !== 'dense') throw new Error('not dense');
  assert.equal([dense.last, dense.arithmetic.units.length, dense.arithmetic.units.at(-1)!.unit, dense.arithmetic.units[0].unit], ['softmax', 5, weakest, scores.indexOf(Math.max(...scores))]);
  const chosen: LayerArithmetic = layerArithmetic(model, x, 'softmax');
  if (chosen.arithmetic.kind !== 'softmax') throw new Error('not softmax');
  const { powers, rest, outputs } = softmax(chosen.arithmetic);
  assert.equal([chosen.channel, chosen.arithmetic.rows.length, powers[0]], [scores.indexOf(Math.max(...scores)), 8, 1]);
  close([rest], [chosen.arithmetic.share.total - powers.reduce((a, b) => a + b, 0)]);
  assert.ok(outputs.reduce((a, b) => a + b, 0) < 1);
  x.dispose();
  model.dispose();
});

function outputsOf(model: ReturnType<typeof classifier>, x: tf.Tensor4D, layer: string): number[] {
  const [output] = forward(model.graph, x, [findLayer(model.graph, layer).value]);
  const values = [...output.dataSync()];
  output.dispose();
  return values;
}

test('a click on the input leads to the output cell above it', () => {
  const window = { input: [7, 7], output: [4, 4], slides: [{ reach: 3, stride: 2, before: 1 }, { reach: 3, stride: 2, before: 1 }], size: [3, 3] } as const;
  assert.is(cellOver(window, 0), 0);
  assert.is(cellOver(window, 2 * 7 + 4), 1 * 4 + 2);
  assert.is(cellOver(window, 48), 15);
});

test('errors name the layer, its kind and what can be stepped through', async () => {
  const model = classifier(mixed());
  const x = noiseTensor<tf.Rank.R4>([1, 12, 11, 2]);
  assert.match(await messageOf(async () => layerArithmetic(model, x, 'flatten')), /^convolutionStepper cannot step through layer "flatten" \(Flatten\); it takes Conv2D, DepthwiseConv2D, /);
  assert.is(await messageOf(async () => layerArithmetic(model, x, 'conv', 4)), 'channel of "conv" must be a whole number from 0 to 3, got 4');
  assert.match(await messageOf(async () => layerArithmetic(model, x, 'cnv')), /^no layer "cnv"; did you mean "conv"\?/);
  x.dispose();
  model.dispose();
});

test.run();
