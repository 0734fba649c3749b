import * as tf from '@tensorflow/tfjs';
import { oneOf, shown, truth } from '../../check';

/** How a class activation map's grid becomes the map that is shown. */
export interface FinishOptions {
  /** Whether negative evidence is cut off; `false` gives a signed map. Default true. */
  relu?: boolean;
  /**
   * How the map is brought to the input's size, after the ReLU: true or `'bilinear'` (half-pixel centres, as OpenCV and PyTorch), `'corners'` (bilinear, corner on corner, as
   * scipy's zoom), `'nearest'`; `false` keeps the layer's own grid. Default true.
   */
  resize?: boolean | 'bilinear' | 'corners' | 'nearest';
  /** `'minmax'` stretches each map to 0..1 before it is resized, and again after, as pytorch-grad-cam does. Default `'none'`: the method's own unit. */
  normalize?: 'none' | 'minmax';
}

export const finishNames = ['relu', 'resize', 'normalize'] as const;

export type Resize = 'bilinear' | 'corners' | 'nearest' | undefined;

/** The same, checked, with the defaults filled in. */
export interface Finish {
  relu: boolean;
  resize: Resize;
  minMax: boolean;
  /** As the caption tells it. */
  told: Record<string, unknown>;
}

export function finishOf(options: FinishOptions): Finish {
  const relu = truth('relu', options.relu ?? true);
  const resize = resizeOf(options.resize ?? true);
  const normalize = oneOf('normalize', options.normalize ?? 'none', ['none', 'minmax']);
  return { relu, resize, minMax: normalize === 'minmax', told: { resize: options.resize ?? true, relu, ...(normalize === 'none' ? {} : { normalize }) } };
}

function resizeOf(value: unknown): Resize {
  if (value === true) return 'bilinear';
  if (value === false) return undefined;
  if (typeof value === 'string') return oneOf('resize', value, ['bilinear', 'corners', 'nearest'] as const);
  throw new TypeError(`resize must be true, false, 'bilinear', 'corners' or 'nearest', got ${shown(value)}`);
}

/** Maps `[n, h, w, 1]` at another size. */
export function resized(maps: tf.Tensor4D, size: [number, number], resize: Resize): tf.Tensor4D {
  if (!resize) return maps;
  // Half-pixel centres: a map is not shifted towards the upper left.
  if (resize === 'nearest') return tf.image.resizeNearestNeighbor(maps, size, false, false);
  return tf.image.resizeBilinear(maps, size, resize === 'corners', resize === 'bilinear');
}

/** Each row stretched to 0..1; a flat one becomes 0. */
export const minMax = (maps: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => {
    const low = tf.min(maps, [1, 2, 3], true);
    const high = tf.max(maps, [1, 2, 3], true);
    return tf.div(tf.sub(maps, low), tf.add(tf.sub(high, low), 1e-7));
  });

/** Each row divided by its largest magnitude: 0 and the signs stay. */
export const byLargest = (maps: tf.Tensor4D): tf.Tensor4D => tf.tidy(() => tf.divNoNan(maps, tf.max(tf.abs(maps), [1, 2, 3], true)));
