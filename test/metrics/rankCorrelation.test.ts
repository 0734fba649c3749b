import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Attributions } from '../../src/attribution/attributions';
import { agreement, rankCorrelation } from '../../src/metrics/rankCorrelation';
import { Ranks } from '../../src/metrics/ranks';
import { mapOf } from '../helpers/maps';

const line = (...values: number[]) => mapOf(values, values.length, 1);
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

test('equal values share the mean of their ranks, as in scipy.stats.rankdata', () => {
  const values = [0, 0, 0, 1, 2, 2, 3, 5, 5, 5, 5, 9];
  assert.equal([...new Ranks(Float32Array.from(values)).ranks()], [2, 2, 2, 4, 5.5, 5.5, 7, 9.5, 9.5, 9.5, 9.5, 12]);
  assert.equal([...new Ranks(Float32Array.of(3, NaN, -Infinity, 3, 0)).ranks()], [3.5, NaN, 1, 3.5, 2]);
});

test('the numbers of scipy.stats.spearmanr', () => {
  near(rankCorrelation(line(1, 2, 3, 4, 5), line(5, 6, 7, 8, 7)), 0.8207826816681233);
  near(rankCorrelation(line(0, 0, 0, 1, 2, 2, 3, 5, 5, 5, 5, 9), line(1, 0, 2, 2, 2, 4, 3, 3, 8, 7, 7, 7)), 0.8777898419292111);
  const [signed, other] = [line(-3, 0, 2, -1, 0, 4, 4, -5), line(2, 1, 1, 0, 0, 3, 9, 1)];
  near(rankCorrelation(signed, other), 0.490768436777046);
  near(rankCorrelation(signed, other, { abs: true }), 0.6522871628049347);
  near(rankCorrelation(line(1, 2, NaN, 4, 0, 7), line(2, 2, 1, NaN, 1, 3)), 0.9486832980505139);
  const many = (of: (at: number) => number) => line(...Array.from({ length: 5000 }, (_, at) => of(at)));
  const rising = many((at) => ((at * at) % 89) + ((at * 37) % 101) * 0.5);
  near(rankCorrelation(many((at) => (at * 37) % 101), rising), 0.4437175573625295);
  near(rankCorrelation(many((at) => Math.max(0, ((at * 37) % 101) - 60)), rising), 0.3916682234087178);
});

test('only the order counts, and it counts both ways', () => {
  const map = line(3, 1, 4, 1.5, 9, 2.6);
  assert.is(rankCorrelation(map, map), 1);
  assert.is(rankCorrelation(map, line(...map.values.map((value) => value ** 3 - 70))), 1);
  assert.is(rankCorrelation(map, line(...map.values.map((value) => -value))), -1);
});

test('the larger map is brought to the grid of the smaller one by means', () => {
  // Means of the quarters: 1, 4, 2, 3.
  const large = mapOf([0, 2, 4, 4, 2, 0, 4, 4, 2, 2, 6, 0, 2, 2, 0, 6], 4, 4);
  assert.is(rankCorrelation(large, mapOf([10, 40, 20, 30], 2, 2)), 1);
  assert.is(rankCorrelation(mapOf([40, 10, 30, 20], 2, 2), large), -1);
});

test('of several channels the greatest size is ranked', () => {
  const colours = mapOf([1, -9, 0, 2, 1, 1, -3, 0, 0], 3, 1, { shape: [1, 3, 3], signed: true });
  assert.is(rankCorrelation(colours, line(9, 2, 3)), 1);
});

test('a map without an order has no correlation', () => {
  assert.ok(Number.isNaN(rankCorrelation(line(1, 2, 3), line(5, 5, 5))));
  assert.ok(Number.isNaN(rankCorrelation(line(1, 2, NaN), line(NaN, NaN, 5))));
  assert.equal(agreement([line(1, 2, 3), line(5, 5, 5)]), [[1, NaN], [NaN, NaN]]);
});

test('agreement holds what rankCorrelation gives for each two, whatever their sizes', () => {
  const maps = [line(1, 2, 3, 4), line(2, 1, 4, 3), line(4, -4), line(9, NaN, 1, 5)];
  const matrix = agreement([new Attributions(maps)]);
  maps.forEach((a, i) => maps.forEach((b, j) => assert.ok(Object.is(matrix[i][j], rankCorrelation(a, b)))));
  assert.equal(matrix[0], [1, 0.6, -1, -0.5]);
});

test('what is no map is told', () => {
  const map = line(1, 2);
  assert.throws(() => rankCorrelation(map, [1, 2] as never), 'rankCorrelation takes two attributions, got [1, 2]');
  assert.throws(() => rankCorrelation(Promise.resolve(map) as never, map), 'rankCorrelation takes two attributions, got a Promise (is an await missing before it?)');
  assert.throws(() => rankCorrelation(map, map, { absolute: true } as object), /^rankCorrelation has no option "absolute"/);
  assert.throws(() => rankCorrelation(map, map, { abs: 1 as never }), 'abs must be true or false, got 1');
  assert.throws(() => agreement([]), 'agreement takes a list of attributions, got []');
  assert.throws(() => agreement(map as never), 'agreement takes a list of attributions, got an Attribution');
  assert.throws(() => agreement([map], { abs: 'yes' as never }), 'abs must be true or false, got "yes"');
});

test.run();
