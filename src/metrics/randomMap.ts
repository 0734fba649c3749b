import { Attribution } from '../attribution/attribution';
import { largest } from '../attribution/largest';
import { knownOptions, shown, whole } from '../check';
import { surrogate } from './surrogate';

/** Options of `randomMap`. */
export interface RandomMapOptions {
  /** Another seed gives another map. Default 0. */
  seed?: number;
}

/**
 * A map that knows nothing, to hold another against: the values of `map` in random places, as coarse or fine as they were (the same power spectrum, as far as the values allow).
 * What a method has in common with it, it has by chance. Of several channels the greatest size is taken; places without a value (NaN) stay.
 *
 * Options: `seed` (0), kept in the result. Random maps of one seed share their pattern, whatever map they are like: give each its own.
 *
 * @example
 * const cam = await cl.gradCam(model, photo)
 * cl.rankCorrelation(cl.randomMap(cam, { seed: 1 }), await cl.occlusion(model, photo))   // what chance gives
 */
export function randomMap(map: Attribution, options: RandomMapOptions = {}): Attribution {
  knownOptions('randomMap', options, ['seed']);
  const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
  if (!ArrayBuffer.isView(map?.values)) throw new TypeError(`randomMap takes an attribution, got ${shown(map)}`);
  const start = performance.now();
  const [height, width, channels = 1] = map.shape;
  const single: Partial<Attribution> = channels === 1 ? {} : { signed: false, unit: `largest |${map.unit}|`, channelOrder: undefined };
  const values = surrogate(channels === 1 ? map.values : largest(map.values, channels), [height, width], seed);
  const seconds = (performance.now() - start) / 1000;
  return new Attribution({ ...map, ...single, method: 'random map', values, shape: [height, width], options: { like: map.method }, seed, seconds, note: undefined });
}
