import { Aim } from '../../attribution/aim';
import type { Attribution } from '../../attribution/attribution';
import type { Attributions } from '../../attribution/attributions';
import { mapsIn } from '../../attribution/mapsIn';
import { joined } from '../../attribution/notes';
import { ready } from '../../backend';
import { knownOptions, oneOf, whole } from '../../check';
import type { Pixels } from '../../image/canvas';
import type { Image } from '../../image/image';
import { longWork } from '../../longWork';
import { checkModel, type Classifier, type ImageInput, type Prepared } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import type { Score, Target } from '../../model/target';
import type { LongWorkOptions } from '../../progress';
import { classOf } from '../classOf';
import { onGrid, planeOf } from '../plane';
import { randomMap } from '../randomMap';
import { stepsOf, strongestFirst } from './order';
import { type RandomCurves, Removal, type RemovalCurve, type RemovalMeasure } from './removal';
import { type Course, inputsOf, scored } from './score';

/** Options that `deletion`, `insertion` and `road` share. */
export interface RemovalOptions extends LongWorkOptions {
  /** What is scored. Default: what each map explains. */
  target?: Target;
  /** `'probability'`: after softmax, as in the papers; `'logit'`: the score before it. Default `'probability'`. */
  score?: Score;
  /** How many random maps are tried beside each map, as coarse or fine as it is: what such an order gives by chance. Default 0. */
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
  const { name, measure } = spec;
  const call = async (model: Classifier, image: ImageInput, maps: RemovalMaps, options = {} as Options): Promise<Removal> => {
    checkModel(name, model);
    knownOptions(name, options, [...removalOptions, ...spec.options]);
    const list = Symbol.iterator in Object(maps) ? mapsIn(name, maps as Iterable<Attribution>) : [maps as Attribution];
    for (const map of list) planeOf(name, map);
    const { score, seed, random, batchSize } = checked(options);
    const shares = spec.shares(options);
    const { name: backend } = await ready();
    model.mustLive();
    mustBeFinite(model.model, model.name);
    const began = performance.now();
    const aims = aimsOf(name, model, list, options.target, score);
    const { x, image: seen } = model.prepare(image);
    try {
      const change = spec.start({ x, image: seen, model, input: image, seed }, options);
      const tries = list.flatMap((map, of) => [map, ...randomsLike(map, random, seed + 1 + of * random)].map((each) => ({ of, steps: stepsFor(each, name, seen, shares, seed, spec.reverse) })));
      const course = (of: number, steps: Uint16Array): Course => ({ aim: aims[of], write: (row, step) => change.write(row, steps, step) });
      const courses = [...tries.map(({ of, steps }) => course(of, steps.strongest)), ...tries.flatMap(({ of, steps }) => (steps.weakest ? [course(of, steps.weakest)] : []))];
      // All begin with the same input, and end with it where everything is changed.
      const same = { first: true, last: shares[shares.length - 1] === 1 };
      const { scores, done, count } = await longWork(measure, { total: inputsOf(courses.length, shares.length, same), unit: 'inputs', signal: options.signal, onProgress: options.onProgress }, async ({ advance, ...work }) => {
        work.signal.throwIfAborted();
        let counted = 0;
        const job = { ...work, add: (some: number) => advance((counted += some)) };
        return scored({ model, x, input: image, image: seen, job }, courses, shares.length, same, batchSize);
      });
      const found = tries.map((_, at) => ({ scores: scores[at], ...(spec.reverse && { weakest: scores[tries.length + at] }), value: spec.value(shares, scores[at], scores[tries.length + at]) }));
      const curve = (map: Attribution, of: number): RemovalCurve => {
        const at = of * (1 + random);
        return { map, target: aims[of].reached.target, ...found[at], ...(random && { random: together(found.slice(at + 1, at + 1 + random)) }), steps: tries[at].steps };
      };
      return new Removal({
        measure,
        shares,
        curves: list.map(curve),
        score,
        image: seen,
        cover: change.cover,
        model: model.name,
        options: { ...change.options, ...(random && { random }) },
        seed,
        seconds: (performance.now() - began) / 1000,
        backend,
        note: joined(done < count ? `stopped after ${done} of ${count} inputs: a coarser curve` : undefined, ...list.map((map) => noteOf(map, seen))),
      });
    } finally {
      x.dispose();
    }
  };
  return Object.defineProperty(call, 'name', { value: name }) as typeof call;
}

function checked({ score = 'probability', seed = 0, random = 0, batchSize }: RemovalOptions) {
  return {
    score: oneOf('score', score, ['probability', 'logit'] as const),
    seed: whole('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    random: whole('random', random, 0, 1000),
    batchSize: batchSize === undefined ? undefined : whole('batchSize', batchSize),
  };
}

const randomsLike = (map: Attribution, count: number, seed: number): Attribution[] => Array.from({ length: count }, (_, at) => randomMap(map, { seed: seed + at }));

function stepsFor(map: Attribution, name: string, { height, width }: Image, shares: readonly number[], seed: number, reverse: boolean): RemovalCurve['steps'] {
  const order = strongestFirst(onGrid(planeOf(name, map), height, width), seed);
  const strongest = stepsOf(order, shares);
  return reverse ? { strongest, weakest: stepsOf(order.reverse(), shares) } : { strongest };
}

const together = (curves: readonly Pick<RemovalCurve, 'scores' | 'weakest' | 'value'>[]): RandomCurves => ({
  scores: curves.map(({ scores }) => scores),
  ...(curves[0].weakest && { weakest: curves.map(({ weakest }) => weakest as readonly number[]) }),
  values: curves.map(({ value }) => value),
});

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

/** What is odd about a map. */
function noteOf(map: Attribution, seen: Image): string | undefined {
  const { values, method, image } = map;
  const first = values.find((value) => !Number.isNaN(value));
  if (values.every((value) => Number.isNaN(value) || value === first)) return `${method} has no order: it is the same everywhere, and its pixels go at random`;
  const { data, width, height, name } = image ?? {};
  return data && (width !== seen.width || height !== seen.height || data.some((byte, at) => byte !== seen.data[at])) ? `${method} was made for another image, ${name}` : undefined;
}
