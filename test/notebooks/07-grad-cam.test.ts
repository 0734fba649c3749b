import { notebookTests } from '../helpers/notebookTests';

// Three cells in a row and four channels, of which two carry the map.
const parts = {
  shape: [1, 3, 4],
  activations: [1, 2, 0, 1, 2, 0, 1, 0, 0, 0, 0, 5],
  gradients: [],
  weights: [2, 1, 3, -1],
  sum: [3, 7, -5],
};
const cells = (value: (a: number[], g: number[]) => number) => (A: number[], G: number[], [height, width, channels]: number[]) =>
  Array.from({ length: height * width }, (_, cell) => value(A.slice(cell * channels, (cell + 1) * channels), G.slice(cell * channels, (cell + 1) * channels)));
const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
const gradCam = (A: number[], G: number[], shape: number[]) => {
  const [height, width, channels] = shape;
  const alpha = Array.from({ length: channels }, (_, k) => sum(G.filter((_g, at) => at % channels === k)) / (height * width));
  return cells((a) => Math.max(0, sum(a.map((value, k) => value * alpha[k]))))(A, G, shape);
};

notebookTests('07-grad-cam', {
  1: [[12, /activations go in/, { parts }], [4, /number of channels/, { parts }], [1, /one side of the grid/, { parts }], [224 * 224, /after the enlargement/, { parts }], [2, /More/, { parts }], [7, /Fewer/, { parts }]],
  // Of the sum, 10, the channels add 6, 2, 3 and -1: the first alone makes more than half.
  2: [[2, /So many make nine tenths|Fewer|half of the channels|weight/, { parts }], [0, /still a little less than half/, { parts }], [4, /Fewer/, { parts }], [-1, /More/, { parts }], ['one', /is a number/, { parts }]],
  3: [
    [gradCam, /This is Grad-CAM/],
    [cells((a, g) => sum(a.map((value, k) => value * g[k]))), /which function comes after the sum/],
    [cells((a, g) => Math.max(0, sum(a.map((value, k) => value * Math.max(0, g[k]))))), /LayerCAM.* the ReLU comes once/],
    [cells((a, g) => sum(a.map((value, k) => Math.max(0, value * g[k])))), /LayerCAM.* the ReLU comes once/],
    [cells((_a, g) => Math.max(0, sum(g))), /gradients alone/],
    [cells((a) => sum(a)), /activations alone/],
    [cells(() => 1), /For each cell/],
    [() => undefined, /is a return missing/],
    [(A: number[], G: number[]) => A.map((value, at) => Math.max(0, value * G[at])), /one for each cell/],
    [async () => [], /not a Promise/],
  ],
}).run();
