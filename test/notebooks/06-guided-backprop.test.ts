import { notebookTests } from '../helpers/notebookTests';

const cellwise = (pass: (f: number, R: number) => number) => (f: number[], R: number[]) => R.map((r, i) => pass(f[i], r));

notebookTests('06-guided-backprop', {
  1: [[8, /Eight may be how many cells/], [14, /all the cells that the gradient passes/], [16, /deconvnet/], [17, /guided backpropagation passes nothing/], [11, /ReLU is closed/], [3, /There are more/], [20, /There are fewer/], ['six', /is a number/]],
  2: [
    [[0, 2, 0, 0, 0, 0, 0, -1, 3, 0, 0, 0, 0, 0, 0, 4], /guided rule lets one/],
    [[2, 2, 0, 0, 2, 2, 0, 0, 3, 3, 4, 4, 3, 3, 4, 4], /copies each number/],
    [[2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0], /first cell of its window/],
    [[0.5, 0.5, -0.25, -0.25, 0.5, 0.5, -0.25, -0.25, 0.75, 0.75, 1, 1, 0.75, 0.75, 1, 1], /average pooling/],
    [[0, 5, 0, 0, 0, 0, 0, 6, 7, 0, 0, 0, 0, 0, 0, 8], /In each 2 x 2 window/],
    [[2, 0, 3, 4], /should have 16/],
  ],
  3: [
    [cellwise((f, R) => (f > 0 && R > 0 ? R : 0)), /Above 6/],
    [cellwise((f, R) => (f > 0 && f < 6 ? R : 0)), /also looks at the sign of R/],
    [cellwise((_f, R) => Math.max(0, R)), /deconvnet/],
    [cellwise((f, R) => (f < 6 && R > 0 ? R : 0)), /below 0/],
    [cellwise((f, R) => (f > 0 && f < 6 && R > 0 ? f : 0)), /what goes back is R/],
    [cellwise((f, R) => Number(f > 0 && f < 6 && R > 0)), /What passes there is R/],
    [cellwise((f, R) => f * R), /Three things must hold/],
    [(_f: number[], R: number[]) => R.forEach(Math.abs), /is a return missing/],
    [(f: number, R: number) => (f > 0 && f < 6 && R > 0 ? R : 0), /must return a list/],
    [[0, 1], /is a function/],
  ],
}).run();
