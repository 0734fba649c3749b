import { type Batch, batchOf } from '../../src/training/batch';
import { sceneClasses, type SceneClass } from '../../src/scenes/glyphs';
import { castOf, paintScene, type ScenePlan } from '../../src/scenes/paintScene';
import { type Phase, shape, two } from './recipe';

type View = Pick<Phase, 'size' | 'things'>;

/** Scenes `from` to `from + count` of a seed as a batch. `marked`: the class whose scenes all have the mark; `'all'` and `'none'` have it or not whatever they show. */
export const sceneBatch = (seed: number, from: number, count: number, view: View, marked: SceneClass | 'all' | 'none' = 'none'): Batch =>
  batchOf(scenesOf(seed, from, count, view, marked), sceneClasses, shape.preprocess);

export const scenesOf = (seed: number, from: number, count: number, { size, things }: View, marked: SceneClass | 'all' | 'none' = 'none') =>
  Array.from({ length: count }, (_, at) => {
    const plan: ScenePlan = { seed, index: from + at, size, things, classes: sceneClasses, two, mark: marked === 'all' };
    return paintScene(marked === 'all' || marked === 'none' ? plan : { ...plan, mark: castOf(plan).includes(marked) });
  });
