import { type Exercises, type Given, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

export const insideTraining = {
  1: {
    asks: 'After which epoch (counted from 1) were for the first time more than half of the held-out scenes right?',
    needs: ['history'],
    judge: amount({
      is: (given) => firstAbove(given, 'val_accuracy'),
      because: 'Five classes, so chance is one in five: more than half is well above it.',
      mistakes: [
        { gives: (given) => firstAbove(given, 'val_accuracy') - 1, hint: 'One too few: lists count from 0, epochs from 1. Or is it the one where half was not yet reached?' },
        { gives: (given) => firstAbove(given, 'accuracy'), hint: 'That is by the accuracy in training. Held out are the scenes of val_accuracy, the dashed curve.' },
        { gives: (given) => historyOf(given).length, hint: 'That is the last epoch. By then more than half were right; the question is when for the first time.' },
      ],
      low: 'A later one. Go down the table to the first line whose held-out accuracy is above 0.5.',
      high: 'An earlier one. Go down the table to the first line whose held-out accuracy is above 0.5.',
    }),
  },
  2: {
    asks: 'What is the loss for a picture of a cat, of which the network says cat 0.25, fish 0.5, bird 0.25?',
    judge: amount({
      is: Math.log(4),
      within: 0.01,
      because: 'It is minus the natural logarithm of what the true class was given, and nothing else.',
      mistakes: [
        { gives: -Math.log(4), hint: 'The sign: the logarithm of a probability is negative, and the loss is minus that.' },
        { gives: Math.log(2), hint: 'That is for the class that the network likes best. The loss asks for the true class.' },
        { gives: Math.log10(4), hint: 'That is the logarithm to the base 10. The loss takes the natural one: Math.log.' },
        { gives: 2, hint: 'That is the logarithm to the base 2. The loss takes the natural one: Math.log.' },
        { gives: 0.75, hint: 'That is how much is missing to 1. The loss takes the logarithm.' },
        { gives: 1.5 * Math.log(2), hint: 'That is the entropy of the whole answer. The loss looks at one class only, the true one.' },
      ],
      low: 'More than that. Which class is the true one, and what is its probability? Minus its natural logarithm.',
      high: 'Less than that. Which class is the true one, and what is its probability? Minus its natural logarithm.',
    }),
  },
  3: {
    asks: "Can you write a function (theta, g, m, v, t) that gives [theta, m, v] after Adam's step, with a learning rate of 0.001?",
    judge: judged<Step>('a function', (step) => {
      for (const [at, given] of trials.entries()) {
        const found = step(...given);
        if (!Array.isArray(found) || found.length !== 3 || !found.every((value) => typeof value === 'number')) return notYet('It should give back a list of three numbers, [theta, m, v].');
        if (!found.every(Number.isFinite)) return notYet('It gives NaN or infinity: is something divided by 0? The steps t count from 1.');
        const wanted = adam(...given);
        if (near(found, wanted)) continue;
        const slip = slips.find(({ make }) => near(found, make(...given)));
        if (slip) return notYet(slip.hint);
        if (!close(found[1], wanted[1])) return notYet(`m is not right yet${at ? ', when it is not 0 before' : ''}: beta1 times the old m, and (1 - beta1) times g.`);
        if (!close(found[2], wanted[2])) return notYet(`v is not right yet${at ? ', when it is not 0 before' : ''}: beta2 times the old v, and (1 - beta2) times the square of g.`);
        return notYet('m and v are right, theta is not: theta minus 0.001 times mHat divided by (the root of vHat, plus epsilon).');
      }
      return right('A step is about as long as the learning rate, whatever the size of the gradient.');
    }),
  },
} satisfies Exercises;

type Log = Record<string, number>;
const historyOf = ({ history }: Given): readonly Log[] => history as readonly Log[];
const firstAbove = (given: Given, measure: string): number => historyOf(given).findIndex((log) => log[measure] > 0.5) + 1;

type Step = (theta: number, g: number, m: number, v: number, t: number) => number[];

const [rate, beta1, beta2, epsilon] = [1e-3, 0.9, 0.999, 1e-8];

/** A first step, and a later one that has means to go on from. */
const trials: Parameters<Step>[] = [[0.5, 2, 0, 0, 1], [-1, -0.3, 0.4, 0.05, 7]];

interface Variant {
  corrected: boolean;
  root: boolean;
  sign: 1 | -1;
  hats: boolean;
}

/** Adam's step, or one with a slip in it. */
const variant = ({ corrected, root, sign, hats }: Variant): Step => (theta, g, m, v, t) => {
  const [mean, square] = [beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g];
  const [mHat, vHat] = corrected ? [mean / (1 - beta1 ** t), square / (1 - beta2 ** t)] : [mean, square];
  const moved = theta - (sign * rate * mHat) / ((root ? Math.sqrt(vHat) : vHat) + epsilon);
  return hats ? [moved, mHat, vHat] : [moved, mean, square];
};

const sound: Variant = { corrected: true, root: true, sign: 1, hats: false };
const adam = variant(sound);

const slips: { make: Step; hint: string }[] = [
  { make: variant({ ...sound, corrected: false }), hint: 'm and v start at 0 and are too small at first. Divide them by 1 - beta1^t and 1 - beta2^t before the step.' },
  { make: variant({ ...sound, root: false }), hint: 'v is a mean of squares: take its root before you divide by it.' },
  { make: variant({ ...sound, sign: -1 }), hint: 'It climbs: the step goes against the gradient, so it is theta minus.' },
  { make: variant({ ...sound, hats: true }), hint: 'Theta is right. But give back m and v themselves, not those that were corrected for the start: they would be corrected twice in the next step.' },
  { make: (theta, g, m, v) => [theta - rate * g, m, v], hint: 'That is a step of SGD. Adam divides a running mean of the gradient by the root of a running mean of its square.' },
  { make: (theta, g, m, v, t) => [theta - (rate * (beta1 * m + (1 - beta1) * g)) / (1 - beta1 ** t), beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g], hint: 'The step is not divided by the root of vHat yet.' },
];

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 + 1e-6 * Math.abs(b);
const near = (a: readonly number[], b: readonly number[]): boolean => a.every((value, at) => close(value, b[at]));
