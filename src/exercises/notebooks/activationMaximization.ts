import { type Exercises, type Judgement, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

export const activationMaximization = {
  1: {
    asks: 'How many numbers may gradient ascent change in a colour picture of 64 x 64 pixels?',
    judge: amount({
      is: 64 * 64 * 3,
      because: 'One for red, green and blue of each of 4,096 pixels: the climb has 12,288 directions to choose from.',
      mistakes: [
        { gives: 64 * 64, hint: 'That is the number of pixels. Each has a colour: how many numbers is that?' },
        { gives: 64 * 64 * 4, hint: 'The fourth number of a pixel in an Image is its opacity, which the network never sees.' },
        { gives: 64 * 3, hint: 'That is one row of the picture.' },
        { gives: 224 * 224 * 3, hint: "That is a picture of the input size of ImageNet networks; the question is about the size of ours." },
      ],
      low: 'There are more: count the pixels first, then the numbers of a pixel.',
      high: 'There are fewer: count the pixels first, then the numbers of a pixel. The weights are not among them; they stay as they are.',
    }),
  },
  2: {
    asks: 'What is the total variation of the 3 x 3 picture?',
    judge: amount({
      is: 16,
      because: 'Across 4 + 4 + 3, down 1 + 4 + 0: each jump between two neighbours counts once, with its height.',
      mistakes: [
        { gives: 11, hint: 'These are the differences between neighbours beside each other. Those one below the other count too.' },
        { gives: 5, hint: 'These are the differences between neighbours one below the other. Those beside each other count too.' },
        { gives: 58, hint: 'The differences are not squared here: $|...|$ is the absolute value.' },
        { gives: 32, hint: 'Every pair was counted twice, once from each side. In the formula each pixel only looks to the right and down.' },
        { gives: 14, hint: 'A fall and a rise do not cancel: take each difference without its sign. Look at the first column.' },
        { gives: 18, hint: 'Is the first column 0, 0, 1? Add up its two differences once more.' },
      ],
      low: 'Some jump is missing. There are six pairs beside each other and six one below the other.',
      high: 'Too much is counted. There are six pairs beside each other and six one below the other, each counts once, and beyond the edge there is nothing.',
    }),
  },
  3: {
    asks: 'Which function climbs a(x) - lambda R(x) by gradient ascent, for a picture of one pixel?',
    judge: judged<Climb>('a function', climbs),
  },
} satisfies Exercises;

type Slope = (x: number) => number;
type Climb = (slope: Slope, penalty: Slope, lambda: number, start: number, rate: number, steps: number) => unknown;

/** Tries it on a few functions, by the mistakes that each of them shows. */
function climbs(climb: Climb): Judgement {
  const one: Slope = () => 1;
  const flat: Slope = () => 0;
  const given = climb(one, flat, 0, 3, 0.5, 4);
  if (given === undefined) return notYet('It returns nothing: is a return missing?');
  if (typeof given !== 'number' || Number.isNaN(given)) return notYet('It must return a number, the last x.');
  const is = (value: number): boolean => Math.abs(given - value) < 1e-9;
  if (is(3)) return notYet('x stays where it starts. Move it, as often as steps says.');
  if (is(1)) return notYet('It goes downhill. Where the slope is positive, a larger x gives a larger a(x).');
  if (is(3.5)) return notYet('It makes one step. Repeat it as often as steps says.');
  if (is(2)) return notYet('It begins at 0. Begin at start.');
  if (is(7)) return notYet('Each step is as long as the slope. Multiply it by rate.');
  if (!is(5)) return notYet('With a slope of 1 everywhere and no regulariser, 4 steps of rate 0.5 from 3 end at 5, and yours ends elsewhere. Count the steps.');
  const bowl: Slope = (x) => 2 * x;
  const pulled = climb(() => 2, bowl, 0.5, 0, 0.1, 200);
  if (typeof pulled !== 'number' || Math.abs(pulled - 40) < 1e-6) return notYet('The regulariser is not felt. Take lambda times its slope off the slope of a(x), at every step.');
  if (!Number.isFinite(pulled) || pulled > 100) return notYet('The regulariser pushes x away instead of holding it. It is taken off, with a minus.');
  if (Math.abs(pulled - 1) < 1e-6) return notYet('Lambda is not felt: multiply the slope of the regulariser by it.');
  if (Math.abs(pulled - 2) > 1e-6) return notYet('For a(x) = 2x and R(x) = x * x with lambda 0.5 the climb should end at 2, and yours ends elsewhere. Are both slopes asked at the x of this step?');
  return right('It climbs to 3 + 4 * 0.5 without a regulariser, and with one it stops where the pull of a(x) and that of lambda R(x) are equal.');
}
