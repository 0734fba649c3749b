import type { CombinedMap } from '../../../src/attribution/cam/camMethod';
import type { Method, OneMap, TargetOptions } from '../../../src/attribution/method';
import type { Given } from '../../helpers/reference';

/** What convlens gives for a peer's case. */
export interface Reproduced {
  values: Float32Array;
  shape: readonly number[];
  options?: Record<string, unknown>;
  /** Integrated gradients: by how much the map's sum exceeds the score's change. */
  delta?: number;
}

/** How convlens comes to a peer's numbers. */
export interface Recipe {
  /** The method, as it is typed. */
  method: string;
  /** The option that makes the peer's convention, or what is done to our map where no option does; where the peers differ among themselves, how. */
  says: string;
  run(given: Given): Promise<Reproduced>;
}

/** A recipe for each case of a peer, by the case's title. */
export type Recipes = Record<string, Recipe>;

/** A call of a method, and arithmetic on its map where a peer has a convention that no option of ours makes. */
export const by = <Options extends TargetOptions>(method: Method<Options>) =>
  (says: string, options: (given: Given) => OneMap<Options> | CombinedMap<Options>, then: (map: Reproduced, given: Given) => Reproduced = (map) => map): Recipe => ({
    method: method.name,
    says,
    run: async (given) => then(await method(given.model, given.x, options(given) as OneMap<Options>), given),
  });

/** The map times a number. */
export const times = ({ values, ...rest }: Reproduced, factor: number): Reproduced => ({ ...rest, values: values.map((value) => value * factor) });

/** Stretched to 0..1 as tf-keras-vis shows every map: 1e-7 keeps a flat one from dividing by 0. */
export const minMax = ({ values, shape }: Reproduced): Reproduced => {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return { values: values.map((value) => (value - low) / (high - low + 1e-7)), shape };
};
