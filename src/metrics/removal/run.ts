import { Aim } from '../../attribution/aim';
import { type Attribution } from '../../attribution/attribution';
import { type Attributions } from '../../attribution/attributions';
import { mapsIn } from '../../attribution/mapsIn';
import { joined } from '../../attribution/notes';
import { ready } from '../../backend';
import { knownOptions, oneOf, shown, whole } from '../../check';
import type { Pixels } from '../../image/canvas';
import type { Image } from '../../image/image';
import { longWork } from '../../longWork';
import { checkModel, type Classifier, type ImageInput, type Prepared } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import type { Score, Target } from '../../model/target';
import type { LongWorkOptions } from '../../progress';
import { onGrid, planeOf } from '../plane';
import { randomMap } from '../randomMap';
import { stepsOf, strongestFirst } from './order';
import { Removal, type RemovalCurve, type RemovalMeasure } from './removal';
import { type Course, inputsOf, scored } from './score';

/** Options that `deletion`, `insertion` and `road` share. */
export interface RemovalOptions extends LongWorkOptions {
  /** What is scored. Default: what each map explains. */
  target?: Target;
  /** `'probability'`: after softmax, as in the papers; `'logit'`: the score before it. Default `'probability'`. */
  score?: Score;
  /** How many random maps are tried too, as coarse or fine as the maps given (in turn): what an order gives by chance. Default 0. */
  random?: number;
  /** Of the random choices: the order of equal values, random maps, noise. Default 0. */
  seed?: number;
  /** How many inputs go through the network at once; it does not change the result. Default: what fits in half a gigabyte. */
  batchSize?: number;
}

export const removalOptions = ['target', 'score', 'random', 'seed', 'batchSize', 'signal', 'onProgress'] as const;

/** One map, or several of one image that are compared. */
export type RemovalMaps = Attribution | Iterable<Attribution | Attributions>;

/** What one of the measures decides itself. */
export interface RemovalSpec<Options extends RemovalOptions> {
  name: string;
  measure: RemovalMeasure;
  options: readonly string[];
  /** The share of the pixels that is changed at each point, from 0 up. */
  shares(options: Options): number[];
  /** Whether the pixels go in the reverse order too. */
  reverse: boolean;
  /** How a picture loses (or gets) its pixels. */
  start(given: Prepared & { model: Classifier; input: ImageInput; seed: number }, options: Options): Changing;
  /** The number of a curve. */
  value(shares: readonly number[], scores: readonly number[], weakest: readonly number[]): number;
}

export interface Changing {
  /** What pixels are hidden with, as it is seen. */
  cover?: Pixels;
  /** Writes the input in which the pixels with a step of at most `step` are changed. */
  write(row: Float32Array, steps: Uint16Array, step: number): void;
  /** For the record. */
  options: Record<string, unknown>;
}

/** A measure from its description. */
export function removal<Options extends RemovalOptions>(spec: RemovalSpec<Options>) {
  const call = async (model: Classifier, image: ImageInput, maps: RemovalMaps, options = {} as Options): Promise<Removal> => {
    const { name, measure } = spec;
    checkModel(name, model);
    knownOptions(name, options, [...removalOptions, ...spec.options]);
    const list = Symbol.iterator in Object(maps) ? mapsIn(name, maps as Iterable<Attribution>) : [maps as Attribution];
    for (const map of list) planeOf(name, map);
    const score = oneOf('score', options.score ?? 'probability', ['probability', 'logit'] as const);
    const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
    const randoms = whole('random', options.random ?? 0, 0, 1000);
    if (options.batchSize !== undefined) whole('batchSize', options.batchSize);
    const shares = spec.shares(options);
    const { name: backend } = await ready();
    model.mustLive();
    mustBeFinite(model.model, model.name);
    const began = performance.now();
    const aims = aimsOf(name, model, list, options.target, score);
    const { x, image: seen } = model.prepare(image);
    try {
      const change = spec.start({ x, image: seen, model, input: image, seed }, options);
      const all = [...list, ...Array.from({ length: randoms }, (_, at) => randomMap(list[at % list.length], { seed: seed + 1 + at }))];
      const orders = all.map((map) => strongestFirst(onGrid(planeOf(name, map), seen.height, seen.width), seed));
      const steps = orders.map((order) => ({ strongest: stepsOf(order, shares), weakest: spec.reverse ? stepsOf(order.slice().reverse(), shares) : undefined }));
      const course = (at: number, own: Uint16Array): Course => ({ aim: aims[at % list.length], write: (row, step) => change.write(row, own, step) });
      const courses = [...steps.map(({ strongest }, at) => course(at, strongest)), ...steps.flatMap(({ weakest }, at) => (weakest ? [course(at, weakest)] : []))];
      // All begin with the same input, and end with it where everything is changed.
      const same = { first: true, last: shares[shares.length - 1] === 1 };
      const { scores, done, count } = await longWork(measure, { total: inputsOf(courses.length, shares.length, same), unit: 'inputs', signal: options.signal, onProgress: options.onProgress }, async ({ advance, ...work }) => {
        work.signal.throwIfAborted();
        let counted = 0;
        const job = { ...work, add: (some: number) => advance((counted += some)) };
        return scored({ model, x, input: image, image: seen, job }, courses, shares.length, same, options.batchSize);
      });
      const weakest = (at: number): number[] => scores[all.length + at];
      const valueOf = (at: number): number => spec.value(shares, scores[at], weakest(at));
      const curve = (map: Attribution, at: number): RemovalCurve => ({ map, target: aims[at].reached.target, scores: scores[at], ...(spec.reverse && { weakest: weakest(at) }), value: valueOf(at), steps: steps[at] });
      const chance = all.slice(list.length).map((_, at) => list.length + at);
      return new Removal({
        measure,
        shares,
        curves: list.map(curve),
        ...(chance.length && { random: { scores: chance.map((at) => scores[at]), ...(spec.reverse && { weakest: chance.map(weakest) }), values: chance.map(valueOf) } }),
        score,
        image: seen,
        cover: change.cover,
        model: model.name,
        options: { ...change.options, ...(randoms && { random: randoms }) },
        seed,
        seconds: (performance.now() - began) / 1000,
        backend,
        note: joined(done < count ? `stopped after ${done} of ${count} inputs: a coarser curve` : undefined, ...list.map((map) => noteOf(map, seen))),
      });
    } finally {
      x.dispose();
    }
  };
  return Object.defineProperty(call, 'name', { value: spec.name }) as typeof call;
}

/** What each map's curve scores; maps of one target share it. */
function aimsOf(name: string, model: Classifier, maps: readonly Attribution[], target: Target | undefined, score: Score): Aim[] {
  const known = new Map<Target, Aim>();
  return maps.map((map) => {
    const own = target ?? classOf(name, map);
    const aim = known.get(own) ?? new Aim(model, own, score);
    known.set(own, aim);
    return aim;
  });
}

/** The class that a map explains, to be scored again. */
export function classOf(name: string, { method, target }: Attribution): number {
  if (target?.index >= 0) return target.index;
  throw new RangeError(`${name}: ${method} explains ${shown(target?.label)}, which is no single class; give the target: { target: ... }`);
}

/** What is odd about a map. */
function noteOf(map: Attribution, seen: Image): string | undefined {
  const { values, method, image } = map;
  const first = values.find((value) => !Number.isNaN(value));
  if (values.every((value) => Number.isNaN(value) || value === first)) return `${method} has no order: it is the same everywhere, and its pixels go at random`;
  const { data, width, height, name } = image ?? {};
  return data && (width !== seen.width || height !== seen.height || data.some((byte, at) => byte !== seen.data[at])) ? `${method} was made for another image, ${name}` : undefined;
}
