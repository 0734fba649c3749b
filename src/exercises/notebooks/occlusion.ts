import { type Exercises, notYet, right } from '../exercise';
import { amount, judged, notARow } from '../judges';

interface Falls {
  left: number;
  right: number;
  both: number;
}
const fallsOf = ({ falls }: { falls?: Falls }): Falls => falls as Falls;

interface Window {
  top: number;
  left: number;
  bottom: number;
  right: number;
  fall: number;
}
type MapOf = (windows: readonly Window[], height: number, width: number) => unknown;

const [height, width] = [4, 5];
/** Two overlap, one is cropped at the edge, and one pixel in the corner is never covered. */
const windows: readonly Window[] = [
  { top: 0, left: 0, bottom: 3, right: 3, fall: 3 },
  { top: 0, left: 2, bottom: 3, right: 5, fall: -1 },
  { top: 2, left: 0, bottom: 4, right: 3, fall: 6 },
];

/** What each pixel gets of the falls of the windows around it. */
function painted(value: (falls: readonly number[]) => number, last = 0, turned = false): number[] {
  return Array.from({ length: height * width }, (_, at) => {
    const [row, column] = turned ? [at % height, Math.floor(at / height)] : [Math.floor(at / width), at % width];
    const inside = (position: number, from: number, to: number): boolean => position >= from && position < to + last;
    return value(windows.filter(({ top, left, bottom, right: end }) => inside(row, top, bottom) && inside(column, left, end)).map(({ fall }) => fall));
  });
}
const sum = (falls: readonly number[]): number => falls.reduce((a, b) => a + b, 0);
const mean = (falls: readonly number[]): number => sum(falls) / Math.max(1, falls.length);

const known: readonly [values: number[], hint: string][] = [
  [painted(sum), 'This is the sum of the falls. Pixels that many windows cover come out larger for that alone: divide by how many there were.'],
  [painted((falls) => sum(falls) / windows.length), 'Divided by the number of all windows; only those count that cover the pixel.'],
  [painted(mean, 1), 'Each window reaches one row and one column too far: bottom and right lie outside it.'],
  [painted(mean, 0, true), 'The right values in the wrong order: row by row, the place of a pixel is row * width + column.'],
  [painted((falls) => falls.at(-1) ?? 0), 'Each window writes over what was there before: where two overlap, both count.'],
  [painted((falls) => mean(falls.map(Math.abs))), 'The sign got lost: where hiding raises the score, the fall is below 0.'],
];

export const occlusion = {
  1: {
    asks: 'How many windows does the map of a picture of 224 x 224 pixels have, with a patch of 48 and a stride of 24?',
    judge: amount({
      is: 81,
      because: 'Eight windows of 48 fit along 224, and a ninth is cropped at the edge: 9 in each direction.',
      mistakes: [
        { gives: 64, hint: 'These are the windows that fit whole. 48 + 7 x 24 is 216: what of the last 8 pixels?' },
        { gives: 9, hint: 'That is one direction. The patch moves down as well as across.' },
        { gives: 8, hint: 'That is one direction, without the cropped window at the edge. The patch moves down as well.' },
        { gives: 82, hint: 'The pass for the uncovered picture is no window.' },
        { gives: 49, hint: '(224 - 48) / 24 counts the moves. Before the first move there is a window too, and the last one may be cropped.' },
        { gives: 100, hint: 'No window begins at row 216: the one before it already reaches the edge.' },
        { gives: 25, hint: 'This is for a patch that moves by its own side. Here it moves by half of it.' },
      ],
      low: 'Count along one side first: at which rows does the patch begin? The last one may be cropped. Then both directions.',
      high: 'Count along one side first: at which rows does the patch begin, until it reaches the edge? Then both directions.',
    }),
  },
  2: {
    asks: 'By how many logits is the fall with both dogs hidden larger than the falls with one dog hidden, added up?',
    needs: ['falls'],
    judge: amount({
      is: (given) => fallsOf(given).both - fallsOf(given).left - fallsOf(given).right,
      within: 0.05,
      because: 'Were the dogs independent, it would be 0. It is far above: what either dog holds up shows only when both are gone, and no map of single patches has it.',
      mistakes: [
        { gives: (given) => fallsOf(given).left + fallsOf(given).right, hint: 'This is what the single falls add up to. How much larger is the fall with both hidden?' },
        { gives: (given) => fallsOf(given).left + fallsOf(given).right - fallsOf(given).both, hint: 'The right size. Which of the two is to be larger? Look at the sign.' },
        { gives: (given) => fallsOf(given).both, hint: 'This is the fall with both hidden. Take away what the single falls already explain.' },
        { gives: (given) => fallsOf(given).both - fallsOf(given).left, hint: 'One of the two dogs is still to be taken away.' },
        { gives: (given) => fallsOf(given).both - fallsOf(given).right, hint: 'One of the two dogs is still to be taken away.' },
        { gives: (given) => fallsOf(given).both - (fallsOf(given).left + fallsOf(given).right) / 2, hint: 'The single falls are to be added up, not averaged.' },
        { gives: (given) => (fallsOf(given).left + fallsOf(given).right) / fallsOf(given).both, hint: 'That is a share. Asked is a difference, in logits.' },
      ],
      low: 'The fall with both hidden, minus the fall for the left, minus the fall for the right.',
      high: 'The fall with both hidden, minus the fall for the left, minus the fall for the right.',
    }),
  },
  3: {
    asks: 'Write a function that makes the map from the windows: for each pixel the mean fall of those that cover it.',
    judge: judged<MapOf>('a function', (answer) => {
      const given = answer(windows, height, width);
      const amiss = notARow(given, height * width);
      if (amiss) return amiss;
      const values = Array.from(given as ArrayLike<number>);
      const bare = painted(mean).findIndex((value, at) => !windows.some((window) => covers(window, at)) && !(Math.abs(values[at] - value) < 1e-6));
      if (bare >= 0) return notYet('A pixel that no window covers should be 0: dividing by a count of 0 gives no number.');
      const alike = (wanted: readonly number[]): boolean => wanted.every((value, at) => Math.abs(values[at] - value) < 1e-4);
      if (alike(painted(mean))) return right('It gives the mean of the falls, pixel by pixel, with overlaps and edges as they should be.');
      const hint = known.find(([wrong]) => alike(wrong))?.[1];
      return notYet(hint ?? 'Add the falls up in one list and count the windows in another, over the same rows and columns; then divide.');
    }),
  },
} satisfies Exercises;

function covers({ top, left, bottom, right: end }: Window, at: number): boolean {
  const [row, column] = [Math.floor(at / width), at % width];
  return row >= top && row < bottom && column >= left && column < end;
}
