import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { latest, memory, remembered } from '../../src/figure/memo';

test.before(() => void (memory.on = true));
test.after(() => void (memory.on = false));

/** How often it was made, each time it was asked for. */
function counting(ask: (key: string, make: () => number) => number): (key: string) => number {
  let made = 0;
  return (key) => ask(key, () => ++made);
}

test('what is remembered is made once for each key and list of values', () => {
  const values = new Float32Array(2);
  const ask = counting((key, make) => remembered(values, key, make));
  assert.equal(['a', 'b', 'a', 'b'].map(ask), [1, 2, 1, 2]);
  assert.is(remembered(new Float32Array(2), 'a', () => 9), 9);
});

test('of each kind the latest is kept, and no other', () => {
  const values = new Float32Array(2);
  const ask = counting((key, make) => latest(values, 'picture', key, make));
  assert.equal(['a', 'a', 'b', 'b', 'a'].map(ask), [1, 1, 2, 2, 3]);
  assert.is(latest(values, 'other', 'a', () => 9), 9);
});

test('in Node, where a user may change values, nothing is', () => {
  memory.on = false;
  const values = new Float32Array(2);
  const ask = counting((key, make) => latest(values, 'picture', key, make) + remembered(values, key, make));
  assert.equal(['a', 'a'].map(ask), [3, 7]);
});

test.run();
