import { setTimeout as pause } from 'node:timers/promises';
import type { Contestant } from './contestant';

/** One who takes part in a row. */
export interface Entrant {
  label: string;
  contestant: Contestant;
  method: string;
  /** Where it leaves its map. */
  map: string | null;
}

/** Milliseconds of each round, by label. */
export type Times = Record<string, number[]>;

/** Every round lets each run once, another one first each time, so that what disturbs the machine disturbs all alike. */
export async function alternate(entrants: Entrant[], rounds: number, warm: boolean): Promise<Times> {
  const times: Times = Object.fromEntries(entrants.map(({ label }) => [label, []]));
  if (warm) for (const { contestant, method, map } of entrants) await contestant.run(method, map);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < entrants.length; i++) {
      const { label, contestant, method, map } = entrants[(i + round) % entrants.length];
      // Threads of the one before may still spin while they wait for work.
      await pause(50);
      times[label].push(await contestant.run(method, warm ? null : map));
    }
  }
  return times;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** The median over the rounds of one's time by the other's in the same round. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): number => median(ours.map((ms, i) => ms / theirs[i]));
