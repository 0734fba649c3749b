import type { Attribution } from '../attribution/attribution';
import { shown } from '../check';

/** The class that a map explains, to be scored again. */
export function classOf(name: string, { method, target }: Attribution): number {
  if (target?.index >= 0) return target.index;
  throw new RangeError(`${name}: ${method} explains ${shown(target?.label)}, which is no single class; give the target: { target: ... }`);
}
