import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { type Cell, lattice, nearestCell } from '../../../src/features/effective/cells';
import { effectiveFields } from '../../../src/features/effective/effectiveField';
import { massBox } from '../../../src/features/effective/massBox';
import type { ReceptiveField } from '../../../src/model/receptive/field';
import { receptiveFields } from '../../../src/model/receptive/receptiveField';
import { close } from '../../helpers/close';
import { arithmetic, classifier, noiseTensor, residual } from '../../helpers/models';
import { noLeak } from '../../helpers/noLeak';

test.before(async () => void (await ready()));

const axis = (size: number, jump: number, offset: number): ReceptiveField['rows'] => ({ size, jump, offset, spans: [] });
const square = { rows: axis(5, 1, 0), columns: axis(5, 1, 0) };

const fieldOf = (model: ReturnType<typeof classifier>, layer: string): ReceptiveField => receptiveFields(model.graph, model.inputShape).find((field) => field.layer === layer) as ReceptiveField;

// Rings of 60, 32 and 16 around the middle.
const rings = Float32Array.from([1, 1, 1, 1, 1, 1, 4, 4, 4, 1, 1, 4, 60, 4, 1, 1, 4, 4, 4, 1, 1, 1, 1, 1, 1]);

test('the box that holds a share is the smallest one about the centre of the field', () => {
  assert.equal(massBox(rings, 5, square, [0, 0], 0.5), { top: 2, left: 2, bottom: 3, right: 3, share: 60 / 108 });
  assert.equal(massBox(rings, 5, square, [0, 0], 0.56), { top: 1, left: 1, bottom: 4, right: 4, share: 92 / 108 });
  assert.equal(massBox(rings, 5, square, [0, 0], 0.95), { top: 0, left: 0, bottom: 5, right: 5, share: 1 });
});

test('it is clipped to the image, and as much wider than high as the field', () => {
  // Cell (0, 1) is centred on row 0.5, column 4.5: 5 of the field's 9 columns reach the 6 at column 2.
  const map = Float32Array.from([0, 2, 6, 2, 0, 0]);
  const field = { rows: axis(3, 1, -1), columns: axis(9, 1, -1) };
  assert.equal(massBox(map, 6, field, [0, 1], 0.5), { top: 0, left: 2, bottom: 1, right: 6, share: 0.8 });
});

test('a map of zeros has no box', () => {
  assert.is(massBox(new Float32Array(25), 5, square, [0, 0]), null);
});

test('the gradient of a cell is the kernel at its place; the mean over channels of opposite signs is nothing', async () => {
  const model = classifier(arithmetic());
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  await noLeak(async () => {
    const field = fieldOf(model, 'conv');
    const of = (cells: Cell[], channel?: number) => [...effectiveFields(model.graph, x, field, cells, channel)].flat();
    const [upper, lower] = of([[0, 0], [1, 1]], 0);
    assert.equal([...upper.map], [1, 2, 0, 3, 4, 0, 0, 0, 0]);
    assert.equal([...lower.map], [0, 0, 0, 0, 1, 2, 0, 3, 4]);
    assert.equal(lower.box, { top: 1, left: 1, bottom: 3, right: 3, share: 1 });
    // The second channel is negative before its ReLU.
    const [off] = of([[0, 1]], 1);
    assert.equal([off.box, Math.max(...off.map)], [null, 0]);
    const [mean] = of([[0, 0]]);
    assert.equal([...mean.map], [0.5, 1, 0, 1.5, 2, 0, 0, 0, 0]);
  });
  x.dispose();
  model.dispose();
});

test('cells in one batch have the fields that they have alone, and nothing lies outside the theoretical box', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3], 5);
  const field = fieldOf(model, 'sum');
  const cells = lattice(field.map, 3);
  const together = [...effectiveFields(model.graph, x, field, cells, 2)].flat();
  assert.equal(together.map(({ cell }) => cell), cells);
  cells.forEach((cell, at) => {
    const [[alone]] = [...effectiveFields(model.graph, x, field, [cell], 2)];
    close(together[at].map, alone.map);
    const [rows, columns] = [field.rows.spans[cell[0]], field.columns.spans[cell[1]]];
    const outside = alone.map.filter((value, pixel) => value && !(Math.floor(pixel / 10) >= rows.start && Math.floor(pixel / 10) < rows.end && pixel % 10 >= columns.start && pixel % 10 < columns.end));
    assert.is(outside.length, 0);
  });
  x.dispose();
  model.dispose();
});

test('a lattice is spread evenly, and has every cell of a small map', () => {
  assert.equal(lattice([14, 7], 5).filter(([row]) => row === 1).map(([, column]) => column), [0, 2, 3, 4, 6]);
  assert.equal(lattice([14, 7], 5).filter(([, column]) => column === 0).map(([row]) => row), [1, 4, 7, 9, 12]);
  assert.is(lattice([2, 3], 5).length, 6);
  assert.is(nearestCell(lattice([14, 14], 5), [0, 13]), 4);
});

test.run();
