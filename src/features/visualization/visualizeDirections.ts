import * as tf from '@tensorflow/tfjs';
import { ready } from '../../backend';
import type { Image } from '../../image/image';
import type { Classifier } from '../../model/classifier';
import { findLayer } from '../../model/layers';
import type { LongWorkOptions } from '../../progress';
import { checkedDirections } from './aims';
import { batchesOf, dream } from './dream';
import { directionScores } from './objective';
import { settingsOf } from './settings';
import { siteOf } from './site';

/** How directions are made visible. */
export interface DirectionOptions extends LongWorkOptions {
  /** The side of the pictures in pixels. Default 64. */
  size?: number;
  /** Default 64. */
  steps?: number;
  /** Default 0. */
  seed?: number;
  /** To what power the product is weighted by the cosine. Default 2. */
  cosine?: number;
  /** Which cells are to have the direction: the one in the middle, or all. Default `'middle'`. */
  cells?: 'middle' | 'all';
}

/** A picture for each direction of a layer (as many numbers each as it has channels): what the network sees where its activations point that way. Stopped, those that are ready. */
export async function visualizeDirections(model: Classifier, layer: string | number, directions: readonly ArrayLike<number>[], { size, steps = 64, seed = 0, cosine = 2, cells = 'middle', ...watched }: DirectionOptions = {}): Promise<Image[]> {
  await ready();
  const found = findLayer(model.graph, layer);
  const wanted = checkedDirections(found, directions);
  const settings = settingsOf('visualizeDirections', { size: size ?? 64, steps, seed, snapshots: 0 }, []);
  const site = siteOf(model, found.value, settings.size, true);
  const at = cells === 'middle' && site.shape.length === 4 ? ([site.shape[1] >> 1, site.shape[2] >> 1] as const) : undefined;
  const batches = batchesOf(model, site.size, wanted.length, 1, undefined).map(({ start, end }) => {
    const some = wanted.slice(start, end);
    const flat = Float32Array.from(some.flatMap((each) => [...each]));
    return {
      wanted: some.map((_, i) => ({ label: `direction ${start + i}`, layer: found.name, seed })),
      objective: { of: found.value, scores: (value: tf.Tensor) => directionScores(value, tf.tensor2d(flat, [some.length, flat.length / some.length]), cosine, at) },
    };
  });
  const made = await dream({ model, method: 'directions', unit: 'product', rising: true, size: site.size, settings, options: {}, batches }, watched);
  return made.images;
}
