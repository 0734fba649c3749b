import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkRange, normalize, valueRange } from '../../src/figure/normalize';

const of = (...values: number[]): Float32Array => Float32Array.from(values);

test('a positive range runs from 0 to the greatest value', () => {
  assert.equal(valueRange(of(-5, 1, 2), 'positive'), [0, 2]);
});

test('an absolute range counts negative values by their size', () => {
  assert.equal(valueRange(of(-5, 1, 2), 'absolute'), [0, 5]);
});

test('a signed range is symmetric about 0', () => {
  assert.equal(valueRange(of(-1, 0, 4), 'signed'), [-4, 4]);
});

test('one extreme value among many is clipped, a near one is not', () => {
  const many = new Float32Array(1000).fill(1);
  many[0] = 50;
  assert.equal(valueRange(many, 'positive'), [0, 1]);
  assert.equal(valueRange(many, 'positive', 100), [0, 50]);
  many[0] = 1.125;
  assert.equal(valueRange(many, 'positive'), [0, 1.125]);
});

test('clip is a percentile, interpolated', () => {
  assert.equal(valueRange(of(0, 1, 2, 3, 4), 'positive', 50), [0, 2]);
  assert.equal(valueRange(of(0, 1), 'positive', 25), [0, 0.25]);
});

test('a few bright pixels on nothing are still seen', () => {
  const values = new Float32Array(10_000);
  values[7] = 3;
  assert.equal(valueRange(values, 'positive'), [0, 3]);
});

test('nothing to show gives no range', () => {
  assert.equal(valueRange(of(0, 0), 'positive'), [0, 0]);
  assert.equal(valueRange(of(-1, -2), 'positive'), [0, 0]);
  assert.equal(valueRange(of(NaN), 'signed'), [0, 0]);
});

test('normalize maps the range to 0..1 and clips', () => {
  assert.equal([...normalize(of(-1, 0, 1, 2, 9), [0, 2], 'positive')], [0, 0, 0.5, 1, 1]);
  assert.equal([...normalize(of(-4, 0, 2), [-4, 4], 'signed')], [0, 0.5, 0.75]);
  assert.equal([...normalize(of(-4, 2), [0, 4], 'absolute')], [1, 0.5]);
});

test('normalize keeps NaN, and puts a flat map at the place of 0', () => {
  const [nan, one] = normalize(of(NaN, 1), [0, 1], 'positive');
  assert.ok(Number.isNaN(nan));
  assert.is(one, 1);
  assert.equal([...normalize(of(0, 0), [0, 0], 'positive')], [0, 0]);
});

test('options are checked', () => {
  assert.throws(() => valueRange(of(1), 'both' as 'signed'), 'sign must be positive, absolute or signed, got "both"');
  assert.throws(() => valueRange(of(1), 'signed', 0), 'clip must be a number from 1 to 100, got 0');
  assert.throws(() => checkRange([1, 1]), 'range must rise, got [1, 1]');
  assert.throws(() => checkRange(3), 'range must be [low, high], got 3');
  assert.throws(() => checkRange([0, NaN]), 'range high must be a finite number, got NaN');
});

test.run();
