import type * as tf from '@tensorflow/tfjs';
import type { ReluRule } from '../../kernels/op';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { gradient } from '../../model/run';
import type { Aim } from '../aim';
import { rowsThatPass } from '../budget';
import type { Channels } from '../channels';
import { type Method, method, type Subject, type TargetOptions } from '../method';
import { eachSeed, ownSeeds } from '../seeds';
import { type Site, siteOf } from '../site';
import { foundOf, isLinear, lookOf } from './look';
import { type Rows, wrappable } from './wrappable';

/** Options of the methods that differentiate. */
export interface GradientOptions extends TargetOptions {
  /** How the colour channels become one value a pixel: `'max'` (the one of largest magnitude), `'mean'`, `'sum'`, or `'keep'` for all of them. */
  channels?: Channels;
  /** Takes absolute values, so that the map says how much and not in which direction. */
  abs?: boolean;
  /** Explains by what a layer puts out in place of the input: its name, or its place in `model.layers()`. The map has the layer's grid. */
  layer?: string | number;
}

export const gradientOptions = ['channels', 'abs', 'layer'] as const;

/** Where a gradient is taken: rows of the network's input, and what is explained of each. */
export interface Point {
  model: Classifier;
  x: tf.Tensor4D;
  of: number;
  site: Site;
  /** The gradient of the explained score with respect to `of`; of one row it may give several. */
  seed(value: tf.Tensor): tf.Tensor;
}

/** What a gradient method's own file says of it. */
export interface GradientSpec<Options extends GradientOptions = GradientOptions> {
  name: string;
  method: string;
  /** The defaults. */
  channels: Channels;
  abs: boolean;
  /** True where the rows of a difference of two scores are the difference of their rows. */
  linear?: true;
  /** What a value of the map is, for the colour bar. */
  unit(abs: boolean): string;
  /** The attribution of each row before its channels are reduced: signed, in the shape of the site. */
  rows(point: Point, options: Options): tf.Tensor;
  /** Refuses a model that the method does not fit; gives what the caption tells of it. */
  about?(subject: Subject): Record<string, unknown>;
}

/** A method of one pass forward and one back. */
export function gradientMethod(spec: GradientSpec): Method<GradientOptions> {
  const { name, method: called } = spec;
  const made = method<GradientOptions>({
    name,
    method: called,
    options: gradientOptions,
    linear: (options) => spec.linear === true && isLinear(lookOf(spec, options)),
    find(subject, options) {
      const { model, x, of, aims } = subject;
      const look = lookOf(spec, options);
      const about = spec.about?.(subject);
      const site = siteOf(model.graph, of, options.layer);
      return scoped(() => {
        const { values, shape } = rowsOf(spec.rows({ model, x, of, site, seed: ownSeeds(aims) }, options));
        return values.map((row) => foundOf(row, shape, model, site, look, about));
      });
    },
  });
  return wrappable(made, {
    name,
    method: called,
    options: gradientOptions,
    start(subject, options: GradientOptions) {
      const { model, of, aims } = subject;
      const site = siteOf(model.graph, of, options.layer);
      return {
        site,
        look: lookOf(spec, options),
        about: spec.about?.(subject),
        async attribute(x) {
          const groups = together(model, x.shape[0], aims, options.batchSize).map((some) => scoped(() => rowsOf(spec.rows({ model, x, of, site, seed: eachSeed(some) }, options))));
          return { shape: groups[0].shape, values: groups.flatMap(({ values }) => values) };
        },
      };
    },
  });
}

/** The aims that share a pass: of several rows all, of one row as many as fit. */
export function together(model: Classifier, rows: number, aims: readonly Aim[], batchSize = rowsThatPass(model.graph)): (readonly Aim[])[] {
  if (rows > 1) return [aims];
  return Array.from({ length: Math.ceil(aims.length / batchSize) }, (_, i) => aims.slice(i * batchSize, (i + 1) * batchSize));
}

/** The gradient at a point under a ReLU rule, with the value of the site. */
export function gradientAt({ model, x, of, site, seed }: Point, rule: ReluRule): { grad: tf.Tensor; value: tf.Tensor } {
  const { grads, also } = gradient(model.graph, x, { of, wrt: [site.value], seed, rule, also: [site.value] });
  return { grad: grads[0], value: also[0] };
}

/** The values of each row. */
export function rowsOf(rows: tf.Tensor): Rows {
  const all = rows.dataSync() as Float32Array;
  const size = rows.size / rows.shape[0];
  return { shape: rows.shape.slice(1), values: Array.from({ length: rows.shape[0] }, (_, i) => all.subarray(i * size, (i + 1) * size)) };
}
