import type { Subject } from '../method';
import { type Fill, fillName, fillOf } from '../perturbation/fill';

/** A baseline as the network takes it: flat, `[height, width, channels]`. */
export interface Start {
  values: Float32Array;
  /** As the caption tells it. */
  told: ReturnType<typeof fillName>;
}

/** A list is several baselines, unless it is a colour: numbers alone. */
export function baselinesOf(given: Fill | readonly Fill[], { model, input, x, image }: Subject): Start[] {
  const fills = isList(given) ? given : [given];
  if (!fills.length) throw new RangeError('baseline is an empty list; give at least one');
  return fills.map((fill) => ({ values: fillOf(fill, model, input, x, image, 'baseline'), told: fillName(fill, input) }));
}

/** How many baselines an option names. */
export const countBaselines = (given: Fill | readonly Fill[] | undefined): number => (isList(given) ? given.length : 1);

const isList = (given: Fill | readonly Fill[] | undefined): given is readonly Fill[] => Array.isArray(given) && (!given.length || given.some((each) => typeof each !== 'number'));
