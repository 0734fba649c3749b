import type { Attribution } from '../../attribution/attribution';
import { joined } from '../../attribution/notes';
import { ready } from '../../backend';
import { knownOptions, oneOf, shown, truth, whole } from '../../check';
import { collectionOf, type ImageCollection, type ImagesSource, readable, type Unreadable } from '../../image/collection';
import type { Image } from '../../image/image';
import { longWork } from '../../longWork';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { seedBits, stir } from '../../model/stir';
import type { LongWorkOptions } from '../../progress';
import { centreBlob } from '../centreBlob';
import { deletion } from '../deletion';
import { edgeMap } from '../edgeMap';
import { type Explainers, explainersOf, mapBy, type NamedExplainer, namesOf } from '../explainers';
import { randomMap } from '../randomMap';
import { type BenchmarkMeasure, MethodBenchmark } from './result';
import { type Marks, marksOf } from './score';
import { Tally } from './tally';
import { type Thing, thingsIn } from './things';
import { usualMethods } from './usualMethods';

/** Options of `benchmarkMethods`. */
export interface BenchmarkOptions extends LongWorkOptions {
  /** The methods: a list, or an object of named ones. Default: every attribution method, the slow ones with fewer samples. */
  methods?: Explainers;
  /** What is measured: `'pointing'`, `'energy'`, `'iou'`, and on request `'deletion'`, which takes 21 passes a map. Default: the first three. */
  measures?: readonly BenchmarkMeasure[];
  /** How many scenes are looked at; of more than that so many are picked at random. Default 200. */
  count?: number;
  /** Whether only scenes count whose classes are the network's likeliest. Default true. */
  onlyRight?: boolean;
  /** Of the pick and of the random maps. Default 0. */
  seed?: number;
}

const optionNames = ['methods', 'measures', 'count', 'onlyRight', 'seed', 'signal', 'onProgress'] as const;
const allMeasures = ['pointing', 'energy', 'iou', 'deletion'] as const;

/**
 * How well the maps of each method lie on the things that they explain: a MethodBenchmark with a row for each method and, to hold them against, for three that know nothing of the network: a
 * random map (the first method's values in random places), a centre blob, and an edge detector. It shows itself as a chart with intervals; `markdown()` is a table, and as JSON it keeps the numbers.
 *
 * Each thing of a scene is explained in turn and judged by its own mask: the pointing game (Zhang et al. 2016, the tolerance of 15 pixels scaled to the picture), the energy inside (Wang et al. 2020) and the
 * intersection over union of as many of the strongest pixels as the thing has, which needs no threshold. In scenes with several classes it also tells how often a map points at the thing of another
 * class: a method that does not tell classes apart does so as often as at its own. A map without positive evidence misses.
 *
 * @param scenes images with masks whose labels are classes of the model, as `cl.scenes()` paints them: a collection or a list. Masks of other things are left out of account
 * @param options `methods` (all), `measures` (['pointing', 'energy', 'iou']; 'deletion' on request), `count` (200), `onlyRight` (true: scenes of which the network's likeliest classes are those that are there),
 * `seed` (0), `signal`, `onProgress`. A method that does not fit the network is left out and told. The interrupt button and `signal` keep the scenes that were done.
 * Throws when no scene has a mask of a class, none is classified right, or no method fits.
 *
 * @example
 * const benchmark = await cl.benchmarkMethods(await cl.loadModel('vgg-tiny'), cl.scenes({ count: 200, seed: 5 }));
 * console.log(benchmark.markdown())
 */
export async function benchmarkMethods(model: Classifier, scenes: ImagesSource, options: BenchmarkOptions = {}): Promise<MethodBenchmark> {
  checkModel('benchmarkMethods', model);
  knownOptions('benchmarkMethods', options, optionNames);
  const explainers = explainersOf('benchmarkMethods', options.methods ?? usualMethods);
  const measures = checkMeasures(options.measures ?? ['pointing', 'energy', 'iou']);
  const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const onlyRight = truth('onlyRight', options.onlyRight ?? true);
  const collection = picked(await collectionOf('benchmarkMethods', scenes), whole('count', options.count ?? 200), seed);
  if (!model.labels) throw new RangeError(`benchmarkMethods needs the names of ${shown(model.name)}'s classes, to know the masks by: loadModel(..., { labels })`);
  const backend = await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const start = performance.now();
  const board = new Scoreboard(explainers, measures, seed);
  const unreadable: Unreadable[] = [];
  const counts = { looked: 0, used: 0, wrong: 0, unmasked: 0, several: 0, things: 0 };
  let area = 0;
  const { height, width } = sizeOf(model);
  const total = collection.entries.length;

  const result = (note?: string): MethodBenchmark => {
    const { rows, unfit } = board.rows();
    const told = joined(note, ...unfit.map(({ name, reason }) => `${name} does not fit: ${reason}`));
    const about = { model: model.name, scenes: collection.name, ...counts, unreadable: unreadable.length, area: area / counts.things, measures, onlyRight, seed, backend: backend.name };
    return new MethodBenchmark({ ...about, rows, tolerance: (15 * Math.max(height, width)) / 500, seconds: (performance.now() - start) / 1000, note: told });
  };

  await longWork('methods on scenes', { total, unit: 'scenes', signal: options.signal, onProgress: options.onProgress }, async (job) => {
    for await (const { at, image } of readable(collection, (broken) => unreadable.push(broken))) {
      if (job.signal.aborted) break;
      const seen = image.fitTo(height, width);
      const things = await thingsIn(model, seen, onlyRight);
      if (typeof things === 'string') counts[things]++;
      else if (await board.judge(model, seen, things, job.signal, () => job.advance(at))) {
        counts.used++;
        counts.things += things.length;
        counts.several += Number(things.length > 1);
        area += things.reduce((sum, thing) => sum + thing.area, 0);
      } else break;
      counts.looked++;
      await job.advance(at + 1);
      if (counts.used) job.picture(() => result().toFigure());
    }
    if (!counts.used) job.signal.throwIfAborted();
  });
  counts.looked += unreadable.length;
  if (!counts.used) throw new RangeError(noneCounted(model, collection, counts, unreadable));
  board.mustHaveRows();
  return result(counts.looked < total ? `stopped after ${counts.looked} of ${total} scenes` : undefined);
}

/** The marks of all methods. A scene counts as a whole, so that all are judged by the same. */
class Scoreboard {
  private readonly methods: { explainer: NamedExplainer; tally: Tally; unfit?: Error }[];
  private readonly nulls = nullMaps.map((make) => ({ make, tally: new Tally('null') }));
  private judged = 0;

  constructor(
    explainers: readonly NamedExplainer[],
    private readonly measures: readonly BenchmarkMeasure[],
    private readonly seed: number,
  ) {
    this.methods = explainers.map((explainer) => ({ explainer, tally: new Tally('method', explainer.name) }));
  }

  /** Judges all maps of a scene; false where it was stopped, and then nothing counts. */
  async judge(model: Classifier, seen: Image, things: readonly Thing[], signal: AbortSignal, pause: () => Promise<void>): Promise<boolean> {
    const found: { tally: Tally; map: Attribution; marks: Marks }[] = [];
    for (const [at, thing] of things.entries()) {
      const others = things.filter((each) => each !== thing).map(({ mask }) => mask);
      const made: { tally: Tally; map: Attribution }[] = [];
      for (const method of this.methods) {
        if (method.unfit) continue;
        const map = await this.mapOf(method, model, seen, thing, signal);
        if (signal.aborted) return false;
        if (map) made.push({ tally: method.tally, map });
        await pause();
      }
      if (!made.length) continue;
      const drawn = this.seed + (this.judged * 8 + at) * 100;
      for (const { make, tally } of this.nulls) made.push({ tally, map: make(made[0].map, drawn) });
      const areas = this.measures.includes('deletion') ? await deletion(model, seen, made.map(({ map }) => map), { seed: this.seed, signal, onProgress: null }) : undefined;
      if (signal.aborted) return false;
      made.forEach(({ tally, map }, i) => found.push({ tally, map, marks: { ...marksOf(map, thing, others, this.measures), deletion: areas?.curves[i].value } }));
    }
    for (const { tally, map, marks } of found) tally.add(map, marks);
    this.judged++;
    return true;
  }

  /** What the first scene refuses is left out; later on it is an error. */
  private async mapOf(method: Scoreboard['methods'][number], model: Classifier, seen: Image, { target }: Thing, signal: AbortSignal): Promise<Attribution | undefined> {
    try {
      return await mapBy(method.explainer, model, seen, target, { target: target.index, signal, onProgress: null });
    } catch (error) {
      if (signal.aborted) return undefined;
      if (this.judged) throw error;
      method.unfit = error instanceof Error ? error : new Error(String(error));
      return undefined;
    }
  }

  /** Throws the first method's own reason when none fits. */
  mustHaveRows(): void {
    if (this.methods.every(({ unfit }) => unfit)) throw this.methods[0].unfit;
  }

  rows() {
    const fit = this.methods.filter(({ unfit }) => !unfit);
    const ranked = (tallies: readonly Tally[]) => {
      const names = namesOf(tallies.map(({ called }) => called));
      const rows = tallies.map((tally, at) => tally.row(names[at]));
      const worth = ({ pointing, energy, iou, deletion: area }: (typeof rows)[number]): number => pointing?.value ?? energy?.value ?? iou?.value ?? -(area?.value ?? 0);
      return rows.sort((a, b) => worth(b) - worth(a) || (b.energy?.value ?? 0) - (a.energy?.value ?? 0));
    };
    return {
      rows: [...ranked(fit.map(({ tally }) => tally)), ...ranked(this.nulls.map(({ tally }) => tally))],
      unfit: this.methods.flatMap(({ unfit, explainer }) => (unfit ? [{ name: explainer.name ?? explainer.explain.name, reason: unfit.message }] : [])),
    };
  }
}

/** Maps that know nothing of the network. */
const nullMaps: readonly ((like: Attribution, seed: number) => Attribution)[] = [(like, seed) => randomMap(like, { seed }), (like) => centreBlob(like), (like) => edgeMap(like)];

function checkMeasures(given: readonly BenchmarkMeasure[]): BenchmarkMeasure[] {
  if (!Array.isArray(given) || !given.length) throw new TypeError(`measures must be a list of ${allMeasures.join(', ')}, got ${shown(given)}`);
  const known = given.map((each) => oneOf('measures', each, allMeasures));
  return allMeasures.filter((measure) => known.includes(measure));
}

/** So many of the scenes, in their order. */
function picked(collection: ImageCollection, count: number, seed: number): ImageCollection {
  const { entries } = collection;
  if (entries.length <= count) return collection;
  const lots = entries.map((_, at) => ({ at, lot: stir(seedBits(seed) + stir(at + 1)) }));
  const chosen = new Set(lots.sort((a, b) => a.lot - b.lot || a.at - b.at).slice(0, count).map(({ at }) => at));
  return { ...collection, entries: entries.filter((_, at) => chosen.has(at)) };
}

const sizeOf = ({ inputShape: [height, width] }: Classifier): { height: number; width: number } => ({ height, width });

function noneCounted({ name, labels = [] }: Classifier, { name: scenes, entries }: ImageCollection, { wrong, unmasked }: { wrong: number; unmasked: number }, unreadable: readonly Unreadable[]): string {
  if (wrong) return `benchmarkMethods: ${name} takes all ${wrong} scenes with masks for something else; { onlyRight: false } counts them all the same`;
  if (unmasked) return `benchmarkMethods: none of ${unmasked} images of ${scenes} has a mask whose label is a class of ${name} (${labels.slice(0, 5).map((label) => shown(label)).join(', ')}${labels.length > 5 ? ', ...' : ''}); cl.scenes() paints some that have`;
  return `benchmarkMethods: none of ${entries.length} images of ${scenes} could be read (${unreadable[0]?.name}: ${unreadable[0]?.reason})`;
}
