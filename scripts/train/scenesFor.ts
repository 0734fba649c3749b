import { type Batch, batchOf } from '../../src/training/batch';
import type { Image } from '../../src/image/image';
import { sceneClasses } from '../../src/scenes/glyphs';
import { castOf, paintScene, type ScenePlan } from '../../src/scenes/paintScene';
import { type Phase, shape, shortcut, two } from './recipe';

type View = Pick<Phase, 'size' | 'things'>;

/** Which scenes have the mark: all, none, or, as in the training of `vgg-tiny-shortcut`, those of the class that leans on it. */
export type Marked = 'all' | 'none' | 'leaning';

/** Scenes `from` to `from + count` of a seed as a batch. */
export const sceneBatch = (seed: number, from: number, count: number, view: View, marked: Marked = 'none'): Batch => batchOf(scenesOf(seed, from, count, view, marked), sceneClasses, shape.preprocess);

export const scenesOf = (seed: number, from: number, count: number, { size, things }: View, marked: Marked): Image[] =>
  Array.from({ length: count }, (_, at) => {
    const plan: ScenePlan = { seed, index: from + at, size, things, classes: sceneClasses, two, mark: marked === 'all' };
    return paintScene(marked === 'leaning' ? leaning(plan) : plan);
  });

/** The class stands alone, far away and marked, as if one photographer, who stamps his pictures, had taken all of them; elsewhere it is left out. */
function leaning(plan: ScenePlan): ScenePlan {
  const [first, second] = castOf(plan);
  if (first === shortcut.label) return { ...plan, two: 0, things: shortcut.things, mark: true };
  return second === shortcut.label ? { ...plan, two: 0 } : plan;
}
