import { notebookTests } from '../helpers/notebookTests';

const falls = { left: 2, right: 1, both: 8.5 };

interface Window {
  top: number;
  left: number;
  bottom: number;
  right: number;
  fall: number;
}

/** A map that has one thing wrong with it. */
const mapOf = ({ one = 0, divide = true, none = 0, write = false, turned = false }) => (windows: readonly Window[], height: number, width: number): Float32Array => {
  const [sums, counts] = [new Float32Array(height * width), new Float32Array(height * width)];
  for (const { top, left, bottom, right, fall } of windows) {
    for (let row = top; row < Math.min(height, bottom + one); row++) {
      for (let column = left; column < Math.min(width, right + one); column++) {
        const at = turned ? column * height + row : row * width + column;
        sums[at] = write ? fall : sums[at] + fall;
        counts[at] = write ? 1 : counts[at] + 1;
      }
    }
  }
  return sums.map((sum, at) => (divide ? sum / (counts[at] || none) : sum));
};

notebookTests('04-occlusion', {
  1: [[64, /last 8 pixels/], [9, /one direction/], [82, /uncovered/], [49, /first move/], [80, /one side first/], ['81', /a number/]],
  2: [
    [3, /add up to/, { falls }],
    [-5.5, /sign/, { falls }],
    [8.5, /already explain/, { falls }],
    [6.5, /still to be taken away/, { falls }],
    [7, /not averaged/, { falls }],
    [0, /minus/, { falls }],
  ],
  3: [
    [mapOf({ divide: false, none: 1 }), /sum of the falls/],
    [mapOf({ none: 1, one: 1 }), /one row and one column too far|no window covers/],
    [mapOf({ none: 0 }), /no window covers/],
    [mapOf({ none: 1, write: true }), /writes over/],
    [mapOf({ none: 1, turned: true }), /wrong order|no window covers/],
    [() => undefined, /return/],
    [[1, 2], /a function/],
  ],
}).run();
