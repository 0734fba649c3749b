import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cropBox, cropOf, paddingColour } from '../../../src/features/crops/cropOf';
import { fieldFor } from '../../../src/features/crops/fieldFor';
import { Image } from '../../../src/image/image';
import { findLayer } from '../../../src/model/layers';
import type { AxisField } from '../../../src/model/receptive/field';
import { arithmetic, classifier } from '../../helpers/models';

/** An axis whose cells look at `size` pixels, `jump` apart, of an image of `length`. */
const axis = (size: number, jump: number, offset: number, length: number, cells: number): AxisField => ({
  size,
  jump,
  offset,
  spans: Array.from({ length: cells }, (_, cell) => ({ start: Math.max(0, offset + cell * jump), end: Math.min(length, offset + cell * jump + size) })),
});
const both = (one: AxisField) => ({ rows: one, columns: one });
const of = (width: number, height: number): Image => new Image(width, height, Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : Math.floor(at / 4))), 'numbers');
const greys = ({ data }: { data: Uint8ClampedArray }): number[] => [...data].filter((_, at) => at % 4 === 0);

test('a crop is the field of its cell, row by row', () => {
  const { pixels, box } = cropOf(of(4, 4), { rows: axis(2, 1, 0, 4, 3), columns: axis(2, 2, 0, 4, 2) }, [2, 1]);
  assert.equal(box, { x: 2, y: 2, width: 2, height: 2 });
  assert.equal(greys(pixels), [10, 11, 14, 15]);
});

test('what lies in the padding is part of it, and grey', () => {
  const { pixels, box } = cropOf(of(4, 4), both(axis(3, 1, -1, 4, 4)), [0, 3]);
  assert.equal(box, { x: 2, y: -1, width: 3, height: 3 });
  const pad = paddingColour[0];
  assert.equal(greys(pixels), [pad, pad, pad, 2, 3, pad, 6, 7, pad]);
});

test('a field larger than the image is cut to its size, and holds all that the cell sees', () => {
  // The fields are rows -5 to 5 and -1 to 9 of an image of 8.
  const wide = both(axis(10, 4, -5, 8, 2));
  assert.equal(cropBox(wide, [0, 1], of(8, 8)), { x: 0, y: -3, width: 8, height: 8 });
  const all = both(axis(30, 4, -11, 8, 2));
  assert.equal(cropBox(all, [1, 0], of(8, 8)), { x: 0, y: 0, width: 8, height: 8 });
});

test('a side of its own is about the middle of the field', () => {
  assert.equal(cropBox(both(axis(10, 4, -5, 8, 2)), [0, 1], of(8, 8), 4), { x: 2, y: -2, width: 4, height: 4 });
  // No larger than the field itself.
  assert.equal(cropBox(both(axis(3, 1, 0, 8, 6)), [1, 1], of(8, 8), 7), { x: 1, y: 1, width: 3, height: 3 });
});

test('the pixels can have a size of their own', () => {
  const fields = { rows: axis(2, 1, 0, 4, 3), columns: axis(4, 1, 0, 4, 1) };
  const { pixels, box } = cropOf(of(4, 4), fields, [0, 0], { size: 8 });
  assert.equal([pixels.width, pixels.height, box.width, box.height], [8, 4, 4, 2]);
});

test('a layer without a grid sees the whole image', () => {
  const model = classifier(arithmetic());
  const conv = fieldFor(model, findLayer(model.graph, 'conv'));
  assert.equal(cropBox(conv, [1, 0], of(3, 3)), { x: 0, y: 1, width: 2, height: 2 });
  const scores = fieldFor(model, findLayer(model.graph, 'scores'));
  assert.equal(scores.map, [1, 1, 2]);
  assert.equal(cropBox(scores, [0, 0], of(3, 3)), { x: 0, y: 0, width: 3, height: 3 });
});

test.run();
