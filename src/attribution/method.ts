import { ready } from '../backend';
import { knownOptions, oneOf, shown, whole } from '../check';
import { longWork } from '../longWork';
import { checkModel, type Classifier, type ImageInput, type Prepared } from '../model/classifier';
import { mustBeFinite } from '../model/finiteWeights';
import type { Score, Target } from '../model/target';
import type { LongWorkOptions, ShowingJob } from '../progress';
import { Aim } from './aim';
import { Attribution, type AttributionRecord } from './attribution';
import { Attributions } from './attributions';
import { rowsThatFit } from './budget';
import { byValue, recordsOf } from './records';
import { setTraits } from './traits';

/** Options that every attribution method takes. */
export interface TargetOptions extends LongWorkOptions {
  /**
   * What to explain: a class by number or label, `{ contrast: [a, b] }` for why a and not b, `{ layer, channel }` for a place inside the network, a function of
   * the logits `[1, classes]` that gives one number, or a list of these for a map each. Default: the most likely class.
   */
  target?: Target | readonly Target[];
  /** `'logit'`: the score before softmax; `'probability'`: after it. Default `'logit'`. */
  score?: Score;
  /** How many images, targets or samples go through the network at once; it does not change the result. Default: what fits in half a gigabyte. */
  batchSize?: number;
}

export const commonOptions = ['target', 'score', 'batchSize', 'signal', 'onProgress'] as const;

/** The options of one map: one target, one layer. */
export type OneMap<Options> = { [Name in keyof Options]: Name extends 'target' | 'layer' ? Exclude<Options[Name], readonly unknown[]> : Options[Name] };

/** An attribution method: one map of one image, or a set of maps where images, targets or layers are given as a list. */
export interface Method<Options extends TargetOptions = TargetOptions> {
  // The same in every method, so that a loop over several methods type-checks.
  (model: Classifier, image: ImageInput, options?: OneMap<TargetOptions>): Promise<Attribution>;
  (model: Classifier, image: ImageInput, options?: OneMap<Options>): Promise<Attribution>;
  (model: Classifier, images: ImageInput | readonly ImageInput[], options?: Options): Promise<Attributions>;
}

/** What a method works on: one image and its targets, or several images with one target each. */
export interface Subject {
  model: Classifier;
  /** The images as the network takes them, `[n, height, width, channels]`. */
  x: Prepared['x'];
  /** What was given for the first image. */
  input: ImageInput;
  /** What the network saw of the first image. */
  image: Prepared['image'];
  /** One for each image, or, of one image, one for each target. */
  aims: readonly Aim[];
  /** The value of the network that the aims read: the logits, or a layer's output. */
  of: number;
  job: Counter;
}

/** Counts what is done, and tells when to stop. */
export interface Counter extends Omit<ShowingJob, 'advance'> {
  /** Tells that so many more are done; gives way to the event loop. */
  add(count: number): Promise<void>;
}

/** The part of the record that a method itself decides. */
export type Found = Pick<AttributionRecord, 'values' | 'shape' | 'channelOrder' | 'signed' | 'unit' | 'layer' | 'options' | 'note' | 'seed' | 'windows'> & Partial<Pick<AttributionRecord, 'grain' | 'method'>>;

/** What a method's own file says of it. */
export interface MethodSpec<Options extends TargetOptions> {
  /** As it is typed. */
  name: string;
  /** As the papers call it. */
  method: string;
  /** The names of its own options. */
  options: readonly string[];
  /** Whether, under these options, the map of the difference of two scores is the difference of their maps, one value to a cell. False unless told. */
  linear?(options: Options): boolean;
  /** For methods of many steps: what is counted, and how many an image takes. */
  unit?: string;
  count?(model: Classifier, options: Options): number;
  /** The maps, one or more (of several layers) for each aim in turn. */
  find(subject: Subject, options: Options): Found[] | Promise<Found[]>;
}

/** A method from its description: the checks, preparation, batches, progress, time and records that all have in common. */
export function method<Options extends TargetOptions>(spec: MethodSpec<Options>): Method<Options> {
  const options = [...commonOptions, ...spec.options];
  const call = async (model: Classifier, images: ImageInput | readonly ImageInput[], given = {} as Options): Promise<Attribution | Attributions> => {
    checkModel(spec.name, model);
    knownOptions(spec.name, given, options);
    const inputs = listOf('images', images);
    const targets = listOf('target', given.target);
    const backend = await ready();
    model.mustLive();
    mustBeFinite(model.model, model.name);
    const maps = await run(spec, model, inputs, targets, given, backend.name);
    const { layer, combine } = given as { layer?: unknown; combine?: unknown };
    const lists = [images, given.target, combine === undefined && layer].some(Array.isArray);
    return lists ? new Attributions(maps, rowLength(inputs.length, targets.length, maps.length)) : maps[0];
  };
  setTraits(call, { options, linear: (given) => spec.linear?.(given as Options) ?? false });
  return Object.defineProperty(call, 'name', { value: spec.name }) as Method<Options>;
}

/** How many maps a row has when they vary in more than one way: all that belong to one image, or else to one target. */
function rowLength(images: number, targets: number, maps: number): number | undefined {
  const outer = images > 1 ? images : targets;
  return outer > 1 && maps > outer ? maps / outer : undefined;
}

async function run<Options extends TargetOptions>(spec: MethodSpec<Options>, model: Classifier, inputs: readonly ImageInput[], targets: readonly (Target | undefined)[], options: Options, backend: string): Promise<Attribution[]> {
  const score = oneOf('score', options.score ?? 'logit', ['logit', 'probability'] as const);
  if (options.batchSize !== undefined) whole('batchSize', options.batchSize);
  const aims = inputs.map(() => targets.map((target) => new Aim(model, target, score)));
  const steps = spec.count?.(model, options);
  // What reads another value of the network takes its own passes.
  const parts = inputs.length * byValue(aims[0]).size;
  const total = steps === undefined ? inputs.length * targets.length : parts * steps;
  // One quick map needs no bar.
  const onProgress = total === 1 && options.onProgress === undefined ? null : options.onProgress;
  const maps: Attribution[] = [];
  await longWork(spec.method, { total, unit: spec.unit ?? 'maps', signal: options.signal, onProgress }, async ({ advance, ...work }) => {
    const { signal } = work;
    let done = 0;
    const expect: Counter['expect'] = (first, seconds, reach) => work.expect(first, seconds, reach && parts * reach);
    const job: Counter = { ...work, expect, add: (count) => advance((done += count)) };
    for (const [start, size] of chunks(model, inputs.length, targets.length, steps !== undefined, options.batchSize)) {
      if (signal.aborted && maps.length) break;
      const records = await recordsOf(spec, model, inputs.slice(start, start + size), aims.slice(start, start + size), { ...options, score }, job).catch((error: unknown) => {
        // What is ready stays, where the next map has nothing to show yet.
        if (!signal.aborted || !maps.length) throw error;
      });
      if (!records) break;
      maps.push(...records.map((record) => new Attribution({ ...record, backend })));
      if (steps === undefined) await job.add(size * targets.length);
    }
  });
  return maps;
}

/** Which images go together, as start and size: several with one target each, else one by one. */
function chunks(model: Classifier, images: number, targets: number, long: boolean, batchSize: number | undefined): [number, number][] {
  const size = targets > 1 || long ? 1 : (batchSize ?? rowsThatFit(model.graph));
  return Array.from({ length: Math.ceil(images / size) }, (_, i) => [i * size, Math.min(size, images - i * size)]);
}

function listOf<T>(name: string, given: T | readonly T[]): readonly T[] {
  if (!Array.isArray(given)) return [given as T];
  if (!given.length) throw new RangeError(`${name} is an empty list; give at least one`);
  const gap = given.findIndex((each) => each === undefined);
  if (gap >= 0) throw new TypeError(`${name}[${gap}] is ${shown(given[gap])}`);
  return given;
}
