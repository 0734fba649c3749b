import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PCA } from 'ml-pca';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { binned } from '../../../src/features/atlas/bin';
import { drawable, drawCells } from '../../../src/features/atlas/drawCells';
import { layOut, scaled } from '../../../src/features/atlas/layout';
import { Records } from '../../../src/features/atlas/records';
import { nearestByCosine } from '../../../src/features/atlas/reduce/neighbours';
import { along, principalAxes } from '../../../src/features/atlas/reduce/principalAxes';
import { meanTile, tileBox, tilePicture, TileSheet } from '../../../src/features/atlas/tiles';
import { noise } from '../../helpers/models';
import { noLeak } from '../../helpers/noLeak';

test.before(async () => void (await ready()));

/** Vectors that spread unequally. */
const vectors = (count: number, channels: number): Float32Array => noise(count * channels, 4).map((value, at) => value * (1 + 3 / (1 + (at % channels))) + (at % 3));

test('positions: different, the same for one name and seed, away from the edge where there is room', () => {
  const cells = drawCells([6, 5], 12, 1, 'a');
  assert.is(drawable([6, 5]), 12);
  assert.is(new Set(cells.map(String)).size, 12);
  assert.ok(cells.every(([row, column]) => row >= 1 && row <= 4 && column >= 1 && column <= 3));
  assert.equal(drawCells([6, 5], 12, 1, 'a'), cells);
  assert.not.equal(drawCells([6, 5], 12, 2, 'a'), cells);
  assert.not.equal(drawCells([6, 5], 12, 1, 'b'), cells);
  assert.is(drawable([3, 1]), 3);
  assert.equal(drawCells([1, 1], 4, 1, 'a'), [[0, 0]]);
  // Each is drawn equally often.
  const counts = new Map<string, number>();
  for (let at = 0; at < 3000; at++) for (const cell of drawCells([3, 1], 1, 0, `image ${at}`)) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 100, `${count}`);
});

test('principal axes are those of ml-pca, whether few channels or many', async () => {
  for (const channels of [3, 60]) {
    const data = vectors(200, channels);
    const blocks = () => [data.subarray(0, 80 * channels), data.subarray(80 * channels)];
    const found = await noLeak(async () => principalAxes(blocks, channels, 2, true));
    const rows = Array.from({ length: 200 }, (_, at) => [...data.subarray(at * channels, (at + 1) * channels)]);
    const known = new PCA(rows);
    found.shares.forEach((share, at) => assert.ok(Math.abs(share - known.getExplainedVariance()[at]) < 1e-3, `${share} ${known.getExplainedVariance()[at]}`));
    const places = along(found, data);
    const expected = known.predict(rows, { nComponents: 2 }).to2DArray();
    const sign = [0, 1].map((axis) => Math.sign(places[axis] * expected[0][axis]));
    expected.forEach((row, at) => row.forEach((value, axis) => assert.ok(Math.abs(places[at * 2 + axis] - sign[axis] * value) < 0.02, `${places[at * 2 + axis]} ${value}`)));
  }
});

test('without a mean taken away, products between vectors stay what they are', () => {
  const channels = 4;
  const data = vectors(50, channels);
  const axes = principalAxes(() => [data], channels, 4, false);
  const small = along(axes, data);
  const product = (values: Float32Array, width: number, a: number, b: number): number => Array.from({ length: width }, (_, at) => values[a * width + at] * values[b * width + at]).reduce((x, y) => x + y);
  for (const [a, b] of [[0, 1], [3, 40], [7, 7]]) assert.ok(Math.abs(product(data, channels, a, b) - product(small, 4, a, b)) < 1e-3);
});

test('the nearest by cosine are those of a search through all', async () => {
  const [size, dims, count] = [300, 5, 6];
  const data = vectors(size, dims);
  data.fill(0, 0, dims); // a dead one
  data.set(data.subarray(dims, 2 * dims), 2 * dims); // two that are alike
  const search = nearestByCosine(data, dims, count);
  let part = search.next();
  while (!part.done) part = search.next();
  const { indices, distances } = part.value;
  const of = (at: number): Float32Array => data.subarray(at * dims, (at + 1) * dims);
  const cosine = (a: number, b: number): number => {
    const [x, y] = [of(a), of(b)];
    const length = Math.hypot(...x) * Math.hypot(...y);
    return length ? x.reduce((sum, value, at) => sum + value * y[at], 0) / length : 0;
  };
  for (let at = 0; at < size; at++) {
    assert.is(indices[at][0], at);
    assert.is(distances[at][0], 0);
    const expected = Array.from({ length: size }, (_, other) => 1 - cosine(at, other)).filter((_, other) => other !== at).sort((a, b) => a - b);
    distances[at].slice(1).forEach((distance, rank) => assert.ok(Math.abs(distance - expected[rank]) < 1e-5, `${at}: ${distance} ${expected[rank]}`));
  }
  assert.is(indices[1][1], 2);
});

test('places are cut at percentiles and fill the square', () => {
  const line = Float32Array.from({ length: 404 }, (_, at) => (at % 2 ? 5 : at / 2));
  line[402] = 1e6;
  const places = scaled(line);
  const x = places.filter((_, at) => at % 2 === 0);
  assert.is(Math.min(...x), 0);
  assert.is(Math.max(...x), 1);
  assert.ok(Math.abs(x[100] - 0.46) < 0.02, `the far one does not squeeze the others: ${x[100]}`);
  assert.ok(places.every((value, at) => at % 2 === 0 || value === 0.5), 'what does not vary lies in the middle');
});

test('too many activations for UMAP are laid out by PCA, which says so', async () => {
  const block = vectors(1000, 3);
  const { facts, notes } = await layOut({ channels: 3, count: 31_000, blocks: () => Array<Float32Array>(31).fill(block) }, { layout: 'umap', nNeighbors: 5, minDist: 0.1, seed: 0, onProgress: null });
  assert.is(facts.kind, 'pca');
  assert.ok(Math.abs(facts.shares!.reduce((a, b) => a + b) - 1) < 0.5);
  assert.equal(notes, ['31,000 activations are too many for UMAP (at most 30,000): laid out by PCA; give fewer positions']);
});

test('cells hold the places inside them, the last one its edge too', () => {
  const bins = binned(Float32Array.from([0, 0, 1, 1, 0.99, 0.6, 0.2, 0.1]), 2, 1);
  assert.equal(bins, [{ row: 0, column: 0, members: [0, 3] }, { row: 1, column: 1, members: [1, 2] }]);
  assert.equal(binned(Float32Array.from([0, 0, 1, 1, 0.9, 0.9]), 2, 2).map(({ members }) => members), [[1, 2]]);
});

test('tiles: where they lie, and their mean', () => {
  const sheet = new TileSheet(2);
  for (let at = 0; at < 40; at++) sheet.add(new Uint8Array(12).fill(at * 5));
  const tiles = sheet.finished;
  assert.equal([tiles.sheet.width, tiles.sheet.height], [64, 4]);
  assert.equal(tileBox(tiles, 33), { x: 2, y: 2, width: 2, height: 2 });
  assert.equal([...tilePicture(tiles, 33).data], [165, 165, 165, 255, 165, 165, 165, 255, 165, 165, 165, 255, 165, 165, 165, 255]);
  assert.equal([...meanTile([Uint8Array.from([0, 10]), Uint8Array.from([3, 20])])], [2, 15]);
});

test('records come back as they were put in, in another process too', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convlens-records-'));
  const file = path.join(folder, 'x.samples');
  const shape = { positions: 2, channels: 3, classes: 2, tile: 1 };
  const record = (from: number) => ({
    cells: Uint16Array.from([from, 1, 2, 3]),
    vectors: Float32Array.from({ length: 6 }, (_, at) => from + at / 7),
    classes: Uint32Array.from([from, 70000]),
    attributions: Float32Array.from([from, -1, 2, 0.1]),
    crops: Uint8Array.from([1, 2, 3, 4, 5, from]),
  });
  try {
    const first = new Records(file, shape);
    first.add('a', record(1));
    first.add('b', record(2));
    first.close();
    const second = new Records(file, shape);
    assert.ok(second.has('a') && second.has('b') && !second.has('c'));
    assert.equal((['cells', 'vectors', 'classes', 'attributions', 'crops'] as const).map((name) => second.get('b', name)), Object.values(record(2)));
    assert.throws(() => second.get('c', 'cells'), /nothing is kept of the image "c"/);
    second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
