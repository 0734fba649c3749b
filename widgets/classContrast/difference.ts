/** The maps of several classes of one image: values only, so that a page can hold them. */
export interface ClassMaps {
  /** Of each class, one value to a cell. */
  maps: readonly Float32Array[];
  /** Whether the map of the difference of two scores is the difference of their maps. */
  linear: boolean;
  /** Where it is not: the maps of such differences, as far as they were computed. */
  pairs: readonly PairMap[];
  /** Whether what speaks against a class is cut off where its own map is shown. */
  relu: boolean;
}

/** Why one class and not another, by the places of both in the list. */
export interface PairMap {
  a: number;
  b: number;
  values: Float32Array;
  /** Whether values above 0 speak for `a` and values below 0 for `b`; false: only how much a place matters. */
  signed: boolean;
}

/** The map of score a minus score b. Undefined where only the difference of the two maps is known. */
export function contrastOf({ maps, linear, pairs }: ClassMaps, a: number, b: number): Omit<PairMap, 'a' | 'b'> | undefined {
  if (linear) return { values: minus(maps[a], maps[b]), signed: true };
  const found = pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  if (!found) return undefined;
  const { values, signed } = found;
  return { values: signed && found.a === b ? values.map((value) => -value) : values, signed };
}

/** A class's own map as it is shown. */
export const ownMap = ({ maps, relu }: ClassMaps, at: number): Float32Array => (relu ? maps[at].map((value) => Math.max(0, value)) : maps[at]);

/** Cell by cell. */
export const minus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, at) => value - b[at]);
