import { hint, shown } from '../check';
import { course, type ExerciseName } from './course';
import type { Given } from './exercise';
import { Verdict } from './verdict';

/**
 * A Verdict on your answer to an exercise of the notebooks: right and why, or a hint. An answer of `undefined` is still open.
 * `exercise` is the notebook's number and the exercise's: `'04.1'` is the first of `04-occlusion`. Some exercises want `given` as well, the values that the answer was made of;
 * the notebook's cell shows how. Throws when there is no such exercise.
 * @example
 * check('04.1', 32)
 */
export function check(exercise: ExerciseName, answer: unknown, given: Given = {}): Verdict {
  const found = Object.hasOwn(course, exercise) ? course[exercise] : undefined;
  if (!found) throw new RangeError(`no exercise ${shown(exercise)}${hint(String(exercise), Object.keys(course))}`);
  if (answer === undefined) return new Verdict(exercise, 'open', `${found.asks} Put your answer in the place of undefined, and run the cell again.`);
  if (answer instanceof Promise) return new Verdict(exercise, 'not yet', 'The answer is a Promise, which still has to be waited for: is an await missing before it?');
  const missing = (found.needs ?? []).filter((name) => given[name] === undefined);
  if (missing.length) throw new TypeError(`check(${JSON.stringify(exercise)}, answer, { ${missing.join(', ')} }) needs ${missing.join(' and ')} to judge by`);
  const { right, words } = found.judge(answer, given);
  return new Verdict(exercise, right ? 'right' : 'not yet', words);
}
