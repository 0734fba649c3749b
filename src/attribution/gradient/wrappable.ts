import type * as tf from '@tensorflow/tfjs';
import type { Subject, TargetOptions } from '../method';
import type { Site } from '../site';
import type { Look } from './look';

/** Attributions in the site's shape, flat: for each aim in turn those of all rows. */
export interface Rows {
  /** Of one row. */
  shape: readonly number[];
  values: Float32Array[];
}

/** A gradient method at work on one image, as SmoothGrad needs it. */
export interface Attributor {
  site: Site;
  look: Look;
  /** What the caption tells of the method's own options. */
  about?: Record<string, unknown>;
  /** The signed attributions of variations of the image, `[n, height, width, channels]`. */
  attribute(x: tf.Tensor4D): Promise<Rows>;
}

/** What SmoothGrad knows of a gradient method. */
export interface Wrappable {
  name: string;
  method: string;
  /** The names of the options of its own. */
  options: readonly string[];
  /** Checks the options and the model. */
  start(subject: Subject, options: TargetOptions): Attributor;
}

const known = new WeakMap<object, Wrappable>();

/** Lets SmoothGrad wrap a method. */
export function wrappable<Made extends object>(made: Made, description: Wrappable): Made {
  known.set(made, description);
  return made;
}

export const wrappableOf = (given: unknown): Wrappable | undefined => (typeof given === 'function' ? known.get(given) : undefined);
