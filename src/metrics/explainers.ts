import { Attribution, type AttributionTarget } from '../attribution/attribution';
import type { OneMap, TargetOptions } from '../attribution/method';
import { shown } from '../check';
import type { Classifier, ImageInput } from '../model/classifier';

/** What makes a map: an attribution method, or a function around one that fixes some of its options and passes on those that it is given. */
export type Explainer = (model: Classifier, image: ImageInput, options?: OneMap<TargetOptions>) => Promise<Attribution>;

/** One or several of them: a list, or an object whose keys are what pictures and tables call them. */
export type Explainers = Explainer | readonly Explainer[] | Readonly<Record<string, Explainer>>;

/** A method, and the name that it was given; without one it is called as its maps are. */
export interface NamedExplainer {
  name?: string;
  explain: Explainer;
}

/** The methods that a caller means, at least one. */
export function explainersOf(caller: string, given: unknown): NamedExplainer[] {
  const example = '[cl.gradCam, cl.saliency] or { name: (model, image, options) => cl.gradCam(model, image, { ...options, layer }) }';
  if (typeof given === 'function') return [{ explain: given as Explainer }];
  const named = Array.isArray(given) ? given.map((explain: unknown) => ({ explain })) : isPlain(given) ? Object.entries(given).map(([name, explain]) => ({ name, explain })) : undefined;
  if (!named) throw new TypeError(`${caller} takes methods, as ${example}, got ${shown(given)}`);
  if (!named.length) throw new RangeError(`${caller} needs at least one method, as ${example}`);
  const wrong = named.find(({ explain }) => typeof explain !== 'function');
  if (wrong) throw new TypeError(`${caller} takes methods, as ${example}, got ${shown(wrong.explain)} among them`);
  return named as NamedExplainer[];
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** One map of a method, which must be what a method gives, and of what it was asked for. */
export async function mapBy({ name, explain }: NamedExplainer, model: Classifier, image: ImageInput, wanted: AttributionTarget, options: OneMap<TargetOptions>): Promise<Attribution> {
  const map: unknown = await explain(model, image, options);
  const called = shown(name ?? explain.name);
  if (!(map instanceof Attribution)) throw new TypeError(`method ${called} must give one attribution, got ${shown(map)}`);
  const { index, label } = map.target;
  if (index === wanted.index && label === wanted.label) return map;
  throw new Error(`method ${called} explained ${shown(label)} and not ${shown(wanted.label)}: a function must pass on the options that it is given`);
}

/** What pictures and tables call the methods: the name that was given, or that of their maps; two of one name are told apart by their layers, or else by numbers. */
export function namesOf(methods: readonly { name: string; layer?: string }[]): string[] {
  const twice = (names: readonly string[], name: string): boolean => names.filter((each) => each === name).length > 1;
  const plain = methods.map(({ name }) => name);
  const told = methods.map(({ name, layer }) => (layer && twice(plain, name) ? `${name} at ${layer}` : name));
  return told.map((name, at) => (told.indexOf(name) < at ? `${name} (${told.slice(0, at + 1).filter((each) => each === name).length})` : name));
}
