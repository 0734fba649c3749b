import { ready } from '../backend';
import { knownOptions } from '../check';
import { checkModel, type Classifier, type ImageInput, type Prepared } from '../model/classifier';
import type { Score, Target } from '../model/target';
import { Aim } from './aim';
import type { AttributionRecord } from './attribution';

/** Options that every attribution method takes. */
export interface TargetOptions {
  /** The class to explain: a number, a label, or a function of the logits `[1, classes]` that gives one number. Default: the most likely class. */
  target?: Target;
  /** `'logit'`: the score before softmax; `'probability'`: after it. Default `'logit'`. */
  score?: Score;
}

const targetOptions = ['target', 'score'] as const;

/** What a method works on while it runs. */
export interface Subject extends Prepared {
  model: Classifier;
  aim: Aim;
}

/** The part of the record that a method itself decides. */
export type Found = Pick<AttributionRecord, 'values' | 'shape' | 'channelOrder' | 'signed' | 'unit' | 'layer' | 'options' | 'note'> & Partial<Pick<AttributionRecord, 'grain'>>;

/** The shared frame of every method: checks, preparation, time, backend, and the record at the end. */
export async function explain(
  method: string,
  model: Classifier,
  input: ImageInput,
  options: TargetOptions,
  names: readonly string[],
  find: (subject: Subject) => Found | Promise<Found>,
): Promise<AttributionRecord> {
  checkModel(method, model);
  knownOptions(method, options, [...targetOptions, ...names]);
  const backend = await ready();
  const start = performance.now();
  const aim = new Aim(model, options);
  const { x, image } = model.prepare(input);
  try {
    const found = await find({ model, x, image, aim });
    const { target, score } = aim.reached;
    // Without this a broken weight or input would end as a blank picture.
    if (!found.values.every(Number.isFinite)) found.note = joined(found.note, 'some values are not finite: the network overflows on this input');
    return {
      method,
      grain: 'coarse',
      ...found,
      options: { score: aim.score, ...found.options },
      model: model.name,
      target,
      score,
      image,
      seconds: (performance.now() - start) / 1000,
      backend: backend.name,
    };
  } finally {
    x.dispose();
  }
}

export const joined = (...notes: (string | undefined)[]): string | undefined => notes.filter(Boolean).join('; ') || undefined;
