import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check, type ExerciseName, Verdict } from '../../src/exercises';
import { course } from '../../src/exercises/course';

const first = Object.keys(course)[0] as ExerciseName;

test('without an answer an exercise is open, and says what it asks', () => {
  const verdict = check(first, undefined);
  assert.is(verdict.outcome, 'open');
  assert.not(verdict.right);
  assert.ok(String(verdict).startsWith(`○ open. ${course[first].asks}`));
});

test('a promise is told from an answer', () => {
  assert.match(check(first, Promise.resolve(3)).words, /await missing/);
});

test('an exercise that is not there names the nearest', () => {
  assert.throws(() => check('4.1' as ExerciseName, 3), /^no exercise "4\.1"; did you mean "04\.1"\?$/);
});

test('an exercise that needs more than the answer says what', () => {
  const needy = Object.entries(course).find(([, { needs }]) => needs?.length);
  if (!needy) return;
  const [name, { needs }] = needy;
  assert.throws(() => check(name as ExerciseName, 1), new RegExp(`^check\\("${name}", answer, \\{ ${needs!.join(', ')} \\}\\) needs ${needs!.join(' and ')} to judge by$`));
});

test('every question is one sentence with an end', () => {
  for (const [name, { asks }] of Object.entries(course)) assert.match(asks, /^[A-Z].*[.?]$/, name);
});

test('every notebook has three exercises', () => {
  const counts = new Map<string, string[]>();
  for (const name of Object.keys(course)) counts.set(name.slice(0, 2), [...(counts.get(name.slice(0, 2)) ?? []), name.slice(3)]);
  for (const [notebook, numbers] of counts) assert.equal(numbers, ['1', '2', '3'], notebook);
  assert.is(counts.size, 13);
});

test('a verdict prints its mark and its words', () => {
  assert.is(String(new Verdict('04.1', 'right', 'It is so.')), '✓ right. It is so.');
  assert.is(String(new Verdict('04.1', 'not yet', 'Count again.')), '✗ not yet. Count again.');
});

test.run();
