import type * as tf from '@tensorflow/tfjs';
import type { Attribution, AttributionTarget } from '../../attribution/attribution';
import { goalOf } from '../../attribution/goal';
import { ready } from '../../backend';
import { knownOptions, oneOf, shown, whole } from '../../check';
import { longWork } from '../../longWork';
import { checkModel, Classifier, type ImageInput } from '../../model/classifier';
import { copyOf } from '../../model/copyModel';
import { mustBeFinite } from '../../model/finiteWeights';
import { type Redraw, redraw, redraws } from '../../model/redraw';
import { seedBits, stir } from '../../model/stir';
import { classIndex, type Target } from '../../model/target';
import type { LongWorkOptions, ShowingJob } from '../../progress';
import { type Explainers, explainersOf, mapBy, type NamedExplainer, namesOf } from '../explainers';
import { type ChanceLikeness, chanceLikeness, type Likeness, likenessTo } from './likeness';
import { type HeldMap, type MethodSanity, SanityCheck, type SanityRecord } from './result';
import { redrawnAt, sourcesOf, type Stage, stagesOf } from './stages';
import type { RandomLabelsNetwork } from './trainOnRandomLabels';
import { type Verdict, verdictOf } from './verdict';

/** Options of `sanityCheck`. */
export interface SanityCheckOptions extends LongWorkOptions {
  /** What to explain, as every method takes it; it stays the same at every step. Default: the class that the network as it is finds most likely. */
  target?: Target;
  /** `'cascade'`: weights are re-drawn from the scores downwards, more at each step, until none of the learnt ones is left; `'independent'`: at each step one block or layer only. Default `'cascade'`. */
  mode?: 'cascade' | 'independent';
  /** The steps: `'blocks'` (at most twelve), `'all'` for every layer with weights by itself, or a list of layers, by name or by place. Default `'blocks'`. */
  layers?: 'blocks' | 'all' | readonly (string | number)[];
  /** `'fresh'` draws weights as for a new network, `'shuffled'` puts each tensor's own values in another order. Default `'fresh'`. */
  weights?: Redraw;
  /** The class whose map is held against the target's, by number or label; `false` for none. Default: one that the seed picks, where a class is explained. */
  otherClass?: number | string | false;
  /** A network of the same classes that learnt random labels, as `trainOnRandomLabels` makes one: its maps are held against the original ones too. Default: none. */
  randomLabels?: Classifier | RandomLabelsNetwork;
  /** Of the weights, the random maps and the other class. Default 0. */
  seed?: number;
}

const optionNames = ['target', 'mode', 'layers', 'weights', 'otherClass', 'randomLabels', 'seed', 'signal', 'onProgress'] as const;

/**
 * Whether a method's map depends on what the network has learnt: a SanityCheck. The weights of a copy of the network are re-drawn, from the scores downwards, and after each step the map for the
 * same class is held against the original one. A map that hardly changes shows the photograph and not the network. It shows itself as a strip of maps for each method,
 * a chart of the likeness over the steps, and a verdict in words; `methods[i].steps` has the maps and the numbers, as JSON it keeps the numbers.
 *
 * Three measures of likeness, as in the paper: Spearman's rank correlation of the sizes of the values (`absRank`, on which the verdict rests), of the values (`rank`), and the structural similarity of
 * the sizes (`ssim`); the paper's fourth, by histograms of gradients, is left out. Beside them stands what chance gives: the mean and the highest of 19 random maps with the map's own values and
 * coarseness. A step is alike where `absRank` is 0.5 or more and above chance. A method fails that is alike at half of the steps (the scores alone say nothing any more after the first one), or
 * at the last, where nothing learnt is left; it passes with a quarter of them or fewer and a last one below 0.2 or within chance,
 * unless it looks alike all the same (`ssim` at half of the steps 0.5 or more, and 0.2 above chance). As a second, cheaper test each method's map for another class is held against the original one: a map that does not tell classes apart says little of either.
 *
 * Methods: one, a list, or an object of named ones; a function of your own must pass on the options that it is given: `{ 'block 3': (m, p, o) => cl.gradCam(m, p, { ...o, layer: 'block3_conv3' }) }`.
 *
 * With `randomLabels` the paper's second test is made too: a network that learnt the same pictures with labels dealt out at random should have other maps.
 *
 * Options: `target`, `mode` ('cascade' or 'independent'), `layers` ('blocks', 'all' or a list), `weights` ('fresh': He-normal kernels, zero biases and a normalisation that changes
 * nothing, as an untrained network; or 'shuffled'), `otherClass`, `randomLabels`, `seed` (0), `signal`, `onProgress`. Your model is not changed. The interrupt button and `signal` keep the steps that were reached.
 * Throws for an unknown layer, one without weights, and what is no method.
 * Adebayo, Gilmer, Muelly, Goodfellow, Hardt & Kim 2018, "Sanity checks for saliency maps", arXiv 1810.03292; the other class: Sixt, Granz & Landgraf 2020, "When explanations lie", arXiv 1912.09818.
 *
 * @example
 * await cl.sanityCheck(model, photo, [cl.gradCam, cl.guidedBackprop, cl.saliency])
 */
export async function sanityCheck(model: Classifier, image: ImageInput, methods: Explainers, options: SanityCheckOptions = {}): Promise<SanityCheck> {
  checkModel('sanityCheck', model);
  const explainers = explainersOf('sanityCheck', methods);
  knownOptions('sanityCheck', options, optionNames);
  const mode = oneOf('mode', options.mode ?? 'cascade', ['cascade', 'independent'] as const);
  const weights = oneOf('weights', options.weights ?? 'fresh', redraws);
  const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const start = performance.now();
  const target = options.target ?? (await likeliest(model, image));
  const goal = goalOf(model, target, 'logit');
  const stages = stagesOf(model.graph, goal.of, checkLayers(options.layers ?? 'blocks'));
  const otherIndex = otherClassOf(model, goal.target.index, options.otherClass, seed);
  const rival = rivalOf(model, options.randomLabels);
  const found = new Findings(explainers, mode, stages);
  const total = explainers.length * (1 + Number(otherIndex !== undefined) + Number(rival !== undefined) + stages.length);
  let done = 0;
  const result = (note?: string): SanityCheck =>
    new SanityCheck({ model: model.name, target: goal.target, mode, weights, seed, stages, methods: found.methods(), seconds: (performance.now() - start) / 1000, note });

  await longWork('sanity check', { total, unit: 'maps', signal: options.signal, onProgress: options.onProgress }, async (job) => {
    const count = async (): Promise<void> => {
      await job.advance(++done);
      if (done > explainers.length) job.picture(() => result().toFigure());
    };
    for await (const { map } of mapsOf(explainers, model, image, target, goal.target, job)) {
      found.add(map, await chanceLikeness(map, seed, () => job.advance(done)));
      await count();
    }
    // Nothing to show yet.
    if (done < explainers.length) return job.signal.throwIfAborted();
    if (otherIndex !== undefined) {
      for await (const { at, map } of mapsOf(explainers, model, image, otherIndex, { index: otherIndex, label: model.label(otherIndex) }, job)) {
        found.hold(at, 'otherClass', map);
        await count();
      }
    }
    if (rival && !job.signal.aborted) {
      for await (const { at, map } of mapsOf(explainers, rival, image, target, goal.target, job)) {
        found.hold(at, 'randomLabels', map);
        await count();
      }
    }
    if (job.signal.aborted) return;
    const copy = await copyOf(model);
    try {
      for await (const _ of withoutLearning(model, copy, goal.of, { stages, mode, weights, seed }, () => job.advance(done))) {
        for await (const { at, map } of mapsOf(explainers, copy, image, target, goal.target, job)) {
              found.step(at, map);
          await count();
        }
        if (job.signal.aborted) return;
      }
    } finally {
      copy.dispose();
    }
  });
  return result(done < total ? `stopped after ${done} of ${total} maps` : undefined);
}

/** Re-draws the weights of the copy, one step after the other. */
async function* withoutLearning(model: Classifier, copy: Classifier, of: number, { stages, mode, weights, seed }: Pick<SanityRecord, 'stages' | 'mode' | 'weights' | 'seed'>, pause: () => Promise<void>): AsyncGenerator<Stage> {
  const copies = sourcesOf(copy.graph);
  const originals = sourcesOf(model.graph);
  const places = [...originals.keys()];
  const drawn = new Set<string>();
  for (const [at, stage] of stages.entries()) {
    if (mode === 'independent') {
      for (const layer of drawn) restore(copies.get(layer)!, originals.get(layer)!);
      drawn.clear();
    }
    for (const layer of redrawnAt(model.graph, of, stages, at, mode === 'cascade')) {
      if (drawn.has(layer)) continue;
      redraw(copies.get(layer)!.weights, weights, seed, places.indexOf(layer));
      drawn.add(layer);
      await pause();
    }
    yield stage;
  }
}

/** The maps of all methods, one after the other, until it is stopped. */
async function* mapsOf(explainers: readonly NamedExplainer[], model: Classifier, image: ImageInput, target: Target, wanted: AttributionTarget, { signal }: ShowingJob): AsyncGenerator<{ at: number; map: Attribution }> {
  for (const [at, explainer] of explainers.entries()) {
    if (signal.aborted) return;
    const map = await mapBy(explainer, model, image, wanted, { target, signal, onProgress: null }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    // A method of many steps gives what it has when it is stopped: no map to hold against a whole one.
    if (!map || signal.aborted) return;
    yield { at, map };
  }
}

/** What was found of each method so far. */
class Findings {
  private readonly found: Finding[] = [];

  constructor(
    private readonly explainers: readonly NamedExplainer[],
    private readonly mode: 'cascade' | 'independent',
    private readonly stages: readonly Stage[],
  ) {}

  add(map: Attribution, chance: ChanceLikeness): void {
    this.found.push({ original: map, like: likenessTo(map), chance, steps: [] });
  }

  hold(at: number, as: 'otherClass' | 'randomLabels', map: Attribution): void {
    this.found[at][as] = this.held(at, map);
  }

  step(at: number, map: Attribution): void {
    this.found[at].steps.push(this.held(at, map));
  }

  methods(): MethodSanity[] {
    const names = namesOf(this.found.map(({ original }, at) => ({ name: this.explainers[at].name ?? original.method, layer: original.layer })));
    return this.found.map(({ original, chance, otherClass, randomLabels, steps }, at) => ({ name: names[at], original, chance, otherClass, randomLabels, steps: [...steps], verdict: this.verdict(steps, chance) }));
  }

  private held(at: number, map: Attribution): HeldMap {
    return { map, likeness: this.found[at].like(map) };
  }

  private verdict(steps: readonly HeldMap[], chance: ChanceLikeness): Verdict | undefined {
    if (steps.length < this.stages.length) return undefined;
    return verdictOf(steps.map(({ likeness }) => likeness), this.stages.map(({ name }) => name), chance, this.mode);
  }
}

interface Finding extends Omit<MethodSanity, 'name' | 'verdict' | 'steps'> {
  steps: HeldMap[];
  like(map: Attribution): Likeness;
}

/** The learnt weights again: both share their memory. */
const restore = (copy: tf.layers.Layer, original: tf.layers.Layer): void => copy.weights.forEach((weight, at) => weight.write(original.weights[at].read()));

async function likeliest(model: Classifier, image: ImageInput): Promise<number> {
  const [first] = await model.predict(image, { top: 1 });
  return first.index;
}

/** The class that is held against the one that is explained. */
function otherClassOf(model: Classifier, index: number, given: number | string | false | undefined, seed: number): number | undefined {
  const { classes } = model.head;
  if (given === false) return undefined;
  if (given !== undefined) {
    const other = classIndex(given, classes, model.labels);
    if (other === index) throw new RangeError(`otherClass ${shown(given)} is the class that is explained; give another`);
    return other;
  }
  if (index < 0 || classes < 2) return undefined;
  const other = stir(seedBits(seed) + 7) % (classes - 1);
  return other < index ? other : other + 1;
}

/** The network that learnt random labels, which must explain the same classes. */
function rivalOf(model: Classifier, given: SanityCheckOptions['randomLabels']): Classifier | undefined {
  if (given === undefined) return undefined;
  const rival = given instanceof Classifier ? given : (given as Partial<RandomLabelsNetwork> | null)?.model;
  if (!(rival instanceof Classifier)) throw new TypeError(`randomLabels must be a model, or what cl.trainOnRandomLabels gives, got ${shown(given)}`);
  rival.mustLive();
  const fits = rival.head.classes === model.head.classes && rival.inputShape.join() === model.inputShape.join();
  if (!fits) throw new RangeError(`randomLabels must have the classes and the input of ${shown(model.name)} (${model.head.classes}, ${model.inputShape.join(' x ')}), got ${rival.head.classes}, ${rival.inputShape.join(' x ')}`);
  return rival;
}

function checkLayers(given: unknown): 'blocks' | 'all' | readonly (string | number)[] {
  if (given === 'blocks' || given === 'all') return given;
  if (Array.isArray(given) && given.length) return given as (string | number)[];
  throw new TypeError(`layers must be 'blocks', 'all' or a list of layers, got ${shown(given)}`);
}
