import { type Exercises, type Given, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

/** What `gradCamParts` gives, as far as the judges need it. */
interface Parts {
  shape: [height: number, width: number, channels: number];
  activations: ArrayLike<number>;
  gradients: ArrayLike<number>;
  weights: ArrayLike<number>;
  sum: ArrayLike<number>;
}

const partsIn = ({ parts }: Given): Parts => {
  if (!Array.isArray(parts?.shape) || parts.shape.length !== 3 || !parts.weights || !parts.activations) throw new TypeError('parts must be what cl.gradCamParts gives');
  return parts;
};
const cells = (given: Given): number => partsIn(given).shape[0] * partsIn(given).shape[1];

/** How many of the channels that add most it takes to come to a share of the final map's sum. */
function channelsFor(share: number, given: Given, order: 'most' | 'size' | 'weight' = 'most'): number {
  const { shape, activations, weights, sum } = partsIn(given);
  const depth = shape[2];
  const added = new Float64Array(depth);
  let whole = 0;
  for (let cell = 0; cell < shape[0] * shape[1]; cell++) {
    if (!(sum[cell] > 0)) continue;
    whole += sum[cell];
    for (let k = 0; k < depth; k++) added[k] += weights[k] * activations[cell * depth + k];
  }
  const rank = { most: (k: number) => added[k], size: (k: number) => Math.abs(added[k]), weight: (k: number) => weights[k] }[order];
  const channels = [...added.keys()].sort((a, b) => rank(b) - rank(a));
  let total = 0;
  const at = channels.findIndex((k) => (total += added[k]) >= share * whole - 1e-6 * Math.abs(whole));
  return at + 1;
}

type Combine = (activations: number[], gradients: number[], shape: number[]) => number[];
/** A way to make one map of a layer's outputs and their gradients; channels last. */
const combine =
  (add: (a: number[], g: number[], mean: number[]) => number, relu = true): Combine =>
  (A, G, [height, width, depth]) => {
    const count = height * width;
    const at = (list: number[], cell: number): number[] => list.slice(cell * depth, (cell + 1) * depth);
    const mean = Array.from({ length: depth }, (_, k) => Array.from({ length: count }, (_cell, cell) => G[cell * depth + k]).reduce((sum, g) => sum + g, 0) / count);
    return Array.from({ length: count }, (_, cell) => {
      const value = add(at(A, cell), at(G, cell), mean);
      return relu ? Math.max(0, value) : value;
    });
  };
const dot = (a: number[], b: number[]): number => a.reduce((sum, value, k) => sum + value * b[k], 0);
const positive = (values: number[]): number[] => values.map((value) => Math.max(0, value));

const trials: [number[], number[], [number, number, number]][] = [
  [[1, 2, 3, 0, 0, 4, 2, 2], [1, -1, 0.5, 2, -3, 1, -2, 1.5], [2, 2, 2]],
  [[3, 1, 2, 0, 5, 1, 1, 1, 4, 2, 2, 0, 1, 6, 3, 2, 0, 1], [0.5, -1, 1, 2, 1, -2, -1, 0.25, 1, 1, -0.5, 3, -2, 1, 0.5, 0, 1, -1], [2, 3, 3]],
];
const ways: [way: Combine, hint: string][] = [
  [combine((a, _g, mean) => dot(a, mean)), 'This is Grad-CAM: it takes the mean of each channel\'s gradients. Take the gradient of each cell by itself.'],
  [combine((a, g) => dot(a, g), false), 'The sum is right. What is negative speaks against the class: which function comes after the sum?'],
  [combine((a, g) => dot(a, positive(g))), 'This cuts off what is negative before the sum (that is LayerCAM). Here the ReLU comes once, after the sum, so that evidence against may cancel evidence for.'],
  [combine((a, g) => dot(a, g) / a.length), 'This is the mean over the channels. The formula has a sum.'],
  [combine((_a, g) => g.reduce((sum, value) => sum + value, 0)), 'This adds up the gradients alone. Each is multiplied by its activation.'],
  [combine((a) => a.reduce((sum, value) => sum + value, 0)), 'This adds up the activations alone. Each is multiplied by its gradient.'],
];

export const gradCam = {
  1: {
    asks: 'How many numbers does the Grad-CAM map hold before it is enlarged to the size of the picture?',
    needs: ['parts'],
    judge: amount({
      is: cells,
      because: 'one number for each cell of the layer. Whatever the big picture seems to show between them is interpolation.',
      mistakes: [
        { gives: (given) => cells(given) * partsIn(given).shape[2], hint: 'That many activations go in. The sum over the channels makes one number of all that share a cell.' },
        { gives: (given) => partsIn(given).shape[2], hint: 'That is the number of channels, so of weights. The map has one number for each place.' },
        { gives: (given) => partsIn(given).shape[0], hint: 'That is one side of the grid. How many cells does the whole grid have?' },
        { gives: 224 * 224, hint: 'That is the picture after the enlargement. What is the grid of the layer?' },
        { gives: 96 * 96, hint: 'That is the picture after the enlargement. What is the grid of the layer?' },
      ],
      low: 'More: look at parts.shape, which is height, width, channels.',
      high: 'Fewer: look at parts.shape, which is height, width, channels.',
    }),
  },
  2: {
    asks: 'How many channels, those that add most first, make at least half of the final map\'s sum?',
    needs: ['parts'],
    judge: amount({
      is: (given) => channelsFor(0.5, given),
      because: 'a few channels carry half of the map. The others add little each, for and against.',
      mistakes: [
        { gives: (given) => partsIn(given).shape[2] / 2, hint: 'That is half of the channels. Asked is for how many channels come to half of the sum: add shares, the largest first, until they pass 50 %.' },
        { gives: (given) => channelsFor(0.5, given, 'weight'), hint: 'You took the channels by their weight. What a channel adds is weight times activation, in the cells that the ReLU keeps.' },
        { gives: (given) => channelsFor(0.5, given) - 1, hint: 'Very near: with so many it is still a little less than half.' },
        { gives: (given) => channelsFor(0.9, given), hint: 'So many make nine tenths. Stop at one half.' },
      ],
      low: 'More: so many channels do not come to half yet. Sort the shares from the largest, and add them up until they pass 0.5.',
      high: 'Fewer are enough. Sort the shares from the largest, and add them up until they pass 0.5.',
    }),
  },
  3: {
    asks: 'How is HiResCAM computed, as a function of the activations, the gradients and the shape [height, width, channels]?',
    judge: judged<Combine>('a function', (answer) => {
      const tried = trials.map(([a, g, shape]) => outcome(answer, a, g, shape));
      const failed = tried.find((each): each is string => typeof each === 'string');
      if (failed) return notYet(failed);
      const gives = (way: Combine): boolean => trials.every(([a, g, shape], at) => way(a, g, shape).every((value, i) => Math.abs(value - (tried[at] as number[])[i]) < 1e-4));
      if (gives(combine((a, g) => dot(a, g)))) return right('each activation is multiplied by its own gradient, the products are summed over the channels, and the ReLU comes last.');
      return notYet(ways.find(([way]) => gives(way))?.[1] ?? 'For each cell: add up activation times gradient over all channels, then take Math.max(0, ...). The number of cell (row, column) and channel k stands at (row * width + column) * channels + k.');
    }),
  },
} satisfies Exercises;

/** What the function gives, or what is wrong with it. */
function outcome(way: Combine, a: number[], g: number[], shape: [number, number, number]): number[] | string {
  let given: unknown;
  try {
    given = way([...a], [...g], [...shape]);
  } catch (error) {
    return `The function throws an error: ${error instanceof Error ? error.message : String(error)}.`;
  }
  if (given instanceof Promise) return 'The function must give the map itself, not a Promise: leave out the async.';
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) return 'The function must return a list of numbers, one for each cell: is a return missing?';
  const list = Array.from(given as ArrayLike<unknown>);
  const count = shape[0] * shape[1];
  if (list.length !== count) return `For a grid of ${shape[0]} x ${shape[1]} cells it returns ${list.length} numbers: ${count} are wanted, one for each cell.`;
  return list.every((value) => typeof value === 'number' && Number.isFinite(value)) ? (list as number[]) : 'Not everything that it returns is a number: is something read past the end?';
}
