import { type Place, placesOf, type Window } from './window';

/** One channel of a pooling. */
export interface Pool extends Window {
  kind: 'pool';
  how: 'max' | 'average';
  map: Float32Array;
  /** What the network itself puts out. */
  result: Float32Array;
}

export interface PoolWork {
  /** `value` is undefined in the padding, which a pool leaves out. */
  taps: (Place & { value?: number; chosen: boolean })[];
  /** How many cells lie inside the map. */
  count: number;
  sum: number;
  output: number;
}

/** The arithmetic of one cell: the first of several largest values counts as chosen. */
export function pool({ how, map, ...window }: Pool, at: number): PoolWork {
  const places = placesOf(window, at).map((place) => ({ ...place, value: place.cell === undefined ? undefined : map[place.cell] }));
  const values = places.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const sum = values.reduce((total, value) => total + value, 0);
  const output = how === 'max' ? Math.max(...values) : sum / values.length;
  const chosen = how === 'max' ? places.findIndex(({ value }) => value === output) : -1;
  return { taps: places.map((place, tap) => ({ ...place, chosen: tap === chosen })), count: values.length, sum, output };
}
