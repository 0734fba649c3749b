import { seedBits, stir } from '../../model/stir';

/** In which order a map's places go: the strongest first, equal ones as drawn by lot, those without a value (NaN) last. */
export function strongestFirst(values: Float32Array, seed: number): Uint32Array {
  const start = stir(seedBits(seed) + 1);
  const lots = Uint32Array.from(values, (_, at) => stir(start + at));
  const known = values.map((value) => (Number.isNaN(value) ? -Infinity : value));
  return Uint32Array.from(values.keys()).sort((a, b) => known[b] - known[a] || lots[a] - lots[b]);
}

/** For each place the first step at which it is changed, when each step has changed this share of the places in that order; beyond the last step for those that are never changed. */
export function stepsOf(order: Uint32Array, shares: readonly number[]): Uint16Array {
  const steps = new Uint16Array(order.length).fill(shares.length);
  shares.forEach((share, step) => {
    const before = step ? countOf(shares[step - 1], order.length) : 0;
    for (let at = before; at < countOf(share, order.length); at++) steps[order[at]] = step;
  });
  return steps;
}

// A thousandth of a place mends what floats make of 0.3 x 10.
const countOf = (share: number, places: number): number => Math.floor(share * places + 1e-3);

/** Whole numbers from 0 to `last`, those far apart first, so that any beginning of the list is spread over them all. */
export function coarseFirst(last: number): number[] {
  const list = last ? [0, last] : [0];
  for (let gap = last; gap > 1; gap /= 2) {
    for (let at = gap / 2; at < last; at += gap) if (!list.includes(Math.round(at))) list.push(Math.round(at));
  }
  for (let at = 0; at <= last; at++) if (!list.includes(at)) list.push(at);
  return list;
}
