import * as tf from '@tensorflow/tfjs';
import { rowsThatFit } from '../../attribution/budget';
import { ready } from '../../backend';
import { Image } from '../../image/image';
import { scoped } from '../../kernels/scoped';
import { longWork } from '../../longWork';
import type { Classifier } from '../../model/classifier';
import type { LongWorkOptions } from '../../progress';
import { climb } from './climb';
import { FeatureVisualization, type FeatureVisualizationRecord, type VisualizedFeature } from './featureVisualization';
import type { Objective } from './objective';
import type { Size } from './parametrization';
import type { Climbed, Moment } from './history';
import { type Settings, toldOptions } from './settings';
import { scoresOf } from './slope';

/** What a picture is made for, and the seed of its noise. */
export type Wanted = Pick<VisualizedFeature, 'label' | 'layer' | 'channel' | 'seed'>;

/** Pictures that are optimised together. */
export interface Batch {
  objective: Objective;
  wanted: readonly Wanted[];
}

/** Everything about a call but how it is watched. */
export interface Dream extends Pick<FeatureVisualizationRecord, 'method' | 'unit' | 'rising' | 'original'> {
  model: Classifier;
  size: Size;
  settings: Settings;
  /** Beside those of the settings, for the caption. */
  options: Record<string, unknown>;
  batches: readonly Batch[];
  /** Whether a score of 0 means that the filter is silent, as behind a ReLU. */
  rectified?: boolean;
}

/** Optimises batch after batch, with progress and a picture of what there is. Stopped, it gives what it has, and says so. */
export async function dream(work: Dream, { signal, onProgress }: LongWorkOptions): Promise<FeatureVisualization> {
  const { model, size, settings, options, batches } = work;
  const { name: backend } = await ready();
  const begun = performance.now();
  const { seed, steps } = settings;
  const total = steps * batches.length;
  const result = (features: VisualizedFeature[], note?: string): FeatureVisualization =>
    new FeatureVisualization({
      method: work.method,
      features,
      unit: work.unit,
      rising: work.rising,
      model: model.name,
      original: work.original,
      options: { ...options, ...toldOptions(settings, size) },
      seed,
      seconds: (performance.now() - begun) / 1000,
      backend,
      note,
    });
  const finished: VisualizedFeature[] = [];
  let done = 0;
  await longWork(work.method, { total, unit: 'steps', signal, onProgress }, async (job) => {
    for (const batch of batches) {
      if (!done) job.signal.throwIfAborted();
      if (job.signal.aborted) break;
      const before = done;
      const greys = greyScores(work, batch);
      const { seed: _seed, batchSize: _batchSize, moves, ...rest } = settings;
      const ascent = { ...rest, model, objective: batch.objective, seeds: batch.wanted.map((each) => each.seed), seed, size, moves: moves(size) };
      const climbed = await climb(ascent, job, async (step, soFar) => {
        done = before + step;
        job.picture(() => result([...finished, ...featuresOf(work, batch, soFar(), greys)]).toFigure());
        await job.advance(done);
      });
      if (done > before) finished.push(...featuresOf(work, batch, climbed, greys));
    }
    // A batch that was stopped at its first moment has nothing to show.
    if (!done) job.signal.throwIfAborted();
  });
  return result(finished, done < total ? stopped(done, total, finished.length, batches) : undefined);
}

function stopped(done: number, total: number, pictures: number, batches: readonly Batch[]): string {
  const all = batches.reduce((sum, { wanted }) => sum + wanted.length, 0);
  return `stopped after ${done} of ${total} steps: the best so far${pictures < all ? `, ${pictures} of ${all} pictures` : ''}`;
}

/** Pictures in batches: as many as fit, those of a group together. */
export function batchesOf(model: Classifier, [height, width]: Size, count: number, group: number, batchSize: number | undefined): { start: number; end: number }[] {
  const [inputHeight, inputWidth] = model.inputShape;
  const fitting = Math.floor((rowsThatFit(model.graph) * inputHeight * inputWidth) / (height * width));
  const size = Math.max(1, Math.floor((batchSize ?? Math.min(most, fitting)) / group)) * group;
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({ start: i * size, end: Math.min(count, (i + 1) * size) }));
}

const most = 32;

const greyScores = ({ model, size }: Dream, { objective, wanted }: Batch): Float32Array => scoped(() => scoresOf(model, objective, tf.fill([wanted.length, ...size, 3], 127.5)));

function featuresOf({ rising, size, rectified }: Dream, { wanted }: Batch, climbed: readonly Climbed[], greys: Float32Array): VisualizedFeature[] {
  const told = (score: number): number => (rising ? score : -score);
  return wanted.map((each, i) => {
    const { best, moments, seen, checked } = climbed[i];
    const moment = ({ step, score, pixels }: Moment) => ({ step, value: told(score), image: pictureOf(pixels, size, each.label) });
    const silent = rectified && !(best.score > 0) && !seen.some((score) => score > 0);
    const broken = !Number.isFinite(best.score);
    return {
      ...each,
      ...moment(best),
      start: told(checked[0].score),
      grey: told(greys[i]),
      seen: seen.map(told),
      checked: checked.map(({ step, score }) => ({ step, value: told(score) })),
      snapshots: moments.map(moment),
      note: broken ? 'its activation is no finite number: the network overflows' : silent ? 'never fired: the picture is noise' : undefined,
    };
  });
}

/** Pixels `[height, width, 3]`, 0..255, as an image. */
export function pictureOf(pixels: Float32Array, [height, width]: Size, name: string): Image {
  const data = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) for (let colour = 0; colour < 3; colour++) data[to + colour] = pixels[from + colour];
  return new Image(width, height, data, name);
}
