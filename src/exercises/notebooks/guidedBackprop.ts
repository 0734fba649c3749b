import { type Exercises, notYet, right } from '../exercise';
import { amount, judged, numbers } from '../judges';

/** The 4 x 4 output of a ReLU that exercise 2 gives, and what comes back to the 2 x 2 maxima. */
const pooled = { strongest: [1, 7, 8, 15], incoming: [2, -1, 3, 4] };

/** 4 x 4 numbers: for each place the number of its 2 x 2 window, and whether it is the place where the window's maximum was. */
const unpooled = (value: (incoming: number, isStrongest: boolean, isFirst: boolean) => number): number[] =>
  Array.from({ length: 16 }, (_, at) => {
    const [row, column] = [Math.floor(at / 4), at % 4];
    const window = Math.floor(row / 2) * 2 + Math.floor(column / 2);
    return value(pooled.incoming[window], pooled.strongest[window] === at, row % 2 === 0 && column % 2 === 0);
  });

type Rule = (f: number[], R: number[]) => number[];
const cellwise = (pass: (f: number, R: number) => number): Rule => (f, R) => f.map((value, at) => pass(value, R[at]));

const guided6 = cellwise((f, R) => (f > 0 && f < 6 && R > 0 ? R : 0));
// Neither 0 nor 6 is tried: what a slope is just there is a convention.
const trials: [number[], number[]][] = [
  [[-2, 3, 7, 5, 1, -4, 9, 2], [1, -3, 5, 6, 2, -1, -2, 4]],
  [[0.5, 5.5, 6.5, -0.5], [-0.25, 0.75, 2, 3]],
];
const rules: [rule: Rule, hint: string][] = [
  [cellwise((f, R) => (f > 0 && R > 0 ? R : 0)), 'This is the rule for a plain ReLU. Above 6 the curve of ReLU6 is flat: what does a flat curve pass back?'],
  [cellwise((f, R) => (f > 0 && f < 6 ? R : 0)), 'This is the true gradient of ReLU6. Guided backpropagation also looks at the sign of R.'],
  [cellwise((_f, R) => (R > 0 ? R : 0)), 'This is the rule of the deconvnet, which never looks at f. Guided backpropagation looks at both.'],
  [cellwise((f, R) => (f < 6 && R > 0 ? R : 0)), 'The part above 6 is right. What about inputs below 0?'],
  [cellwise((f, R) => (f > 0 && f < 6 ? Math.abs(R) : 0)), 'Negative numbers of R must become 0, not positive.'],
  [cellwise((f, R) => (f > 0 && f < 6 && R > 0 ? f : 0)), 'The places are right, but what goes back is R, not f.'],
  [cellwise((f, R) => (f > 0 && f < 6 && R > 0 ? 1 : 0)), 'These are the places where something passes. What passes there is R.'],
  [cellwise((f, R) => (R > 0 ? R * Math.min(Math.max(f, 0), 6) : 0)), 'This multiplies R by the output of ReLU6. The rule multiplies it by the slope, which is 1 or 0.'],
];

export const guidedBackprop = {
  1: {
    asks: 'In how many of the 25 cells does the gradient pass something on that guided backpropagation throws away?',
    judge: amount({
      is: 6,
      because: 'in these six cells the ReLU is open (f > 0), but what comes back is negative: evidence against the class, which guided backpropagation never shows.',
      mistakes: [
        { gives: 8, hint: 'Eight may be how many cells guided backpropagation keeps, or how many the deconvnet has beyond it. Asked are the cells that the gradient has, and guided backpropagation has not.' },
        { gives: 14, hint: 'These are all the cells that the gradient passes. Guided backpropagation keeps some of them.' },
        { gives: 16, hint: 'These are the cells that the deconvnet passes. Compare the first picture with the third.' },
        { gives: 17, hint: 'In that many cells guided backpropagation passes nothing. In some of them the gradient passes nothing either.' },
        { gives: 11, hint: 'In that many cells the gradient itself passes nothing: there the ReLU is closed.' },
      ],
      low: 'There are more: look for the blue cells of the gradient, one row after the other.',
      high: 'There are fewer: count only cells where the gradient is not 0 and guided backpropagation is.',
    }),
  },
  2: {
    asks: 'What goes back through the max-pooling and then, by the guided rule, through the ReLU below it: which 16 numbers, row by row?',
    judge: numbers({
      is: unpooled((incoming, strongest) => (strongest ? Math.max(0, incoming) : 0)),
      because: 'each number goes to the one cell that was the maximum of its window, and the guided rule then stops the negative one.',
      mistakes: [
        { gives: unpooled((incoming, strongest) => (strongest ? incoming : 0)), hint: 'The switches are right. Below the pooling there is a ReLU, and its guided rule lets one of the four numbers not pass.' },
        { gives: unpooled((incoming) => Math.max(0, incoming)), hint: 'This copies each number into its whole window. Only one cell of the four was the maximum.' },
        { gives: unpooled((incoming) => incoming), hint: 'This copies each number into its whole window. Only one cell of the four was the maximum.' },
        { gives: unpooled((incoming) => incoming / 4), hint: 'This is average pooling, which shares a number among the four cells. The maximum has one winner.' },
        { gives: unpooled((incoming) => Math.max(0, incoming) / 4), hint: 'This is average pooling, which shares a number among the four cells. The maximum has one winner.' },
        { gives: unpooled((incoming, _strongest, first) => (first ? Math.max(0, incoming) : 0)), hint: 'Each number stands in the first cell of its window. It belongs where the maximum was: that is what the switch remembers.' },
        { gives: unpooled((incoming, _strongest, first) => (first ? incoming : 0)), hint: 'Each number stands in the first cell of its window. It belongs where the maximum was: that is what the switch remembers.' },
      ],
      hint: 'In each 2 x 2 window of A find the largest number. What comes back goes to that cell and nowhere else; then look at its sign.',
    }),
  },
  3: {
    asks: 'How does the guided rule look for ReLU6, as a function of the lists f and R?',
    judge: judged<Rule>('a function', (answer) => {
      const tried = trials.map(([f, R]) => outcome(answer, f, R));
      const failed = tried.find((each): each is string => typeof each === 'string');
      if (failed) return notYet(failed);
      const gives = (rule: Rule): boolean => trials.every(([f, R], at) => rule(f, R).every((value, i) => Math.abs(value - (tried[at] as number[])[i]) < 1e-6));
      if (gives(guided6)) return right('R passes where ReLU6 is rising (0 < f < 6) and R is positive. This is the rule that the library uses in the default network.');
      return notYet(rules.find(([rule]) => gives(rule))?.[1] ?? 'Three things must hold for a number of R to pass: f is above 0, f is below 6, and R itself is above 0. All others become 0.');
    }),
  },
} satisfies Exercises;

/** What the function gives, or what is wrong with it. */
function outcome(rule: Rule, f: number[], R: number[]): number[] | string {
  let given: unknown;
  try {
    given = rule([...f], [...R]);
  } catch (error) {
    return `The function throws an error: ${error instanceof Error ? error.message : String(error)}.`;
  }
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) return 'The function must return a list of numbers, one for each number of R: is a return missing?';
  const list = Array.from(given as ArrayLike<unknown>);
  if (list.length !== R.length) return `For lists of ${R.length} numbers it returns ${list.length}: one for each number of R is wanted.`;
  return list.every((value) => typeof value === 'number' && Number.isFinite(value)) ? (list as number[]) : 'Not everything that it returns is a number.';
}
