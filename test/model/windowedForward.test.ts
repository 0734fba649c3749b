import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { prepareFused } from '../../src/model/fuse';
import { graphOf } from '../../src/model/graph';
import { forward } from '../../src/model/run';
import { headOf } from '../../src/model/target';
import { vgg16 } from '../../src/model/vgg16';
import { windowsOf } from '../../src/attribution/perturbation/windows';
import { canSpread } from '../../src/model/window/cost';
import type { Plan } from '../../src/model/window/plan';
import { type Rectangle, Spans } from '../../src/model/window/spans';
import { leading, type MapSize, sized } from '../../src/model/window/steps';
import { WindowedForward, type WindowedSettings } from '../../src/model/window/windowedForward';
import { backends } from '../helpers/backends';
import { relativeError } from '../helpers/close';
import { arithmetic, dilated, mixed, nested, noise, noiseTensor, residual, seeded, stacked } from '../helpers/models';

const { layers } = tf;

/** The wanted rows of each window as plain batched runs give them. */
function plainly(model: tf.LayersModel, x: tf.Tensor4D, hidden: Float32Array, windows: readonly Rectangle[]): Float32Array[] {
  const graph = graphOf(model);
  const [, height, width, channels] = x.shape;
  const rows = windows.map(({ top, left, bottom, right }) => {
    const values = Float32Array.from(x.dataSync());
    for (let at = 0; at < values.length; at++) {
      const row = Math.floor(at / (width * channels));
      const column = Math.floor(at / channels) % width;
      if (row >= top && row < bottom && column >= left && column < right) values[at] = hidden[at];
    }
    return tf.tidy(() => forward(graph, tf.tensor4d(values, [1, height, width, channels]), [headOf(graph).logits])[0].dataSync() as Float32Array);
  });
  graph.derived.dispose();
  return rows;
}

/** The same by windows, in the order of `windows`; and which way it went. */
function byWindows(model: tf.LayersModel, x: tf.Tensor4D, hidden: Float32Array, windows: readonly Rectangle[], settings: WindowedSettings): { rows: Float32Array[]; way: string } {
  const graph = graphOf(model);
  const windowed = new WindowedForward(graph, x, headOf(graph).logits, windows, settings);
  const found = new Map<Rectangle, Float32Array>();
  for (const round of windowed.rounds()) {
    const rows = tf.tidy(() => windowed.finish(round.map((batch) => windowed.features(batch, hidden))).arraySync() as number[][]);
    round.flat().forEach((window, i) => found.set(window, Float32Array.from([rows[i]].flat(3) as number[])));
  }
  const { way } = windowed;
  windowed.dispose();
  graph.derived.dispose();
  assert.is(found.size, windows.length);
  return { rows: windows.map((window) => found.get(window) as Float32Array), way };
}

/** So many steps on windows, whatever they cost; convolutions by what changes if `spread`. */
const forced = (steps: number, classes: number, spread = false): WindowedSettings => ({
  plan: ({ leading }): Plan => ({ steps: Math.min(steps, leading.length), classes, share: 1, tail: 1 }),
  way: (each) => ({ cost: 0, spread: spread && canSpread(each) }),
});

function rectangles(height: number, width: number): Rectangle[] {
  const list = [{ top: 0, left: 0, bottom: height, right: width }, { top: 0, left: 0, bottom: 1, right: 1 }, { top: height - 1, left: width - 1, bottom: height, right: width }];
  for (let top = 0; top < height; top += 2) for (let left = 0; left < width; left += 3) list.push({ top, left, bottom: Math.min(height, top + 3), right: Math.min(width, left + 4) });
  return list;
}

const models: Record<string, () => tf.LayersModel> = { arithmetic, residual, mixed, nested, stacked, dilated, branches, squeezed };

/** Branches of different reach that meet twice; a stride that skips cells; padding on one side only; slopes for each place; a mean at the edge. */
function branches(): tf.LayersModel {
  const input = tf.input({ shape: [14, 11, 2] });
  const apply = (layer: tf.layers.Layer, ...from: tf.SymbolicTensor[]): tf.SymbolicTensor => layer.apply(from.length === 1 ? from[0] : from) as tf.SymbolicTensor;
  const padded = apply(layers.zeroPadding2d({ padding: [[0, 2], [0, 1]] }), input);
  const signed = apply(layers.conv2d({ filters: 3, kernelSize: [2, 3], strides: [1, 1], padding: 'same', useBias: false }), padded);
  const stem = apply(layers.prelu({}), signed);
  const near = apply(layers.conv2d({ filters: 2, kernelSize: 1, activation: 'sigmoid' }), stem);
  const far = apply(layers.conv2d({ filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same' }), apply(layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }), stem));
  const both = apply(layers.batchNormalization({ axis: 3 }), apply(layers.concatenate(), near, far, apply(layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }), signed)));
  const skipped = apply(layers.conv2d({ filters: 4, kernelSize: 1, strides: 3, padding: 'same' }), both);
  const pooled = apply(layers.separableConv2d({ filters: 4, kernelSize: 3, strides: 3, padding: 'same', depthMultiplier: 2 }), both);
  const met = apply(layers.maximum(), apply(layers.add(), skipped, pooled), skipped);
  const last = apply(layers.averagePooling2d({ poolSize: [2, 3], strides: 2, padding: 'same' }), apply(layers.elu({}), met));
  return seeded(tf.model({ inputs: input, outputs: apply(layers.dense({ units: 3 }), apply(layers.flatten(), last)), name: 'branches' }));
}

/** A channel's weight that depends on all of the map (squeeze and excitation): whole maps from there on. */
function squeezed(): tf.LayersModel {
  const input = tf.input({ shape: [9, 8, 2] });
  const x = layers.conv2d({ name: 'conv', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  const squeeze = layers.averagePooling2d({ poolSize: [9, 8] }).apply(x) as tf.SymbolicTensor;
  const gate = layers.conv2d({ name: 'gate', filters: 3, kernelSize: 1, activation: 'sigmoid' }).apply(squeeze) as tf.SymbolicTensor;
  const y = layers.multiply().apply([x, gate]) as tf.SymbolicTensor;
  return seeded(tf.model({ inputs: input, outputs: layers.dense({ units: 2 }).apply(layers.flatten().apply(layers.conv2d({ filters: 2, kernelSize: 3 }).apply(y))) as tf.SymbolicTensor, name: 'squeezed' }));
}

/** Fails where some row is not that of a plain run. */
function agrees(model: tf.LayersModel, windows: readonly Rectangle[], settings: readonly WindowedSettings[]): string[] {
  const [, height, width, channels] = model.inputs[0].shape as [null, number, number, number];
  const x = noiseTensor([1, height, width, channels], 3) as tf.Tensor4D;
  const hidden = noise(x.size, 5);
  const expected = plainly(model, x, hidden, windows);
  const before = tf.memory().numTensors;
  const ways = settings.map((each, k) => {
    const { rows, way } = byWindows(model, x, hidden, windows, each);
    rows.forEach((row, i) => assert.ok(relativeError(row, expected[i]) < 1e-5, `${k}: ${way}: ${JSON.stringify(windows[i])}: ${relativeError(row, expected[i])}`));
    return way;
  });
  assert.is(tf.memory().numTensors, before, 'tensors were left behind');
  x.dispose();
  model.dispose();
  return ways;
}

/** Every number of steps, with changes sent through convolutions or not, and windows batched more or less alike. */
const everyWay = Array.from({ length: 20 }, (_, steps) => forced(steps, 1 + (steps % 3), steps % 2 === 1));

for (const backend of backends) {
  for (const [name, make] of Object.entries(models)) {
    test(`${backend}: ${name} gives the scores of plain runs, however many steps run on windows`, async () => {
      await useBackend(backend);
      const model = make();
      const [, height, width] = model.inputs[0].shape as [null, number, number];
      agrees(model, rectangles(height, width), everyWay);
    });
  }

  test(`${backend}: a small VGG16 goes by windows as far as they are smaller than the maps`, async () => {
    await useBackend(backend);
    const windows = windowsOf(64, 64, [8, 8], [8, 8]).slice(0, 24);
    const model = seeded(vgg16({ narrow: 32, size: 64, classes: 7 }));
    // Untrained sums grow with every layer until rounding hides what a window changes.
    for (const weight of model.weights) tf.tidy(() => void weight.write(tf.mul(weight.read(), 2 / Math.sqrt(weight.shape.slice(0, -1).reduce<number>((a, b) => a * (b ?? 1), 1)))));
    const [way] = agrees(model, windows, [backend === 'native' ? forced(31, 3, true) : {}]);
    assert.match(way, /^windows up to block[345]_\w+, then full maps$/);
  });

  test(`${backend}: convolutions and pools of any kernel, stride, padding and dilation`, async () => {
    await useBackend(backend);
    const small = fc.integer({ min: 1, max: 4 });
    const pair = fc.tuple(small, small);
    const slide = fc.record({ kind: fc.constantFrom('conv', 'depthwise', 'max', 'average'), size: pair, strides: fc.integer({ min: 1, max: 3 }), dilation: fc.integer({ min: 1, max: 3 }), same: fc.boolean() });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const net = fc.record({ layers: fc.array(slide, { minLength: 1, maxLength: 4 }), at: fc.array(fc.tuple(share, share, share, share), { minLength: 1, maxLength: 6 }), steps: fc.integer({ min: 1, max: 4 }), spread: fc.boolean() });
    fc.assert(
      fc.property(net, ({ layers: kinds, at, steps, spread }) => {
        const [height, width] = [19, 16];
        const windows = at.map(([y, x, rows, columns]) => {
          const [top, left] = [Math.floor(y * (height - 1)), Math.floor(x * (width - 1))];
          return { top, left, bottom: top + 1 + Math.floor(rows * (height - top - 1)), right: left + 1 + Math.floor(columns * (width - left - 1)) };
        });
        agrees(sliding(height, width, kinds), windows, [forced(steps, 2, spread)]);
      }),
      { numRuns: 60, seed: 11 },
    );
  });
}

interface Kind {
  kind: string;
  size: [number, number];
  strides: number;
  dilation: number;
  same: boolean;
}

/** Layers that slide over their map, each as far as its kernel fits; a layer has a stride or a dilation. */
function sliding(height: number, width: number, kinds: readonly Kind[]): tf.LayersModel {
  const input = tf.input({ shape: [height, width, 2] });
  let x = layers.activation({ activation: 'linear' }).apply(input) as tf.SymbolicTensor;
  for (const { kind, size, strides: asked, dilation, same } of kinds) {
    // Of strides longer than the kernel, with padding, TensorFlow.js's wasm convolutions give zeros.
    const strides = Math.min(asked, ...size);
    const dilationRate = strides > 1 ? 1 : dilation;
    if (size.some((length, axis) => (length - 1) * dilationRate >= (x.shape[axis + 1] as number))) continue;
    const padding = same ? 'same' as const : 'valid' as const;
    const layer = {
      conv: () => layers.conv2d({ filters: 2, kernelSize: size, strides, dilationRate, padding, activation: 'tanh' }),
      depthwise: () => layers.depthwiseConv2d({ kernelSize: size, strides, dilationRate, padding }),
      max: () => layers.maxPooling2d({ poolSize: size, strides, padding }),
      average: () => layers.averagePooling2d({ poolSize: size, strides, padding }),
    }[kind] as () => tf.layers.Layer;
    x = layer().apply(x) as tf.SymbolicTensor;
  }
  return seeded(tf.model({ inputs: input, outputs: layers.flatten().apply(x) as tf.SymbolicTensor }));
}

test('a 32 pixel window of VGG16 changes 36 of 224 cells, 22 of 112, 18 of 56 and 16 of 28', () => {
  const model = vgg16({ narrow: 64 });
  const graph = graphOf(model);
  const sizes = new Map(graph.shapes.map((shape, id) => [id, shape.slice(1) as MapSize]));
  const steps = sized(leading(graph, graph.steps), sizes);
  const columns = new Spans(steps, graph.input).columns({ top: 0, bottom: 224, left: 96, right: 128 });
  const cells = (layer: string): number => {
    const { end, start } = columns[steps.find(({ step }) => step.layer === layer)!.step.outputs[0]];
    return end - start;
  };
  assert.equal(['block1_conv2', 'block2_conv2', 'block3_conv3', 'block4_conv3', 'block5_conv3'].map(cells), [36, 22, 18, 16, 14]);
  model.dispose();
});

test('a plain run says why it is one', async () => {
  await useBackend('cpu');
  const everything = [{ top: 0, left: 0, bottom: 19, right: 16 }];
  const corner = [{ top: 0, left: 0, bottom: 3, right: 3 }];
  const kind: Kind = { kind: 'conv', size: [3, 3], strides: 1, dilation: 1, same: true };
  assert.equal(agrees(sliding(19, 16, [kind]), everything, [{}]), ['plain batches: windows would save nothing']);
  const model = seeded(tf.sequential({ layers: [layers.upSampling2d({ name: 'up', inputShape: [19, 16, 1] }), layers.flatten()] }));
  assert.equal(agrees(model, corner, [{}]), ['plain batches: no window rule for up (UpSampling2D)']);
  assert.match(agrees(squeezed(), corner, [forced(20, 1)])[0], /^windows up to gate, then full maps$/);
});

test('a place inside the network is read from windows too, and a failure leaves no tensor behind', async () => {
  await useBackend('cpu');
  const model = residual();
  const graph = graphOf(model);
  const x = noiseTensor([1, 13, 10, 3], 3) as tf.Tensor4D;
  const value = graph.steps.find((step) => step.layer === 'sum_relu')!.outputs[0];
  const windows = rectangles(13, 10).slice(3);
  const hidden = noise(x.size, 5);
  prepareFused(graph);
  const before = tf.memory().numTensors;
  const windowed = new WindowedForward(graph, x, value, windows, { ...forced(20, 2), batchSize: 3 });
  for (const round of windowed.rounds()) {
    assert.ok(round.flat().length <= 3, 'batchSize holds for what runs together');
    for (const batch of round) windowed.finish([windowed.features(batch, hidden)]).dispose();
  }
  assert.throws(() => windowed.features(windows.slice(0, 2), undefined as never));
  windowed.dispose();
  assert.throws(() => new WindowedForward(graph, x, value, windows, { plan: () => { throw new Error('no plan'); } }), 'no plan');
  assert.is(tf.memory().numTensors, before);
  graph.derived.dispose();
  x.dispose();
  model.dispose();
});

test.run();
