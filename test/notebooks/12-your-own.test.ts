import { notebookTests } from '../helpers/notebookTests';

notebookTests('12-your-own', {
  1: [[0.784, /0-1/], [0.569, /tf/], [1.681, /blue/], [76.325, /deviation/], [(200 - 0.485) / 0.229, /255/], ['1.31', /number/]],
  2: [['preprocessing', /three digits/], ['softmax', /before them/], ['label', /did you mean/], ['weights', /other weights/]],
  3: [
    [([r, g, b]: number[]) => [r, g, b].map((value) => (value / 255 - 0.5) / 0.25), /order/],
    [([r, g, b]: number[]) => [b, g, r].map((value) => (value - 0.5) / 0.25), /step is missing/],
    [([r, g, b]: number[]) => [b, g, r].map((value) => value / 255 - 0.5 / 0.25), /brackets/],
    [([r, g, b]: number[]) => [b, g, r].map((value) => value / 255 - 0.5), /last step/],
    [(r: number, g: number, b: number) => [b, g, r].map((value) => (value / 255 - 0.5) / 0.25), /one list/],
  ],
}).run();
