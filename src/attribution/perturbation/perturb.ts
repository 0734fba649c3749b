import { ready } from '../../backend';
import { between, shown, truth } from '../../check';
import { Attribution } from '../attribution';
import type { Found, Subject, TargetOptions } from '../method';
import { Pace } from './pace';
import type { Scorer, Tell } from './scorer';

/** Options of the methods that try many variations of the image. */
export interface PerturbationOptions extends TargetOptions {
  /** Milliseconds that the map of one image may take: it stops there, coarser, and its note says how far it came. Default: no limit. */
  budgetMs?: number;
  /** Whether the running cell shows the map so far below the bar, redrawn at most twice a second; of several targets the first one's. Default true; nothing is shown with an `onProgress` of your own. */
  live?: boolean;
  /** Called with the map so far, at most twice a second; of several targets with the first one's. */
  onUpdate?: (map: Attribution) => void;
}

export const perturbationOptions = ['budgetMs', 'live', 'onUpdate'] as const;

/** What a method makes of the scores. */
export interface Perturbation<T> {
  method: string;
  /** What is counted, and how many there are. */
  unit: string;
  count: number;
  scorer: Scorer<T>;
  /** Takes some scores into the maps; `rows`: what the scorer kept beside them. */
  take(items: readonly T[], scores: readonly Float32Array[], rows?: Float32Array): void;
  /** The map so far of an aim; `left`: why it is not the whole map, where it is not. */
  found(aim: number, left: string | undefined): Found;
}

/** Milliseconds between two calls of `onUpdate`. */
const glance = 500;

export function paceOf(subject: Subject, { budgetMs, live = true, onUpdate }: PerturbationOptions): Pace {
  truth('live', live);
  if (onUpdate !== undefined && typeof onUpdate !== 'function') throw new TypeError(`onUpdate must be a function, got ${shown(onUpdate)}`);
  return new Pace(subject.job.signal, budgetMs === undefined ? undefined : between('budgetMs', budgetMs, 1, Infinity));
}

/**
 * The engine of all perturbation methods: variations of one image are scored, coarse before fine, for all aims at once, until all are done, the
 * budget is spent or someone stops it. It tells how long it will take after the first few, and shows the map so far.
 */
export async function perturb<T>(subject: Subject, pace: Pace, options: PerturbationOptions, work: Perturbation<T>): Promise<Found[]> {
  const { job, aims } = subject;
  const { scorer, count, unit } = work;
  const { name: backend } = await ready();
  let scored = 0;
  let uncounted = 0;
  let nextUpdate = pace.spent + glance;

  const left = (): string | undefined => {
    if (scored === count) return undefined;
    const far = `after ${scored.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} ${unit}`;
    if (pace.aborted) return `stopped ${far}`;
    return pace.over ? `stopped by the budget ${far}` : far;
  };
  const soFar = (): Attribution => {
    const found = work.found(0, left());
    const record = { method: work.method, grain: 'coarse', model: subject.model.name, ...aims[0].reached, image: subject.image, seconds: pace.spent / 1000, backend } as const;
    return new Attribution({ ...record, ...found, options: { score: options.score, ...found.options } });
  };
  const tell: Tell<T> = async (some, found) => {
    uncounted += some;
    if (found) {
      work.take(found.items, found.scores, found.rows);
      if (scored === 0) estimate(found.items.length);
      scored += found.items.length;
    }
    // The estimate comes before the first count, and it needs the first scores.
    await job.add(scored > 0 ? uncounted : 0);
    if (scored > 0) uncounted = 0;
    if (found && scored < count && !pace.over) show();
    return !pace.over;
  };
  const begun = pace.spent;
  const estimate = (first: number): void => {
    const spent = pace.spent - begun;
    const reach = Math.floor(((pace.budget - begun) / spent) * first);
    job.expect(first, spent / 1000, reach < count ? Math.max(first, reach) : undefined);
  };
  const show = (): void => {
    if (options.live !== false) job.picture(() => soFar().overlay({ size: 224, colorbar: false }));
    if (!options.onUpdate || pace.spent < nextUpdate) return;
    options.onUpdate(soFar());
    nextUpdate = pace.spent + glance;
  };

  if (!pace.aborted) await scorer.run(tell, pace);
  return aims.map((_, aim) => work.found(aim, left()));
}
