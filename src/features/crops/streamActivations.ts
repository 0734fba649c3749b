import type * as tf from '@tensorflow/tfjs';
import { rowsThatPass } from '../../attribution/budget';
import { Pace } from '../../attribution/perturbation/pace';
import { type ImageCollection, type ImageEntry, readable, type Unreadable } from '../../image/collection';
import type { Image } from '../../image/image';
import type { Classifier } from '../../model/classifier';
import { forward } from '../../model/run';
import { scoped } from '../../kernels/scoped';
import type { Job } from '../../progress';

/** What the network put out for a few images of a collection. */
export interface ActivationBatch {
  /** For each wanted value `[images, ...]`; freed when the visit is over. */
  outputs: tf.Tensor[];
  /** What the network saw of each image. */
  images: readonly Image[];
  entries: readonly ImageEntry[];
  /** The place of each in the collection. */
  places: readonly number[];
}

export interface StreamOptions {
  /** Told of progress in images, those that cannot be read among them; its signal stops the stream between two batches. */
  job: Job;
  /** Told of an image that cannot be read. */
  broken(image: Unreadable): void;
  /** How many images at once. Default: what takes less than half a second. */
  batchSize?: number;
  /** The most images at once when none is given. Default: what fits in half a gigabyte on a pass forward. */
  most?: number;
  /** The place of the first image. Default 0. */
  from?: number;
}

/** Images of the first batch, which tells how long one takes. */
const trial = 4;

/**
 * Sends the images of a collection through the network, batch by batch, and shows each batch what it put out; only one batch is in memory.
 * Gives how many images of the collection are done (all of them, unless the signal stopped it): where to go on from.
 */
export async function streamActivations(model: Classifier, collection: ImageCollection, values: readonly number[], options: StreamOptions, visit: (batch: ActivationBatch) => void): Promise<number> {
  const { job, broken, batchSize, from = 0 } = options;
  const most = batchSize ?? options.most ?? rowsThatPass(model.graph);
  const pace = new Pace(job.signal);
  let size = batchSize ?? Math.min(trial, most);
  let waiting: { at: number; image: Image; entry: ImageEntry }[] = [];
  let done = from;
  const run = (): void => {
    const start = performance.now();
    const { x, images } = model.prepareAll(waiting.map(({ image }) => image));
    try {
      scoped(() => visit({ outputs: forward(model.graph, x, values), images, entries: waiting.map(({ entry }) => entry), places: waiting.map(({ at }) => at) }));
    } finally {
      x.dispose();
    }
    size = batchSize ?? pace.fitting((performance.now() - start) / waiting.length, most);
    done = waiting[waiting.length - 1].at + 1;
    waiting = [];
  };
  for await (const next of readable(collection, broken, from)) {
    if (job.signal.aborted) return done;
    waiting.push(next);
    if (waiting.length < size) continue;
    run();
    await job.advance(done);
  }
  if (waiting.length && !job.signal.aborted) run();
  if (job.signal.aborted) return done;
  await job.advance(collection.entries.length);
  return collection.entries.length;
}
