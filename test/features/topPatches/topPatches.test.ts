import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready, useBackend } from '../../../src/backend';
import { topPatches, type TopPatchesOptions } from '../../../src/features/topPatches/topPatches';
import type { Patch, TopPatches } from '../../../src/features/topPatches/result';
import { encode } from '../../../src/image/canvas';
import type { ImageCollection, ImagesSource } from '../../../src/image/collection';
import type { Image } from '../../../src/image/image';
import { Classifier } from '../../../src/model/classifier';
import { backends } from '../../helpers/backends';
import { dot, nine } from '../../helpers/dots';
import { arithmetic, classifier, mixed, nested, residual } from '../../helpers/models';
import { messageOf, noLeak } from '../../helpers/noLeak';

test.before(async () => void (await ready()));
const root = mkdtempSync(path.join(tmpdir(), 'convlens-patches-'));
test.after(() => rmSync(root, { recursive: true }));

const model = classifier(arithmetic(), ['up', 'down']);
const find = (images: ImagesSource, options: TopPatchesOptions = {}, by = model): Promise<TopPatches> => noLeak(() => topPatches(by, images, { layer: by === model ? 'conv' : undefined, onProgress: null, ...options }));
const facts = (patches: readonly Patch[]): unknown[] => patches.map(({ image, value, cell }) => [image, Math.round(value * 1000) / 1000, ...cell]);
const greys = ({ pixels }: Patch): number[] => [...pixels.data].filter((_, at) => at % 4 === 0);

// The kernel is 1, 2, 3, 4, row by row: a cell whose lower right pixel is lit puts out 4 times its value.
const dots = [dot(2, 2, 10), dot(0, 0, 30), dot(1, 1, 5), dot(0, 2, 20)];

test('the strongest cell of each image, the strongest image first, with what it looks at', async () => {
  const found = await find(dots);
  const { patches, fired, maxima } = found.get(0);
  // (0, 2) lies at the upper right of the one cell that sees it.
  assert.equal(facts(patches), [['dot 2 2 10', 40, 1, 1], ['dot 0 2 20', 40, 0, 1], ['dot 0 0 30', 30, 0, 0], ['dot 1 1 5', 20, 0, 0]]);
  assert.equal(patches.map(({ box }) => box), [{ x: 1, y: 1, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 }, { x: 0, y: 0, width: 2, height: 2 }, { x: 0, y: 0, width: 2, height: 2 }]);
  assert.equal(patches.map(greys), [[0, 0, 0, 10], [0, 20, 0, 0], [30, 0, 0, 0], [0, 0, 0, 5]]);
  assert.equal([...maxima].map(Math.round), [40, 30, 20, 40]);
  assert.is(fired, 1);
  assert.equal([found.field, found.map, found.images], [[2, 2], [2, 2], 4]);
});

test('a channel that never fires has no patches, and says so', async () => {
  const found = await find(dots);
  const { patches, fired, maxima } = found.get(1);
  assert.equal([patches.length, fired, [...maxima]], [0, 0, [0, 0, 0, 0]]);
  assert.match(String(found), 'channel 1: never above 0, fired on 0 % of the images');
});

test('the same on every backend', async () => {
  for (const backend of backends) {
    await useBackend(backend);
    const net = classifier(arithmetic());
    const found = await find(dots, { layer: 'conv', least: true }, net);
    assert.equal(facts(found.get(0).patches), [['dot 2 2 10', 40, 1, 1], ['dot 0 2 20', 40, 0, 1], ['dot 0 0 30', 30, 0, 0], ['dot 1 1 5', 20, 0, 0]], backend);
    assert.is(found.get(1).least?.length, 4, backend);
    assert.is(found.backend, backend);
    net.dispose();
  }
  await useBackend(backends[0]);
});

test('no more than count, and the same whatever the batches', async () => {
  for (const batchSize of [undefined, 1, 3]) {
    const { patches } = (await find(dots, { count: 2, batchSize })).get(0);
    assert.equal(facts(patches), [['dot 2 2 10', 40, 1, 1], ['dot 0 2 20', 40, 0, 1]]);
  }
});

test('an image may give several, half a crop apart', async () => {
  const lit = nine([9, 9, 9, 9, 9, 9, 9, 9, 9], 'lit');
  const one = (await find([lit, dot(0, 0, 30)], { perImage: 4 })).get(0).patches;
  // Cells are one pixel apart, and crops are two wide: all four are far enough.
  assert.equal(facts(one), [['lit', 90, 0, 0], ['lit', 90, 0, 1], ['lit', 90, 1, 0], ['lit', 90, 1, 1], ['dot 0 0 30', 30, 0, 0]]);
  assert.is((await find([lit], { perImage: 1 })).get(0).patches.length, 1);
});

test('the least are ranked by what comes before the ReLU', async () => {
  const found = await find(dots, { least: true });
  const { least } = found.get(1);
  assert.equal(facts(least as Patch[]), [['dot 2 2 10', -40, 1, 1], ['dot 0 2 20', -40, 0, 1], ['dot 0 0 30', -30, 0, 0], ['dot 1 1 5', -20, 0, 0]]);
  assert.ok(found.beforeRelu);
  // The first channel never falls below 0: a cell where it is silent is no patch.
  assert.equal(facts(found.get(0).least as Patch[]), [['dot 1 1 5', 5, 1, 1]]);
});

test('what a ReLU6 makes equal is ranked by what comes before it', async () => {
  const { layers } = tf;
  const capped = tf.sequential({ layers: [layers.conv2d({ name: 'conv', inputShape: [3, 3, 1], filters: 1, kernelSize: 1, activation: 'relu6', kernelInitializer: 'ones' }), layers.flatten(), layers.dense({ units: 2 })] });
  const { patches } = (await find([dot(0, 0, 7), dot(1, 1, 9), dot(2, 2, 8), dot(0, 1, 3)], { layer: 'conv' }, classifier(capped))).get(0);
  assert.equal(facts(patches), [['dot 1 1 9', 6, 1, 1], ['dot 2 2 8', 6, 2, 2], ['dot 0 0 7', 6, 0, 0], ['dot 0 1 3', 3, 0, 1]]);
});

test('a folder: labels are its sub-folders, broken images are told', async () => {
  const place = path.join(root, 'pets');
  for (const [file, image] of [['cat/a.png', dot(2, 2, 10)], ['dog/b.png', dot(0, 0, 30)]] as const) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), encode(image, 'png'));
  }
  writeFileSync(path.join(place, 'cat/broken.png'), 'no picture');
  const record = await find(place, { channel: 0 });
  assert.equal(record.channels[0].patches.map(({ image, label, at }) => [image, label, at]), [['cat/a.png', 'cat', 0], ['dog/b.png', 'dog', 2]]);
  assert.equal(record.broken.map(({ name }) => name), ['cat/broken.png']);
  assert.equal([record.images, record.collection], [2, 'pets']);
});

test('two images, one image, none', async () => {
  assert.is((await find([dots[0], dots[1]])).get(0).patches.length, 2);
  assert.is((await find(dots[0] as never)).get(0).patches.length, 1);
  assert.is(await messageOf(() => topPatches(model, [])), 'topPatches needs at least one image, got none in a list of images');
  const place = path.join(root, 'all broken');
  mkdirSync(place);
  writeFileSync(path.join(place, 'x.png'), 'no picture');
  assert.match(await messageOf(() => topPatches(model, place, { onProgress: null })), /^topPatches could read none of the 1 images of all broken; the first: x\.png: /);
});

test('a layer without a grid sees the whole image; its units are classes', async () => {
  const record = await find(dots, { layer: 'scores', channels: [1, 0] });
  assert.equal(record.channels.map(({ label }) => label), ['down', 'up']);
  assert.equal(record.channels[1].patches[0].box, { x: 0, y: 0, width: 3, height: 3 });
  assert.equal(record.channels[1].patches[0].cell, [0, 0]);
  const pooled = await find(dots, { layer: 'pool' });
  assert.equal(facts(pooled.get(0).patches), [['dot 1 1 5', 12.5, 0, 0], ['dot 2 2 10', 10, 0, 0], ['dot 0 2 20', 10, 0, 0], ['dot 0 0 30', 7.5, 0, 0]]);
});

test('every kind of layer gives patches of its field', async () => {
  for (const net of [residual(), mixed(), nested()]) {
    const by = classifier(net);
    const [height, width, depth] = by.inputShape;
    const images = [1, 2, 3].map((seed) => noisy(width, height, seed));
    for (const layer of by.layers().names) {
      if (depth === 2) break;
      const record = await find(images, { layer, channels: [0] }, by);
      for (const { box, pixels } of record.channels[0].patches) {
        assert.ok(box.width <= width && box.height <= height, layer);
        assert.is(Math.round((box.width / box.height) * 10), Math.round((pixels.width / pixels.height) * 10), layer);
      }
    }
    by.dispose();
  }
});

/** An image with a different colour at every pixel. */
function noisy(width: number, height: number, seed: number): Image {
  const image = dot(0, 0, 0, `noise ${seed}`).fitTo(height, width);
  for (let at = 0; at < image.data.length; at++) if (at % 4 < 3) image.data[at] = (at * 97 * seed) % 256;
  return image;
}

test('a side of its own, and no padding, on request', async () => {
  const padded = classifier(residual());
  const image = noisy(10, 13, 5);
  const small = (await find([image], { layer: 'sum_relu', side: 3, channel: 0 }, padded)).get(0).patches[0];
  assert.equal([small.box.width, small.box.height], [3, 3]);
  const inside = (await find([image], { layer: 'stem_relu', padding: false, channel: 2 }, padded)).get(2).patches;
  for (const { box } of inside) assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 10 && box.y + box.height <= 13);
  assert.match(await messageOf(() => topPatches(padded, [image], { layer: 'separable', padding: false, onProgress: null })), /^every cell of layer "separable" looks into the padding/);
});

test('stopped, it keeps what it has; stopped at once, it says so', async () => {
  const control = new AbortController();
  const slow: ImageCollection = { name: 'slow', entries: dots.map((image, at) => ({ name: image.name, stamp: String(at), load: async () => (at === 3 && control.abort(), image) })) };
  const record = await find(slow, { batchSize: 1, signal: control.signal });
  assert.ok(record.images > 0 && record.images < 4);
  assert.is(record.note, `stopped after ${record.images} of 4 images`);
  assert.ok(record.channels[0].patches.length === record.images);
  const early = new AbortController();
  early.abort();
  assert.match(await messageOf(() => topPatches(model, dots, { signal: early.signal, onProgress: null })), 'top patches');
});

test('values that are not finite are left out', async () => {
  const odd = new Classifier(arithmetic(), { name: 'odd', preprocess: (pixels) => tf.mul(tf.mean(pixels, 2, true), tf.cast(tf.greater(tf.max(pixels), 25), 'float32')).div(tf.cast(tf.less(tf.max(pixels), 15), 'float32').neg().add(1)) as tf.Tensor3D });
  const { patches, maxima } = (await find([dot(2, 2, 10), dot(0, 0, 30)], { layer: 'conv' }, odd)).get(0);
  assert.equal(patches.map(({ image }) => image), ['dot 0 0 30']);
  assert.ok(Number.isNaN(maxima[0]));
});

test('wrong options are told in a line', async () => {
  const message = (options: object): Promise<string> => messageOf(() => topPatches(model, dots, options));
  assert.is(await message({ layer: 'conv', channel: 2 }), 'channel of layer "conv" must be a whole number from 0 to 1, got 2');
  assert.is(await message({ layer: 'conv', channels: [0, -1] }), 'channel of layer "conv" must be a whole number from 0 to 1, got -1');
  assert.is(await message({ layer: 'konv' }), 'no layer "konv"; did you mean "conv"?');
  assert.is(await message({ channels: [] }), 'channels must be a list of numbers from 0 to 1, got []');
  assert.is(await message({ channel: 0, channels: [1] }), 'give channel or channels, not both');
  assert.is(await message({ count: 0 }), 'count must be a whole number of at least 1, got 0');
  assert.is(await message({ chanel: 0 }), 'topPatches has no option "chanel"; did you mean "channel"?');
  assert.is(await messageOf(() => topPatches(dots as never, model as never)), 'topPatches takes a model from cl.loadModel first, got [an Image, an Image, an Image, an Image]');
  assert.is(await messageOf(() => topPatches(model, 7 as never)), 'topPatches takes images as a folder, a list or a collection, got 7');
});

test('it is JSON without the pixels', async () => {
  const plain = JSON.parse(JSON.stringify(await find(dots)));
  assert.equal(plain.channels[0].patches[0], { image: 'dot 2 2 10', at: 0, value: plain.channels[0].patches[0].value, cell: [1, 1], box: { x: 1, y: 1, width: 2, height: 2 } });
  assert.is(plain.channels[0].maxima.length, 4);
});

test.run();
