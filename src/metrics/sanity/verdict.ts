import type { ChanceLikeness, Likeness } from './likeness';

/** Whether a map changes with the network that it claims to explain. */
export type Outcome = 'passes' | 'unclear' | 'fails';

export interface Verdict {
  outcome: Outcome;
  /** One sentence. */
  text: string;
}

/** The rank correlation of sizes from which on a map is taken for the same, and up to which its end is taken for another. */
const same = 0.5;
const another = 0.2;

/** How far above the highest of the random maps a structural similarity is taken for a sight that stays the same. */
const looksSame = 0.2;

/** The rule, in words for captions. */
export const verdictRule = `a step is alike where |values| rank-correlate ${same} or more with the original map, and more than the highest of 19 random maps; a method fails that is alike at half of the steps or at the last one of a cascade, and passes with a quarter or fewer and a last one below ${another} or within chance, unless it looks alike at half of the steps (structural similarity ${same} or more, and ${looksSame} above chance)`;

/** What the likeness at each of the steps says. */
export function verdictOf(steps: readonly Likeness[], names: readonly string[], chance: ChanceLikeness, mode: 'cascade' | 'independent'): Verdict {
  if (Number.isNaN(chance.mean.absRank)) return { outcome: 'unclear', text: 'unclear: the original map is the same everywhere, so that there is nothing to compare' };
  const byChance = chance.highest.absRank;
  const alike = [...steps.keys()].filter((at) => steps[at].absRank >= same && steps[at].absRank > byChance);
  const text = mode === 'cascade' ? cascadeText(alike, steps, names) : independentText(alike, steps, names);
  const outcome = mode === 'cascade' ? ofCascade(alike, steps, byChance) : ofIndependent(alike, steps);
  const sight = steps.filter(({ ssim }) => ssim >= same && ssim >= chance.highest.ssim + looksSame);
  if (outcome !== 'passes' || sight.length * 2 < steps.length) return { outcome, text: `${outcome}: ${text}` };
  return { outcome: 'unclear', text: `unclear: ${text}, but it looks alike at ${sight.length} of ${steps.length} steps (structural similarity ${Math.max(...sight.map(({ ssim }) => ssim)).toFixed(2)})` };
}

const ofIndependent = (alike: readonly number[], steps: readonly Likeness[]): Outcome => (alike.length * 2 >= steps.length ? 'fails' : alike.length * 4 <= steps.length ? 'passes' : 'unclear');

function ofCascade(alike: readonly number[], steps: readonly Likeness[], byChance: number): Outcome {
  const last = steps[steps.length - 1].absRank;
  if (alike.length * 2 >= steps.length || alike.includes(steps.length - 1)) return 'fails';
  // A map that is the same everywhere is another one.
  return alike.length * 4 <= steps.length && !(last >= another && last > byChance) ? 'passes' : 'unclear';
}

function cascadeText(alike: readonly number[], steps: readonly Likeness[], names: readonly string[]): string {
  const last = steps.length - 1;
  const end = likenessText(steps[last]);
  if (alike.includes(last)) return `still ${end} when all layers are re-drawn`;
  if (!last) return `${end} when ${names[0]} is re-drawn`;
  if (!alike.length) return `${likenessText(steps[0])} once ${names[0]} is re-drawn, ${number(steps[last])} when all layers are`;
  const lowest = alike[alike.length - 1];
  return `${alike.length > 1 ? `at ${alike.length} of ${steps.length} steps` : 'at one step'} still like the original, ${number(steps[lowest])} with all re-drawn down to ${names[lowest]}; ${number(steps[last])} when all layers are`;
}

function independentText(alike: readonly number[], steps: readonly Likeness[], names: readonly string[]): string {
  if (!alike.length) return `like the original at none of ${steps.length} steps`;
  const listed = alike.slice(0, 3).map((at) => `${names[at]} ${number(steps[at])}`).join(', ');
  return `still like the original at ${alike.length} of ${steps.length} steps (re-drawn alone: ${listed}${alike.length > 3 ? ', ...' : ''})`;
}

const likenessText = (likeness: Likeness): string => (Number.isNaN(likeness.absRank) ? 'the same everywhere' : `${number(likeness)} like the original`);

const number = ({ absRank }: Likeness): string => (Number.isNaN(absRank) ? 'no map' : absRank.toFixed(2).replace('-', '−'));
