import { gradCam } from '../../src/attribution/cam/gradCam';
import type { Method, TargetOptions } from '../../src/attribution/method';
import { traitsOf } from '../../src/attribution/traits';
import { knownOptions, shown, whole } from '../../src/check';
import type { MapResize } from '../../src/image/resizeMap';
import { mustBeMap, type Shown, singleChannel } from '../../src/figure/shown';
import { checkModel, type Classifier, type ImageInput } from '../../src/model/classifier';
import { classIndex, type Target } from '../../src/model/target';
import { lookNames } from './data';
import { type ClassMaps, minus, type PairMap } from './difference';

/** A class, and what the network gives it. */
export interface RatedClass {
  index: number;
  label: string;
  logit: number;
  probability: number;
}

/** The maps of the classes that are compared, with all that a picture tells of them. */
export interface ContrastMaps extends ClassMaps {
  /** The two that were asked for, then the likeliest others. */
  classes: readonly RatedClass[];
  /** Of the maps. */
  shape: [height: number, width: number];
  /** How a map is brought to the input's size; undefined where it has that size, or keeps its own grid. */
  resize?: MapResize;
  /** Method, layer, options and image: those of the first class's map. */
  about: Shown;
}

/** What is the method's own and not the widget's. */
export interface ContrastMapsOptions {
  method?: Method<never>;
  top?: number;
  [option: string]: unknown;
}

/** What would put two classes on two scales, or make several maps of a class. */
const refused: Record<string, string> = {
  target: 'takes its classes as a list after the image, not as option target',
  normalize: 'puts all classes on one scale, and normalize stretches each map by its own values; leave it out',
  combine: 'puts all classes on one scale, and combine divides each map by its own largest value; name one layer',
};

/**
 * The maps of two classes and of the likeliest others, and for each two what the network sees for one and not for the other: the map of the difference of
 * their scores. Where a method is linear in the score that is the difference of the raw maps, before any ReLU. For other methods it is computed: what speaks for a's
 * lead over b minus what speaks for b's over a; of a method that tells no direction, as saliency, how much the lead would change.
 */
export async function contrastMaps(model: Classifier, image: ImageInput, given: unknown, { method = gradCam as unknown as Method<never>, top: asManyAs, ...options }: ContrastMapsOptions = {}): Promise<ContrastMaps> {
  checkModel('classContrast', model);
  if (typeof method !== 'function') throw new TypeError(`method must be an attribution method, such as cl.gradCam or cl.occlusion, got ${shown(method)}`);
  checkOptions(method, options);
  const asked = given === undefined ? undefined : twoClasses(model, given);
  const { classes } = model.head;
  if (classes < 2) throw new RangeError(`classContrast needs a model of two classes or more, ${JSON.stringify(model.name)} has one; cl.gradCam with relu: false shows what speaks for and against it`);
  const traits = traitsOf(method);
  const isCam = traits?.options.includes('relu') ?? false;
  const top = whole('top', asManyAs ?? (isCam ? 5 : 3), 0);
  const likeliest = [...(await model.predict(image, { top: Math.max(2, top) }))].map(({ index }) => index);
  const indices = [...new Set([...(asked ?? likeliest.slice(0, 2)), ...likeliest.slice(0, top)])];

  const relu = isCam && options.relu !== false;
  const raw = isCam ? { ...options, resize: false, relu: false } : options;
  // Where a map is the mean over changed copies of the image, each copy has its own ReLU.
  const linear = traits !== undefined && traits.linear(raw as TargetOptions) && !(relu && options.augment);
  // Maps on a layer's grid are small: all pairs; others fill a page.
  const couples = linear ? [] : pairsOf(isCam ? indices.length : 2);
  const targets: Target[] = [...indices, ...couples.flatMap(([a, b]) => [contrast(indices[a], indices[b]), contrast(indices[b], indices[a])])];
  const found = await mapsOf(method, model, image, targets, linear || !isCam ? raw : { ...raw, relu: options.relu });
  if (found.length < 2) throw new Error('classContrast was stopped before the maps of both classes were ready');

  const own = found.slice(0, indices.length);
  const values = own.map((map) => map.values);
  const computed = couples.filter((_, at) => found.length >= indices.length + 2 * at + 2);
  return {
    classes: own.map(({ target, score }) => ({ index: target.index, label: target.label, logit: score.logit, probability: score.probability as number })),
    maps: values,
    shape: own[0].shape as [number, number],
    linear,
    relu: relu && linear,
    resize: isCam ? resizeOf(options.resize) : undefined,
    pairs: computed.map(([a, b], at) => pairMap(a, b, values, found[indices.length + 2 * at], found[indices.length + 2 * at + 1])),
    // As it was asked, and not as it was computed.
    about: isCam ? { ...own[0], signed: !relu, options: { ...own[0].options, relu, resize: options.resize ?? true } } : own[0],
  };
}

function checkOptions(method: object, options: Record<string, unknown>): void {
  for (const [name, why] of Object.entries(refused)) if (options[name] !== undefined) throw new TypeError(`classContrast ${why}`);
  if (Array.isArray(options.layer)) throw new TypeError(`classContrast looks at one layer, got ${shown(options.layer)}`);
  const traits = traitsOf(method);
  if (traits) knownOptions('classContrast', options, [...traits.options.filter((name) => !(name in refused)), 'method', 'top', ...lookNames]);
}

function twoClasses(model: Classifier, given: unknown): [number, number] {
  if (!Array.isArray(given) || given.length !== 2) throw new TypeError(`classContrast takes two classes, [why this, and not that], got ${shown(given)}`);
  const strange = given.findIndex((each) => typeof each !== 'number' && typeof each !== 'string');
  if (strange >= 0) throw new TypeError(`classContrast takes classes by number or label, got ${shown(given[strange])}`);
  const [a, b] = given.map((each) => classIndex(each, model.head.classes, model.labels));
  if (a === b) throw new RangeError(`classContrast needs two different classes, got ${given.map(shown).join(' and ')}, both ${JSON.stringify(model.label(a))}`);
  return [a, b];
}

/** One map for each target, with one value to a cell. */
async function mapsOf(method: Method<never>, model: Classifier, image: ImageInput, targets: readonly Target[], options: object): Promise<Shown[]> {
  const given = await (method as unknown as Method)(model, image as never, { ...options, target: targets } as TargetOptions);
  if (!(Symbol.iterator in Object(given))) throw new TypeError(`method must give a map for each target of a list, as convlens's own do, got ${shown(given)}`);
  const maps = [...given];
  for (const map of maps) mustBeMap('classContrast', map);
  return maps.map(singleChannel);
}

const contrast = (a: number, b: number): Target => ({ contrast: [a, b] });

/** Every two places of a list. */
const pairsOf = (count: number): [number, number][] => Array.from({ length: count }, (_, a) => Array.from({ length: count - 1 - a }, (_, b): [number, number] => [a, a + 1 + b])).flat();

const resizeOf = (given: unknown): MapResize | undefined => (given === false ? undefined : given === undefined || given === true ? 'bilinear' : (given as MapResize));

/** From what the method gives for a's lead over b, and for b's over a. */
function pairMap(a: number, b: number, maps: readonly Float32Array[], forward: Shown, backward: Shown): PairMap {
  // A map that is the same for both classes tells nothing of them.
  if (same(maps[a], maps[b])) return { a, b, values: new Float32Array(maps[a].length), signed: true };
  if (same(forward.values, backward.values)) return { a, b, values: forward.values, signed: false };
  const values = minus(forward.values, backward.values);
  // Signed maps tell both directions each: their mean. Others tell one each.
  return { a, b, values: forward.signed ? values.map((value) => value / 2) : values, signed: true };
}

/** But for what rounding leaves. */
function same(a: Float32Array, b: Float32Array): boolean {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.every((value, at) => Math.abs(value - b[at]) <= 1e-5 * largest);
}
