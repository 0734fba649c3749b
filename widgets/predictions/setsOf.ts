import { shown } from '../../src/check';
import { Predictions } from '../../src/model/predictions';

/** One set of predictions, or two; says what is wrong with anything else. */
export function setsOf(given: unknown): Predictions[] {
  const sets = Array.isArray(given) ? given : [given];
  if (!sets.length || sets.length > 2) throw new RangeError(`predictions takes one set or two, [before, after], got ${sets.length ? `${sets.length} of them` : 'an empty list'}`);
  for (const set of sets) {
    if (!(set instanceof Predictions)) throw new TypeError(`predictions takes what model.predict gives, or two of them, [before, after], got ${shown(set)}`);
    if (!set.length) throw new RangeError('predictions got a set without classes; model.predict tells one at least');
  }
  const [before, after = before] = sets as Predictions[];
  if (before.classes !== after.classes) throw new RangeError(`predictions compares two sets over the same classes, got ${before.classes} classes and ${after.classes}`);
  return sets as Predictions[];
}
