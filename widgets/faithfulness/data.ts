import type { Removal, RemovalCurve, RemovalMeasure } from '../../src/metrics/removal/removal';
import { capital, detailParts, joinParts, nameOf } from '../../src/figure/caption';
import { percent } from '../../src/figure/numbers';
import type { Seen, Shown } from '../../src/figure/shown';
import type { Pixels } from '../../src/image/canvas';
import { resample } from '../../src/image/resample';
import type { Score } from '../../src/model/target';
import { nearestPoint, worthALook } from './moments';

/** What an order of the pixels does to the score. */
export interface CurveData {
  name: string;
  target: string;
  value: number;
  scores: readonly number[];
  /** Of ROAD: with the weakest pixels first. */
  weakest?: readonly number[];
  /** For each pixel the point from which on it is changed. */
  steps: Uint8Array;
  weakestSteps?: Uint8Array;
  random?: Band;
  /** How the map was made. */
  about: string;
}

/** What random maps like this one give. */
export interface Band {
  low: readonly number[];
  high: readonly number[];
  /** What each gives in one number. */
  values: readonly number[];
}

/** One measure of some maps. */
export interface TestData {
  measure: RemovalMeasure;
  score: Score;
  shares: readonly number[];
  curves: readonly CurveData[];
  /** The picture with all of it hidden; ROAD has none. */
  cover?: Pixels;
  /** How it was made. */
  about: string;
  notes: readonly string[];
}

export interface FaithfulnessData {
  image: Seen;
  /** Width and height of the pixels' steps. */
  size: readonly [number, number];
  model: string;
  tests: readonly TestData[];
  /** The shares that can be looked at: those of the measure with the most points. */
  shares: readonly number[];
  /** Which of them is shown first. */
  first: number;
}

/** More points than this are thinned for the page: the slider would not tell them apart. */
const most = 200;

/** Results of one image, as the widget takes them. */
export function faithfulnessData(results: readonly Removal[]): FaithfulnessData {
  const [{ image, model }] = results;
  const { width, height, data, name } = image;
  const one = onlyOnce();
  const tests = results.map((result) => testData(result, one));
  const { shares } = tests.reduce((most, test) => (test.shares.length > most.shares.length ? test : most));
  const [{ measure, curves, shares: own }] = tests;
  const first = nearestPoint(shares, shares, own[worthALook(measure, curves)]);
  return { image: { width, height, data, name }, size: [width, height], model, tests, shares, first };
}

function testData({ measure, score, shares, curves, cover, options, seed, note }: Removal, one: (steps: Uint8Array) => Uint8Array): TestData {
  const every = Math.ceil((shares.length - 1) / most);
  const kept = [...shares.keys()].filter((at) => at % every === 0 || at === shares.length - 1);
  const some = (values: readonly number[]): number[] => kept.map((at) => Number(values[at].toPrecision(5)));
  const first = (step: number): number => kept.findIndex((at) => at >= step);
  const thin = (steps: Uint16Array): Uint8Array => Uint8Array.from(steps, (step) => (step < shares.length ? first(step) : kept.length));
  const names = namesOf(curves.map(({ map }) => map));
  const told = (curve: RemovalCurve, at: number): CurveData => ({
    name: names[at],
    target: curve.target.label,
    value: curve.value,
    scores: some(curve.scores),
    weakest: curve.weakest && some(curve.weakest),
    steps: one(thin(curve.steps.strongest)),
    weakestSteps: curve.steps.weakest && one(thin(curve.steps.weakest)),
    random: curve.random && { ...bandOf(curve.random.scores, some), values: curve.random.values },
    about: joinParts(detailParts({ ...curve.map, model: '' })),
  });
  return { measure, score, shares: kept.map((at) => shares[at]), curves: curves.map(told), cover: cover && { width: cover.width, height: cover.height, data: cover.data }, about: aboutText(options, seed), notes: note ? [note] : [] };
}

function bandOf(scores: readonly (readonly number[])[], some: (values: readonly number[]) => number[]): Pick<Band, 'low' | 'high'> {
  const across = (of: (...values: number[]) => number): number[] => some(scores[0].map((_, at) => of(...scores.map((each) => each[at]))));
  return { low: across(Math.min), high: across(Math.max) };
}

/** The same array for the same steps, as deletion and insertion have them: to be sent once. */
function onlyOnce(): (steps: Uint8Array) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (steps) => {
    const key = Buffer.from(steps).toString('latin1');
    known.set(key, known.get(key) ?? steps);
    return known.get(key) as Uint8Array;
  };
}

/** A map by its method, and by what else tells it from the others; those that nothing tells apart are numbered. */
function namesOf(maps: readonly Shown[]): string[] {
  const parts: ((map: Shown) => string | undefined)[] = [({ method }) => capital(method), ({ target }) => nameOf(target), ({ layer }) => layer];
  const choices = [[0], [0, 1], [0, 2], [0, 1, 2]].map((chosen) => maps.map((map) => joinParts(chosen.map((part) => parts[part](map)))));
  const names = choices.reduce((best, each) => (new Set(each).size > new Set(best).size ? each : best));
  const alike = (name: string, until = names.length): number => names.slice(0, until).filter((each) => each === name).length;
  return names.map((name, at) => (alike(name) > 1 ? `${name} ${alike(name, at) + 1}` : name));
}

const fills: Record<string, string> = { zero: '0 after preprocessing', mean: 'the mean colour', blur: 'a blur' };

/** The options in words. */
function aboutText({ fill, noise, random }: Record<string, unknown>, seed: number): string {
  const hidden = fill === undefined ? 'removed pixels are filled in from their neighbours' : `hidden pixels: ${fills[String(fill)] ?? [fill].flat().join(' ')}`;
  return joinParts([hidden, noise !== undefined && `noise of ${percent(noise as number)} of the deviation`, random !== undefined && `${random} random map${random === 1 ? '' : 's'} beside each`, (random !== undefined || noise !== undefined) && `seed ${seed}`]);
}

/** Smaller pictures. */
export function reduceFaithfulness(data: FaithfulnessData, detail: number): FaithfulnessData {
  const [width, height] = data.size;
  const size = data.size.map((side) => Math.max(1, Math.round(side * Math.sqrt(detail)))) as [number, number];
  const small = <Picture extends Pixels>(pixels: Picture): Picture => ({ ...pixels, ...resample(pixels, { x: 0, y: 0, width, height }, ...size) });
  const one = onlyOnce();
  const few = (steps: Uint8Array): Uint8Array => one(Uint8Array.from({ length: size[0] * size[1] }, (_, at) => steps[Math.floor((Math.floor(at / size[0]) * height) / size[1]) * width + Math.floor(((at % size[0]) * width) / size[0])]));
  const curve = (each: CurveData): CurveData => ({ ...each, steps: few(each.steps), weakestSteps: each.weakestSteps && few(each.weakestSteps) });
  return { ...data, size, image: small(data.image), tests: data.tests.map((test) => ({ ...test, cover: test.cover && small(test.cover), curves: test.curves.map(curve) })) };
}
