import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { channelStats } from '../../src/features/channelStats';
import { outputOf } from '../helpers/outputs';

test('mean, ends, variance and share of zeros of each channel', () => {
  // Channel 0: 0, 2, 4, 6; channel 1: -1 everywhere.
  const stats = channelStats(outputOf([2, 2, 2], [0, -1, 2, -1, 4, -1, 6, -1]));
  assert.equal([...stats.mean], [3, -1]);
  assert.equal([...stats.min], [0, -1]);
  assert.equal([...stats.max], [6, -1]);
  assert.equal([...stats.variance], [5, 0]);
  assert.equal([...stats.zeros], [0.25, 0]);
  assert.equal(stats.dead, []);
});

test('a channel that is 0 everywhere is dead, one that is constant is not', () => {
  assert.equal(channelStats(outputOf([1, 2, 3], [0, 1, 0, 0, 1, 3])).dead, [0]);
});

test('a small variance beside a great mean is kept', () => {
  assert.equal([...channelStats(outputOf([1, 2, 1], [16777214, 16777216])).variance], [1]);
});

test('what is no finite number is left out and counted', () => {
  const stats = channelStats(outputOf([1, 3, 2], [1, NaN, Infinity, NaN, 3, NaN]));
  assert.equal([...stats.mean], [2, 0]);
  assert.equal([stats.broken, stats.dead, stats.max[0], stats.max[1]], [4, [], 3, NaN]);
});

test('a layer without a grid has one value to a channel', () => {
  const stats = channelStats(outputOf([3], [0, 5, -2]));
  assert.equal([[...stats.mean], [...stats.variance], stats.dead], [[0, 5, -2], [0, 0, 0], [0]]);
});

test.run();
