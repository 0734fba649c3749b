import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { amount, choice, judged, numbers } from '../../src/exercises/judges';
import { notYet, right } from '../../src/exercises/exercise';

const three = amount({
  is: ({ half }) => half * 2,
  within: 0.1,
  because: 'Twice the half.',
  mistakes: [{ gives: ({ half }) => half, hint: 'That is the half itself.' }],
  low: 'It is more.',
  high: 'It is less.',
});

test('an amount is right within its tolerance, and a known mistake has its own hint', () => {
  assert.equal(three(3.09, { half: 1.5 }), { right: true, words: 'Twice the half.' });
  assert.equal(three(1.5, { half: 1.5 }), { right: false, words: 'That is the half itself.' });
  assert.equal(three(2.8, { half: 1.5 }), { right: false, words: 'It is more.' });
  assert.equal(three(99, { half: 1.5 }), { right: false, words: 'It is less.' });
});

test('an amount that is no number is told what it is', () => {
  assert.equal(three('3', { half: 1.5 }), { right: false, words: 'The answer is a number, and this is "3".' });
  assert.match(three(NaN, { half: 1.5 }).words, /is a number, and this is NaN/);
});

const way = choice({ is: 'deeper', because: 'Cells add up.', hints: { same: 'Count again.', shallower: 'The other way round.' } });

test('a choice takes its words in any case, and gives each wrong one its hint', () => {
  assert.equal(way(' Deeper ', {}), { right: true, words: 'Cells add up.' });
  assert.equal(way('shallower', {}), { right: false, words: 'The other way round.' });
});

test('a choice that is none names the nearest, or all', () => {
  assert.is(way('shalower', {}).words, '"shalower" is none of the answers; did you mean "shallower"?');
  assert.is(way('qqqqqqqqqqqqqqqqqqqq', {}).words, '"qqqqqqqqqqqqqqqqqqqq" is none of the answers: they are "deeper", "same", "shallower".');
  assert.is(way(3, {}).words, 'The answer is one of "deeper", "same", "shallower", and this is 3.');
});

const ramp = numbers({ is: [0, 1, 2], within: 1e-3, because: 'One by one.', mistakes: [{ gives: [2, 1, 0], hint: 'Backwards.' }], hint: 'Add one each time.' });

test('numbers come as an array, a typed array, rows, or a map', () => {
  for (const answer of [[0, 1, 2], Float32Array.of(0, 1, 2), [[0], [1, 2]], { values: Float32Array.of(0, 1.001, 2) }]) assert.ok(ramp(answer, {}).right, String(answer));
});

test('wrong numbers are told apart: too few, backwards, NaN, none', () => {
  assert.is(ramp([0, 1], {}).words, 'It has 2 numbers, and should have 3.');
  assert.is(ramp([2, 1, 0], {}).words, 'Backwards.');
  assert.match(ramp([0, NaN, 2], {}).words, /NaN or infinite/);
  assert.is(ramp([0, 1, 2.1], {}).words, 'Add one each time.');
  assert.match(ramp('012', {}).words, /row of numbers, and this is "012"/);
  assert.match(ramp(['a', 'b', 'c'], {}).words, /row of numbers/);
  assert.match(ramp(null, {}).words, /row of numbers, and this is null/);
});

test('a judge of its own sees only answers of its kind', () => {
  const doubles = judged<(value: number) => number>('a function', (double) => (double(4) === 8 ? right('It doubles.') : notYet('Try it on 4.')));
  assert.ok(doubles((value: number) => value * 2, {}).right);
  assert.is(doubles((value: number) => value, {}).words, 'Try it on 4.');
  assert.is(doubles(8, {}).words, 'The answer is a function, and this is 8.');
});

test('an answer that throws is a hint, and not an error', () => {
  const boom = judged<() => number>('a function', (run) => (run() ? right('') : notYet('')));
  assert.match(boom(() => { throw new Error('out of range'); }, {}).words, /it failed: out of range/);
});

test.run();
