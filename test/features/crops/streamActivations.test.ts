import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { streamActivations } from '../../../src/features/crops/streamActivations';
import type { ImageCollection, Unreadable } from '../../../src/image/collection';
import { Image } from '../../../src/image/image';
import { findLayer } from '../../../src/model/layers';
import { arithmetic, classifier } from '../../helpers/models';
import { noLeak } from '../../helpers/noLeak';

test.before(async () => void (await ready()));

const grey = (value: number): Image => new Image(3, 3, Uint8ClampedArray.from({ length: 36 }, (_, at) => (at % 4 === 3 ? 255 : value)), `grey ${value}`);
/** Images of one grey each; NaN cannot be read. */
const greys = (values: number[]): ImageCollection => ({
  name: 'greys',
  entries: values.map((value, at) => ({ name: String(at), stamp: String(at), load: async () => (Number.isNaN(value) ? Promise.reject(new Error('broken')) : grey(value)) })),
});

/** What the convolution's first channel put out at its first cell, for each image; the kernel sums to 10. */
async function first(values: number[], options: { batchSize?: number; from?: number; stopAfter?: number } = {}): Promise<{ found: number[]; places: number[]; batches: number[]; told: Unreadable[]; done: number; advances: number[] }> {
  const model = classifier(arithmetic());
  const control = new AbortController();
  const [found, places, batches, told, advances]: [number[], number[], number[], Unreadable[], number[]] = [[], [], [], [], []];
  const job = { signal: control.signal, advance: async (count: number) => void advances.push(count) };
  const done = await noLeak(() =>
    streamActivations(model, greys(values), [findLayer(model.graph, 'conv').value], { job, broken: (each) => told.push(each), ...options }, ({ outputs: [output], places: at, images, entries }) => {
      const data = output.dataSync();
      assert.is(images.length, entries.length);
      at.forEach((_, row) => found.push(data[(row * data.length) / at.length]));
      places.push(...at);
      batches.push(at.length);
      if (batches.length === options.stopAfter) control.abort();
    }),
  );
  model.dispose();
  return { found, places, batches, told, done, advances };
}

test('every image is seen once, in order, whatever the batches', async () => {
  for (const batchSize of [undefined, 1, 2, 3, 7]) {
    const { found, places, batches, done } = await first([1, 2, 3, 4, 5], { batchSize });
    assert.equal(found, [10, 20, 30, 40, 50]);
    assert.equal(places, [0, 1, 2, 3, 4]);
    assert.is(done, 5);
    if (batchSize) assert.is(batches[0], Math.min(5, batchSize));
  }
});

test('those that cannot be read are told, and counted as done', async () => {
  const { found, places, told, done, advances } = await first([NaN, 2, NaN, 4, NaN], { batchSize: 2 });
  assert.equal(found, [20, 40]);
  assert.equal(places, [1, 3]);
  assert.equal(told.map(({ name, reason }) => [name, reason]), [['0', 'broken'], ['2', 'broken'], ['4', 'broken']]);
  assert.is(done, 5);
  assert.is(advances.at(-1), 5);
});

test('stopped, it tells where to go on from', async () => {
  const { found, done } = await first([1, 2, 3, 4, 5], { batchSize: 2, stopAfter: 1 });
  assert.equal(found, [10, 20]);
  assert.is(done, 2);
  assert.equal((await first([1, 2, 3, 4, 5], { batchSize: 2, from: done })).found, [30, 40, 50]);
});

test('no more images are read than are at work, however many there are', async () => {
  const model = classifier(arithmetic());
  let [read, ahead] = [0, 0];
  const entries = Array.from({ length: 60 }, (_, at) => ({ name: String(at), stamp: '', load: async () => (read++, grey(at)) }));
  const job = { signal: new AbortController().signal, advance: async () => {} };
  await streamActivations(model, { name: 'many', entries }, [findLayer(model.graph, 'conv').value], { job, broken: () => {} }, ({ places, images }) => {
    assert.ok(images.length <= 8);
    ahead = Math.max(ahead, read - places[places.length - 1] - 1);
  });
  assert.is(read, 60);
  assert.ok(ahead <= 1, `${ahead} read ahead`);
  model.dispose();
});

test('none that can be read is no batch', async () => {
  const { batches, told, done } = await first([NaN, NaN]);
  assert.equal([batches, told.length, done], [[], 2, 2]);
});

test.run();
