import type * as tf from '@tensorflow/tfjs';
import { oneOf, truth } from '../../check';
import type { ReluRule } from '../../kernels/op';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { gradient } from '../../model/run';
import { type Channels, channelModes, reduceChannels } from '../channels';
import { type Found, type Method, method, type Subject, type TargetOptions } from '../method';
import { ownSeeds } from '../seeds';
import { type Site, siteOf } from '../site';

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
  /** What a value of the map is, for the colour bar. */
  unit(abs: boolean): string;
  /** The attribution of each row before its channels are reduced: signed, in the shape of the site. */
  rows(point: Point, options: Options): tf.Tensor;
  /** Refuses a model that the method does not fit; gives what the caption tells of it. */
  about?(subject: Subject): Record<string, unknown>;
}

const specs = new WeakMap<object, GradientSpec>();

/** The description behind a gradient method that takes one pass; what SmoothGrad and others wrap. */
export const gradientSpecOf = (given: unknown): GradientSpec | undefined => (typeof given === 'function' ? specs.get(given) : undefined);

/** A method of one pass forward and one back. */
export function gradientMethod(spec: GradientSpec): Method<GradientOptions> {
  const made = method<GradientOptions>({
    name: spec.name,
    method: spec.method,
    options: gradientOptions,
    find(subject, options) {
      const { model, x, of, aims } = subject;
      const look = lookOf(spec, options);
      const about = spec.about?.(subject);
      const site = siteOf(model.graph, of, options.layer);
      return scoped(() => {
        const rows = spec.rows({ model, x, of, site, seed: ownSeeds(aims) }, options);
        return rowsOf(rows).map((row) => foundOf(row, rows.shape.slice(1), model, site, look, about));
      });
    },
  });
  specs.set(made, spec);
  return made;
}

/** The gradient at a point under a ReLU rule, with the value of the site. */
export function gradientAt({ model, x, of, site, seed }: Point, rule: ReluRule): { grad: tf.Tensor; value: tf.Tensor } {
  const { grads, also } = gradient(model.graph, x, { of, wrt: [site.value], seed, rule, also: [site.value] });
  return { grad: grads[0], value: also[0] };
}

/** How a map's channels are shown. */
export interface Look {
  channels: Channels;
  abs: boolean;
  unit: string;
}

export function lookOf(spec: Pick<GradientSpec, 'channels' | 'abs' | 'unit'>, options: Pick<GradientOptions, 'channels' | 'abs'>): Look {
  const abs = truth('abs', options.abs ?? spec.abs);
  return { channels: oneOf('channels', options.channels ?? spec.channels, channelModes), abs, unit: spec.unit(abs) };
}

/** The values of each row. */
export function rowsOf(rows: tf.Tensor): Float32Array[] {
  const values = rows.dataSync() as Float32Array;
  const size = rows.size / rows.shape[0];
  return Array.from({ length: rows.shape[0] }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

/** The map of one row of attributions. */
export function foundOf(raw: Float32Array, shape: readonly number[], model: Classifier, site: Site, { channels, abs, unit }: Look, about?: Record<string, unknown>): Found {
  const [height, width, depth] = gridOf(shape);
  const keep = channels === 'keep';
  const colour = keep && depth === 3 && site.layer === undefined;
  return {
    values: reduceChannels(raw, depth, channels, abs),
    shape: keep ? [height, width, depth] : [height, width],
    channelOrder: colour ? (model.preprocess === 'caffe' ? 'bgr' : 'rgb') : undefined,
    grain: site.layer === undefined ? 'fine' : 'coarse',
    layer: site.layer,
    signed: !abs,
    unit,
    options: { channels, abs, ...about },
    note: raw.every((value) => value === 0) ? 'the gradient is 0 everywhere: the score does not change with the input here' : undefined,
  };
}

/** A dense layer's units are a row of cells. */
const gridOf = (shape: readonly number[]): [number, number, number] => (shape.length === 3 ? [shape[0], shape[1], shape[2]] : [1, shape.reduce((a, b) => a * b, 1), 1]);
