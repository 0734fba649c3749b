import type { ChanceLikeness, Likeness } from './likeness';

/** Whether a map changes with the network that it claims to explain. */
export type Outcome = 'passes' | 'unclear' | 'fails';

export interface Verdict {
  outcome: Outcome;
  /** One sentence. */
  text: string;
}

/** The rank correlation from which on a map counts as the same, and up to which it counts as another. */
export const same = 0.5;
export const other = 0.2;

/** The rule, in words for captions. */
export const rule = `fails: |values| still rank-correlate ${same} or more with the original map and above chance (the highest of 19 random maps); passes: below ${other} or within chance`;

/** What the last map of a cascade, or the most alike of independent ones, says. */
export function verdictOf(last: Likeness, chance: ChanceLikeness, where: string): Verdict {
  const { absRank } = last;
  if (Number.isNaN(chance.mean.absRank)) return { outcome: 'unclear', text: 'unclear: the original map is the same everywhere, so that there is nothing to compare' };
  if (Number.isNaN(absRank)) return { outcome: 'passes', text: `passes: after ${where} the map is the same everywhere` };
  const told = `${number(absRank)} like the original after ${where}`;
  const byChance = `random maps reach ${number(chance.highest.absRank)}`;
  if (absRank <= chance.highest.absRank || absRank < other) return { outcome: 'passes', text: `passes: ${told} (${byChance})` };
  if (absRank >= same) return { outcome: 'fails', text: `fails: still ${told} (${byChance})` };
  return { outcome: 'unclear', text: `unclear: ${told} (${byChance})` };
}

const number = (value: number): string => value.toFixed(2).replace('-', '−');
