import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Image, type Fit } from '../../src/image/image';

// Six pixels wide, two high: a column of its own grey at each end.
const marked = (fit: Fit): Image => {
  const row = [10, 100, 100, 100, 100, 200];
  return new Image(6, 2, new Uint8ClampedArray([...row, ...row].flatMap((grey) => [grey, grey, grey, 255])), 'marked', fit);
};
const at = (image: Image, x: number, y: number): number[] => Array.from(image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 3));

test('crop takes the centre and drops the ends', () => {
  const square = marked('crop').fitTo(2, 2);
  assert.is(square.width, 2);
  assert.equal(Array.from(square.data), Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 255 : 100)));
  assert.equal(marked('crop').seen(2, 2), { x: 2, y: 0, width: 2, height: 2 });
});

test('crop of a tall target keeps the whole height', () => {
  assert.equal(marked('crop').seen(4, 2), { x: 2.5, y: 0, width: 1, height: 2 });
});

test('stretch keeps the ends', () => {
  const square = marked('stretch').fitTo(6, 6);
  assert.equal(at(square, 0, 0), [10, 10, 10]);
  assert.equal(at(square, 5, 5), [200, 200, 200]);
});

test('pad keeps proportions between bars', () => {
  const square = marked('pad').fitTo(6, 6);
  assert.equal(at(square, 0, 0), [124, 116, 104]);
  assert.equal(at(square, 0, 2), [10, 10, 10]);
  assert.equal(at(square, 5, 3), [200, 200, 200]);
  assert.equal(at(square, 0, 5), [124, 116, 104]);
});

test('fitTo gives the same image at its own size, and is opaque', () => {
  const image = marked('crop');
  assert.is(image.fitTo(2, 6), image);
  for (const fit of ['crop', 'stretch', 'pad'] as const) {
    const { data } = marked(fit).fitTo(5, 3);
    for (let alpha = 3; alpha < data.length; alpha += 4) assert.is(data[alpha], 255);
  }
});

test('an image tells what is wrong with its sizes', () => {
  const make = (width: number, height: number, bytes: number) => () => new Image(width, height, new Uint8ClampedArray(bytes));
  assert.throws(make(0, 0, 0), 'an image needs at least one pixel, got 0 x 0');
  assert.throws(make(NaN, 2, 8), 'an image needs at least one pixel, got NaN x 2');
  assert.throws(make(2, 2, 5), 'image data of 2 x 2 must have 16 bytes (RGBA), got 5');
  assert.throws(() => marked('crop').fitTo(0, 4), 'height must be a whole number of at least 1, got 0');
  assert.throws(() => new Image(1, 1, new Uint8ClampedArray(4), 'x', 'zoom' as Fit), 'fit must be crop, stretch or pad, got "zoom"');
});

test('an image prints its name and size', () => {
  assert.is(String(marked('pad')), 'marked: 6 x 2 image, fit pad');
  assert.is(JSON.stringify(marked('pad')), '{"name":"marked","width":6,"height":2,"fit":"pad"}');
});

test.run();
