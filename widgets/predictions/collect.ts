import { shown } from '../../src/check';
import type { Prediction, Predictions } from '../../src/model/predictions';
import type { Row } from './rows';

/** Every class that a set tells, with what each set gives it. */
export function rowsOf(sets: readonly Predictions[]): Row[] {
  const told = sets.map((set) => new Map([...set].map((item) => [item.index, item])));
  const indices = [...new Set(told.flatMap((items) => [...items.keys()]))];
  return indices.map((index) => {
    const items = sets.map((set, at): Prediction | undefined => told[at].get(index) ?? set.rated?.(index));
    const [before, after = before] = items;
    if (before && after && before.label !== after.label) throw new RangeError(`predictions compares two sets over the same classes, but class ${index} is ${shown(before.label)} in one and ${shown(after.label)} in the other`);
    return { index, label: (before ?? after as Prediction).label, score: items.map((item) => finiteOr(item?.score)), logit: items.map((item) => finiteOr(item?.logit)) };
  });
}

const finiteOr = (value: number | undefined): number | null => (Number.isFinite(value) ? (value as number) : null);
