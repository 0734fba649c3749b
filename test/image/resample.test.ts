import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { enlarge, resample } from '../../src/image/resample';

const greys = (width: number, height: number, values: number[]) => ({ width, height, data: new Uint8ClampedArray(values.flatMap((value) => [value, value, value, 255])) });
const reds = ({ data }: { data: Uint8ClampedArray }): number[] => Array.from(data).filter((_, at) => at % 4 === 0);
const whole = { x: 0, y: 0, width: 4, height: 1 };

test('resample gives the same pixels at the same size', () => {
  assert.equal(reds(resample(greys(4, 1, [10, 20, 30, 40]), whole, 4, 1)), [10, 20, 30, 40]);
});

test('resample weights by distance when it halves', () => {
  // Triangle of reach 2 about 1: distances .5 .5 1.5 -> weights 3 3 1, on the other side cut off by the edge.
  assert.equal(reds(resample(greys(4, 1, [0, 70, 140, 210]), whole, 2, 1)), [50, 160]);
});

test('resample is bilinear when it enlarges', () => {
  assert.equal(reds(resample(greys(2, 1, [0, 100]), { x: 0, y: 0, width: 2, height: 1 }, 4, 1)), [0, 25, 75, 100]);
});

test('resample takes only its box', () => {
  assert.equal(reds(resample(greys(4, 1, [0, 70, 140, 210]), { x: 1, y: 0, width: 2, height: 1 }, 2, 1)), [70, 140]);
});

test('resample makes fine stripes grey instead of aliasing them', () => {
  const stripes = greys(100, 100, Array.from({ length: 10_000 }, (_, at) => (at % 2 ? 255 : 0)));
  for (const red of reds(resample(stripes, { x: 0, y: 0, width: 100, height: 100 }, 21, 21))) assert.ok(Math.abs(red - 127.5) < 20, `${red}`);
});

test('enlarge repeats pixels', () => {
  assert.equal(reds(enlarge(greys(2, 1, [1, 2]), 2)), [1, 1, 2, 2, 1, 1, 2, 2]);
});

test.run();
