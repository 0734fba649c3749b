import { seedBits, stir } from './stir';

/** Numbers from 0 up to 1 from a seed, one after the other: a counter whose bits are stirred. */
export function uniformDraws(seed: number): () => number {
  let state = stir(seedBits(seed) + 1);
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return stir(state) / 2 ** 32;
  };
}
