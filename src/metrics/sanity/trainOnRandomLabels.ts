import * as tf from '@tensorflow/tfjs';
import { ready } from '../../backend';
import { between, knownOptions, shown, whole } from '../../check';
import { collectionOf, type ImagesSource, readable, type Unreadable } from '../../image/collection';
import { longWork } from '../../longWork';
import { checkModel, type Classifier, type ImageInput } from '../../model/classifier';
import { copyOf } from '../../model/copyModel';
import { fillRandom } from '../../model/random';
import { seedBits, stir } from '../../model/stir';
import type { LongWorkOptions } from '../../progress';

/** Options of `trainOnRandomLabels`. */
export interface RandomLabelsOptions extends LongWorkOptions {
  /** At most so many images are learnt by heart; they stay in memory. Default 200. */
  count?: number;
  /** At most so many rounds over all images. Default 200. */
  epochs?: number;
  /** Ends earlier when this share of the random labels is known by heart. Default 0.95, as in the paper. */
  accuracy?: number;
  /** Ends after so many milliseconds. Default: no limit. */
  budgetMs?: number;
  /** Adam's. Default 0.001. */
  learningRate?: number;
  /** Images to a step. Default 20. */
  batchSize?: number;
  /** Of the weights, the labels and the order. Default 0. */
  seed?: number;
}

/** A network that has learnt random labels by heart. */
export interface RandomLabelsNetwork {
  /** The network; `dispose()` it when it is not needed any more. */
  model: Classifier;
  /** The share of the random labels that it knows. */
  accuracy: number;
  /** Rounds over all images. */
  epochs: number;
  images: number;
  seconds: number;
  seed: number;
  /** Anything that a reader must know, as that it knows too few. */
  note?: string;
}

const optionNames = ['count', 'epochs', 'accuracy', 'budgetMs', 'learningRate', 'batchSize', 'seed', 'signal', 'onProgress'] as const;

/**
 * A network of the same layers that was trained on the images with labels dealt out at random, so that it can only learn them by heart: what `sanityCheck(..., { randomLabels })` holds maps against.
 * Whatever a map has in common with the one of such a network, it does not have from the labels. Weights are drawn anew before (He-normal) and learnt with Adam until the labels are known.
 * Your model is not changed. For small networks, as `vgg-tiny` or smaller: VGG16 would take days. The native backend or the cpu one; wasm cannot train.
 *
 * Options: `count` (200 images at most), `epochs` (200 at most), `accuracy` (0.95, where it ends), `budgetMs`, `learningRate` (0.001), `batchSize` (20), `seed` (0), `signal`, `onProgress`.
 * The interrupt button and `signal` keep the network as far as it has come, and a note says so.
 * Adebayo et al. 2018, "Sanity checks for saliency maps", arXiv 1810.03292, section 5 (the data randomisation test).
 *
 * @example
 * const randomLabels = await cl.trainOnRandomLabels(model, cl.scenes({ count: 100 }), { budgetMs: 120_000 });
 * await cl.sanityCheck(model, photo, cl.gradCam, { randomLabels })
 */
export async function trainOnRandomLabels(model: Classifier, images: ImagesSource, options: RandomLabelsOptions = {}): Promise<RandomLabelsNetwork> {
  checkModel('trainOnRandomLabels', model);
  knownOptions('trainOnRandomLabels', options, optionNames);
  const epochs = whole('epochs', options.epochs ?? 200);
  const goal = between('accuracy', options.accuracy ?? 0.95, 0, 1);
  const budget = options.budgetMs === undefined ? Infinity : between('budgetMs', options.budgetMs, 1);
  const rate = between('learningRate', options.learningRate ?? 1e-3, 1e-9, 10);
  const size = whole('batchSize', options.batchSize ?? 20);
  const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const collection = await collectionOf('trainOnRandomLabels', images);
  const entries = collection.entries.slice(0, whole('count', options.count ?? 200, 2));
  const { name } = await ready();
  if (name === 'wasm') throw new Error('trainOnRandomLabels needs gradients of weights, which the wasm backend cannot compute; cl.useBackend("native") or "cpu"');
  model.mustLive();
  const { classes } = model.head;
  if (classes < 2) throw new RangeError(`trainOnRandomLabels needs a model of two classes or more, got ${classes}`);
  const start = performance.now();
  const copy = await copyOf(model);
  let x: tf.Tensor4D | undefined;
  const reached = { accuracy: 0, epochs: 0, note: undefined as string | undefined };
  try {
    fillRandom(copy.model, stir(seedBits(seed)));
    await longWork('learning random labels', { total: epochs, unit: 'rounds', signal: options.signal, onProgress: options.onProgress }, async (job) => {
      x = await inputsOf(copy, { ...collection, entries }, job.signal);
      const rows = x.shape[0];
      const labels = dealt(rows, classes, seed);
      const learner = new Learner(copy, x, labels, rate);
      try {
        while (reached.epochs < epochs && reached.accuracy < goal) {
          const order = shuffledRows(rows, seed, reached.epochs);
          for (let from = 0; from < rows; from += size) {
            learner.step(order.slice(from, from + size));
            await job.advance(reached.epochs);
            if (job.signal.aborted || performance.now() - start > budget) break;
          }
          reached.accuracy = learner.accuracy();
          if (job.signal.aborted || performance.now() - start > budget) break;
          await job.advance(++reached.epochs);
        }
      } finally {
        learner.dispose();
      }
      const known = `${Math.round(reached.accuracy * 100)} % of the random labels known`;
      if (reached.accuracy < goal) reached.note = `${job.signal.aborted ? 'stopped' : 'ended'} with ${known} after ${reached.epochs} rounds, of ${Math.round(goal * 100)} % wanted`;
    });
    return { model: copy, images: (x as unknown as tf.Tensor4D).shape[0], seed, seconds: (performance.now() - start) / 1000, ...reached };
  } catch (error) {
    copy.dispose();
    throw error;
  } finally {
    x?.dispose();
  }
}

/** All images as one input. */
async function inputsOf(model: Classifier, collection: Parameters<typeof readable>[0], signal: AbortSignal): Promise<tf.Tensor4D> {
  const broken: Unreadable[] = [];
  const images: ImageInput[] = [];
  for await (const { image } of readable(collection, (each) => broken.push(each))) {
    signal.throwIfAborted();
    images.push(image);
  }
  if (images.length < 2) throw new RangeError(`trainOnRandomLabels needs at least two images, got ${images.length}${broken.length ? ` (${broken[0].name}: ${broken[0].reason})` : ''}`);
  return model.prepareAll(images).x;
}

/** Each class as often as any other, dealt out at random. */
function dealt(rows: number, classes: number, seed: number): Int32Array {
  return Int32Array.from(shuffledRows(rows, seed, -1), (place) => place % classes);
}

function shuffledRows(rows: number, seed: number, round: number): number[] {
  const lot = Array.from({ length: rows }, (_, at) => stir(seedBits(seed) + stir(stir(round + 2) + at)));
  return [...lot.keys()].sort((a, b) => lot[a] - lot[b] || a - b);
}

/** Goes down the gradient of the cross-entropy by Adam (Kingma & Ba 2015). */
class Learner {
  private readonly optimizer: tf.AdamOptimizer;
  private readonly variables: tf.Variable[];

  constructor(
    private readonly classifier: Classifier,
    private readonly x: tf.Tensor4D,
    private readonly labels: Int32Array,
    rate: number,
  ) {
    this.optimizer = tf.train.adam(rate);
    this.variables = classifier.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  step(rows: readonly number[]): void {
    const loss = tf.tidy(() => {
      const x = tf.gather(this.x, tf.tensor1d([...rows], 'int32'));
      const wanted = tf.oneHot(tf.tensor1d(rows.map((row) => this.labels[row]), 'int32'), this.classifier.head.classes);
      const { value, grads } = tf.variableGrads(() => tf.losses.softmaxCrossEntropy(wanted, this.logits(x, true)) as tf.Scalar, this.variables);
      this.optimizer.applyGradients(grads as Record<string, tf.Variable>);
      return value.dataSync()[0];
    });
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${shown(loss)}: the training has come apart; give a smaller learningRate`);
  }

  /** The share of the labels that are known. */
  accuracy(): number {
    const found = tf.tidy(() => tf.argMax(this.logits(this.x, false), 1).dataSync()) as Int32Array;
    return found.reduce((sum, label, row) => sum + Number(label === this.labels[row]), 0) / found.length;
  }

  dispose(): void {
    this.optimizer.dispose();
  }

  /** What a softmax takes: of a network that ends with one the logarithms of the shares, of which it makes the same shares again. */
  private logits(x: tf.Tensor, training: boolean): tf.Tensor2D {
    const { head, model } = this.classifier;
    const out = tf.reshape(model.apply(x, { training }) as tf.Tensor, [-1, head.classes]) as tf.Tensor2D;
    return head.ending === 'none' ? out : (tf.log(tf.add(out, 1e-12)) as tf.Tensor2D);
  }
}
