import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterOrder } from '../../src/features/clusterOrder';

/** Items at places on a line. */
const line = (places: number[]): Float32Array => Float32Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));
const ordered = (places: number[]): number[] => clusterOrder(line(places), places.length).map((at) => places[at]);

test('items on a line come in its order', () => {
  assert.equal(ordered([5, 1, 9, 2, 10, 6]), [1, 2, 5, 6, 9, 10]);
});

test('groups stay together', () => {
  const order = ordered([0, 100, 1, 101, 2, 102]);
  assert.equal([...order.slice(0, 3)].sort((a, b) => a - b), [0, 1, 2]);
});

test('every item is there once: equal ones, one, none, and those without a distance', () => {
  assert.equal(clusterOrder(line([3, 3, 3, 3]), 4).sort(), [0, 1, 2, 3]);
  assert.equal(clusterOrder(line([3]), 1), [0]);
  assert.equal(clusterOrder(line([]), 0), []);
  assert.equal(clusterOrder(new Float32Array(9).fill(NaN), 3).sort(), [0, 1, 2]);
});

test('a thousand take well under a second', () => {
  const places = Array.from({ length: 1000 }, (_, at) => (at * 7919) % 1009);
  const start = performance.now();
  const order = ordered(places);
  assert.equal([...order].sort((a, b) => a - b), [...places].sort((a, b) => a - b));
  assert.ok(performance.now() - start < 3000);
});

test.run();
