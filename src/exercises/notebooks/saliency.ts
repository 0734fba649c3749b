import { type Exercises, notYet, right } from '../exercise';
import { amount, judged, notARow } from '../judges';

type Step = (x: ArrayLike<number>, gradient: ArrayLike<number>, size: number) => unknown;

const x = Float32Array.of(0.5, -1, 2, 0, 0.25);
const gradient = Float32Array.of(0.3, -0.02, 0, -4, 1);
const size = 0.125;
const moved = (by: (slope: number, at: number) => number): number[] => Array.from(x, (value, at) => value + by(gradient[at], at));

const known: readonly [values: number[], hint: string][] = [
  [moved((slope) => size * Math.sign(slope)), 'This raises the score: along the gradient it is uphill. Which way is down?'],
  [moved((slope) => -size * slope), 'The direction is right. But each value moves by its slope times the size: every one should move by the size itself, so only the sign of its slope counts.'],
  [moved((slope) => size * slope), 'Uphill, and by the slope times the size: every value should move by the size itself, downhill.'],
  [moved(() => -size), 'Every value moved down. Where the slope is negative, the score falls when the value gets larger.'],
  [moved((slope) => (slope > 0 ? -size : size)), 'Nearly. Where the gradient is 0, nothing should move.'],
  [moved((slope) => (slope >= 0 ? -size : size)), 'Nearly. Where the gradient is 0, nothing should move.'],
  [Array.from(gradient, (slope) => -size * Math.sign(slope)), 'These are the steps. Add them to the values of x.'],
  [Array.from(x), 'Nothing moved. (If the function changed x in place, give a new list instead.)'],
];

export const saliency = {
  1: {
    asks: 'What is the value of the saliency map at a pixel whose gradients are 0.2, -0.5 and 0.1?',
    judge: amount({
      is: 0.5,
      because: 'The size first, then the largest: the second channel has the steepest slope, and that it goes down does not matter.',
      mistakes: [
        { gives: 0.2, hint: 'The largest of the values with their signs. Which comes first in the formula, the size or the largest?' },
        { gives: -0.5, hint: 'The right channel. What do the two bars in the formula do?' },
        { gives: 0.8, hint: 'This is the sum of the sizes, as PAIR has it. The formula takes the largest.' },
        { gives: 0.8 / 3, hint: 'This is the mean of the sizes. The formula takes the largest.' },
        { gives: -0.2, hint: 'This is the sum with signs, in which the channels cancel each other. The formula takes sizes, and the largest of them.' },
      ],
      low: 'Take the size of each of the three, without its sign; then the largest.',
      high: 'Take the size of each of the three, without its sign; then the largest. It cannot be larger than all of them.',
    }),
  },
  2: {
    asks: 'What is the integrated gradient of x = 3 from the baseline 0.5, for y = 1 - ReLU(1 - x)?',
    judge: amount({
      is: 0.5,
      within: 0.03,
      because: 'It adds up to y(3) - y(0.5). The slope is 1 on the first fifth of the way, and 0 on the rest.',
      mistakes: [
        { gives: 0, hint: 'This is the gradient at x = 3, times anything. What was the slope on the way there?' },
        { gives: 2.5, hint: 'This would be so if the slope were 1 all the way. Where does it become 0?' },
        { gives: 1, hint: 'This is y(3), or the way from a baseline of 0. Here the way begins at 0.5, where y is not 0.' },
        { gives: 0.2, hint: 'This is the mean slope along the way. It is still to be multiplied by the way, x - x\'.' },
        { gives: 0.6, hint: 'The mean slope was multiplied by x. It is x - x\' that counts: the way begins at 0.5.' },
      ],
      low: 'How long is the way, on which part of it is the slope 1, and what is the mean slope? Or use completeness.',
      high: 'How long is the way, on which part of it is the slope 1, and what is the mean slope? Or use completeness.',
    }),
  },
  3: {
    asks: 'Write a function that moves each value of x by size in the direction that lowers the score.',
    judge: judged<Step>('a function', (answer) => {
      const given = answer(Float32Array.from(x), Float32Array.from(gradient), size);
      const amiss = notARow(given, x.length);
      if (amiss) return amiss;
      const values = Array.from(given as ArrayLike<number>);
      const alike = (wanted: readonly number[]): boolean => wanted.every((value, at) => Math.abs(values[at] - value) < 1e-6);
      if (alike(moved((slope) => -size * Math.sign(slope)))) return right('Each value goes downhill by the same small size. To the eye nothing happens; to the score all these small changes add up.');
      return notYet(known.find(([wrong]) => alike(wrong))?.[1] ?? 'Math.sign gives -1, 0 or 1 for a slope. From each value of x take away the size times that.');
    }),
  },
} satisfies Exercises;
