import { notebookTests } from '../helpers/notebookTests';

/** A step that goes wrong in one way. */
const step = (by: (slope: number, size: number) => number) => (x: ArrayLike<number>, gradient: ArrayLike<number>, size: number) => Float32Array.from(x, (value, at) => value + by(gradient[at], size));

notebookTests('05-saliency', {
  1: [[0.2, /comes first/], [-0.5, /two bars/], [0.8, /sum of the sizes/], [0.8 / 3, /mean of the sizes/], [-0.2, /cancel/], [3, /larger than all/]],
  2: [[0, /on the way there/], [2.5, /all the way/], [1, /begins at 0.5/], [0.2, /mean slope along the way/], [0.6, /x - x'/], [0.4, /how long is the way/i]],
  3: [
    [step((slope, size) => size * Math.sign(slope)), /uphill/],
    [step((slope, size) => -size * slope), /only the sign/],
    [step((_, size) => -size), /slope is negative/],
    [step((slope, size) => (slope > 0 ? -size : size)), /gradient is 0/],
    [(_: unknown, gradient: ArrayLike<number>, size: number) => Float32Array.from(gradient, (slope) => -size * Math.sign(slope)), /Add them/],
    [(x: Float32Array) => x, /Nothing moved/],
    [() => undefined, /return/],
    [0.5, /a function/],
  ],
}).run();
