import type { TargetOptions } from './method';

/** What is known of an attribution method beside its maps. */
export interface Traits {
  /** The names of its options, those of all methods included. */
  options: readonly string[];
  /** Whether, under these options, the map of the difference of two scores is the difference of their maps, one value to a cell. */
  linear(options: TargetOptions): boolean;
}

const known = new WeakMap<object, Traits>();

/** Keeps what is known of a method. */
export const setTraits = (method: object, traits: Traits): void => void known.set(method, traits);

/** What is known of a method; undefined for a function of the user's own. */
export const traitsOf = (method: object): Traits | undefined => known.get(method);
