import type { Exercise, Exercises } from './exercise';
import { activationAtlas } from './notebooks/activationAtlas';
import { activationMaximization } from './notebooks/activationMaximization';
import { architecture } from './notebooks/architecture';
import { compare } from './notebooks/compare';
import { filters } from './notebooks/filters';
import { gradCam } from './notebooks/gradCam';
import { guidedBackprop } from './notebooks/guidedBackprop';
import { insideTraining } from './notebooks/insideTraining';
import { layerOutputs } from './notebooks/layerOutputs';
import { occlusion } from './notebooks/occlusion';
import { saliency } from './notebooks/saliency';
import { startHere } from './notebooks/startHere';
import { yourOwn } from './notebooks/yourOwn';

const notebooks = {
  '00': startHere,
  '01': architecture,
  '02': filters,
  '03': activationMaximization,
  '04': occlusion,
  '05': saliency,
  '06': guidedBackprop,
  '07': gradCam,
  '08': layerOutputs,
  '09': compare,
  '10': activationAtlas,
  '11': insideTraining,
  '12': yourOwn,
} satisfies Record<string, Exercises>;

type Notebooks = typeof notebooks;
/** The name of an exercise: the notebook's number and its own, as `'04.1'`. */
export type ExerciseName = { [N in keyof Notebooks]: `${N & string}.${keyof Notebooks[N] & number}` }[keyof Notebooks];

/** Every exercise of the notebooks, by name. */
export const course: Record<string, Exercise> = Object.fromEntries(
  Object.entries<Exercises>(notebooks).flatMap(([notebook, exercises]) => Object.entries(exercises).map(([number, exercise]) => [`${notebook}.${number}`, exercise])),
);
