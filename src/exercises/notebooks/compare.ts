import { agreement, type Attribution } from '../../index';
import { type Exercises, type Judgement, notYet, right } from '../exercise';
import { judged, numbers } from '../judges';

/** Shares in unequal steps, so that a mean of the scores is seen not to be an area. */
const tries: readonly { shares: number[]; scores: number[]; area: number }[] = [
  { shares: [0, 0.5, 1], scores: [1, 0.5, 0], area: 0.5 },
  { shares: [0, 0.25, 1], scores: [0.8, 0.4, 0.2], area: 0.375 },
];

export const compare = {
  1: {
    asks: 'Which two methods agree most on the likeliest class?',
    needs: ['maps'],
    judge: judged<unknown[]>('a list', (answer, given) => mostAlike(answer, given.maps as Attribution[])),
  },
  2: {
    asks: 'How is the area under a curve of shares and scores computed?',
    judge: judged<(shares: number[], scores: number[]) => unknown>('a function', areaOf),
  },
  3: {
    asks: 'What share of 20 horses does the shortcut network call horse, without the mark and with it?',
    judge: numbers({
      is: [0, 0.85],
      within: 0.07,
      because: 'The horses are the same in both. Without its mark the network knows none of them, with it nearly all: it goes by the mark.',
      mistakes: [
        { gives: [0.85, 0], hint: 'The order is [without, with], and these two stand the other way round.' },
        { gives: [0, 17], hint: 'These are counts. A share is a count divided by how many there are.' },
        { gives: [0.85, 0.85], hint: 'Both were asked with the mark. Is mark false in one of the two calls?' },
        { gives: [0, 0], hint: 'Both were asked without the mark. Is mark true in one of the two calls?' },
        { gives: [1, 1], hint: 'That is what vgg-tiny would say. The question is what the shortcut network says.' },
      ],
      hint: 'Ask the shortcut network for its likeliest class of each of the 20 scenes, count how often it is "horse", and divide by 20. All scenes are of classes: [\'horse\'] and two: 0, with seed 1.',
    }),
  },
} satisfies Exercises;

function mostAlike(answer: readonly unknown[], maps: readonly Attribution[]): Judgement {
  const names = maps.map(({ method }) => method.toLowerCase());
  if (answer.length !== 2) return notYet(`The answer is two names, and this list has ${answer.length}.`);
  const [a, b] = answer.map((name) => names.indexOf(String(name).trim().toLowerCase()));
  if (a < 0 || b < 0) return notYet(`${JSON.stringify(answer[a < 0 ? 0 : 1])} is none of the methods in the table: ${names.join(', ')}.`);
  if (a === b) return notYet('Those two are the same. On the diagonal each map meets itself, which is 1 and says nothing: look beside it.');
  const rho = agreement(maps);
  const best = Math.max(...rho.flatMap((row, i) => row.filter((value, j) => i !== j && !Number.isNaN(value))));
  const found = rho[a][b];
  if (found >= best - 1e-6) return right(`At ${found.toFixed(2)} they agree most. That they agree does not say that they are right.`);
  if (Math.abs(found) > best) return notYet('That number is large, but negative: these two put the places in opposite orders. Agreement is the largest number, with its sign.');
  return notYet(`Those two have ${found.toFixed(2)}, and another pair has more: look for the largest number that is not on the diagonal.`);
}

function areaOf(area: (shares: number[], scores: number[]) => unknown): Judgement {
  const given = (value: unknown, wanted: number): boolean => typeof value === 'number' && Math.abs(value - wanted) < 1e-6;
  const found = tries.map(({ shares, scores }) => area([...shares], [...scores]));
  if (found.every((value, at) => given(value, tries[at].area))) return right('The width of each step times the mean of the scores at its two ends, added up.');
  const [{ shares, scores, area: wanted }, uneven] = [tries[1], found[1]];
  const by = (heights: (i: number) => number): number => shares.slice(1).reduce((sum, share, i) => sum + (share - shares[i]) * heights(i), 0);
  if (typeof uneven !== 'number' || Number.isNaN(uneven)) return notYet(`For the shares ${shares.join(', ')} and the scores ${scores.join(', ')} the function gives ${String(uneven)}: does it return a number, and stop before the end of the arrays?`);
  if (given(uneven, 2 * wanted)) return notYet('Twice too much: the height of a trapezoid is the mean of its two ends, not their sum.');
  if (given(uneven, by((i) => scores[i])) || given(uneven, by((i) => scores[i + 1]))) return notYet('These are rectangles: each step takes the score at one of its ends only. Take the mean of both.');
  if (given(uneven, scores.reduce((sum, score) => sum + score) / scores.length) || given(uneven, (by((i) => (scores[i] + scores[i + 1]) / 2 / (shares[i + 1] - shares[i]))) / (shares.length - 1))) return notYet('That is a mean of the scores, right only when all steps are as wide. Multiply each step by its own width.');
  if (given(uneven, by((i) => (scores[i] + scores[i + 1]) / 2 / (shares[i + 1] - shares[i])))) return notYet('The widths are missing: each trapezoid is as wide as the step from one share to the next.');
  return notYet(`For the shares ${shares.join(', ')} and the scores ${scores.join(', ')} it gives ${uneven.toFixed(3)}, which is too ${uneven < wanted ? 'small' : 'large'}. Draw the three points and the two trapezoids under them.`);
}
