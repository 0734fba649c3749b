import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import { forward, gradient, knownAt } from '../../model/run';
import { rowsThatFit } from '../budget';
import type { Counter, Subject } from '../method';
import { eachSeed } from '../seeds';
import type { Site } from '../site';
import { rowsOf, together } from './gradientMethod';
import type { Rule } from './quadrature';

/** Whether attributions add up, as they must: to the score's difference between the image and the baseline. */
export interface Completeness {
  /** What the attributions add up to. */
  sum: number;
  /** The score of the image minus that of the baseline (their mean, of several). */
  expected: number;
  /** How far the two are apart, as a share of what is expected. */
  gap: number;
}

/** A straight way from a baseline to the image, and how it is walked. */
export interface Path extends Pick<Subject, 'model' | 'of' | 'aims'> {
  site: Site;
  /** Each baseline as the network takes it. */
  starts: readonly Float32Array[];
  rule: Rule;
  batchSize?: number;
  /** Steps are counted, and the signal obeyed. */
  job: Pick<Counter, 'signal' | 'add'>;
}

/** What the path gives for one aim. */
export interface Integral {
  /** The mean gradient along the way. */
  gradient: Float32Array;
  /** The gradient times the way. */
  product: Float32Array;
  completeness: Completeness;
  /** False where every baseline is the image itself. */
  moves: boolean;
}

/** Walks from each baseline to one image, `[1, height, width, channels]`, at the site; of several baselines the mean. */
export async function integrals(path: Path, x: tf.Tensor4D): Promise<{ shape: number[]; each: Integral[] }> {
  const { model: { graph }, of, aims, site, starts } = path;
  const known = knownAt(graph, x, site.value, of);
  try {
    const end = known.get(site.value) as tf.Tensor;
    const reached = scoresAt(path, known);
    const sums = aims.map(() => ({ gradient: new Float64Array(end.size), product: new Float64Array(end.size), left: 0, size: 0, moves: false }));
    for (const values of starts) {
      const start = tf.tidy(() => forward(graph, tf.tensor4d(values, x.shape), [site.value])[0]);
      try {
        const left = scoresAt(path, new Map([...known, [site.value, start]]));
        const way = scoped(() => tf.sub(end, start).dataSync());
        const means = await meanGradients(path, known, start, end);
        sums.forEach((sum, i) => {
          sum.left += left[i] / starts.length;
          sum.size += Math.abs(left[i]) / starts.length;
          for (let at = 0; at < way.length; at++) {
            sum.gradient[at] += means[i][at] / starts.length;
            sum.product[at] += (means[i][at] * way[at]) / starts.length;
            sum.moves ||= way[at] !== 0;
          }
        });
      } finally {
        start.dispose();
      }
    }
    const each = sums.map(({ gradient, product, left, size, moves }, i) => {
      const sum = product.reduce((a, b) => a + b, 0);
      return { gradient: Float32Array.from(gradient), product: Float32Array.from(product), moves, completeness: compared(sum, reached[i] - left, size + Math.abs(reached[i])) };
    });
    return { shape: end.shape.slice(1), each };
  } finally {
    tf.dispose([...known.values()]);
  }
}

/** A difference far below the scores themselves is held against a thousandth of them, for it may be 0. */
function compared(sum: number, expected: number, size: number): Completeness {
  const scale = Math.max(Math.abs(expected), size / 1000);
  return { sum, expected, gap: scale === 0 ? 0 : Math.abs(sum - expected) / scale };
}

/** The explained number of each aim. */
const scoresAt = ({ model, of, aims }: Path, known: ReadonlyMap<number, tf.Tensor>): number[] =>
  scoped(() => {
    const [value] = forward(model.graph, known, [of]);
    return aims.map((aim) => {
      aim.see(value);
      return aim.scores(value).dataSync()[0];
    });
  });

/** For each aim the weighted mean of the gradients along the way. */
async function meanGradients({ model, of, aims, site, rule, batchSize, job }: Path, known: ReadonlyMap<number, tf.Tensor>, start: tf.Tensor, end: tf.Tensor): Promise<Float64Array[]> {
  const means = aims.map(() => new Float64Array(end.size));
  // One place at a time serves many aims.
  const atOnce = aims.length > 1 ? 1 : (batchSize ?? rowsThatFit(model.graph));
  for (let done = 0; done < rule.nodes.length; done += atOnce) {
    job.signal.throwIfAborted();
    const nodes = rule.nodes.slice(done, done + atOnce);
    let first = 0;
    for (const some of together(model, nodes.length, aims, batchSize)) {
      const { values } = scoped(() => {
        const places = tf.tensor(nodes, [nodes.length, ...end.shape.slice(1).map(() => 1)]);
        const between = tf.add(start, tf.mul(places, tf.sub(end, start)));
        return rowsOf(gradient(model.graph, new Map([...known, [site.value, between]]), { of, wrt: [site.value], seed: eachSeed(some) }).grads[0]);
      });
      values.forEach((row, i) => {
        const mean = means[first + Math.floor(i / nodes.length)];
        const weight = rule.weights[done + (i % nodes.length)];
        for (let at = 0; at < row.length; at++) mean[at] += weight * row[at];
      });
      first += some.length;
    }
    await job.add(nodes.length);
  }
  return means;
}
