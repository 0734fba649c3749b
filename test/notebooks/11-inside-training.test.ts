import { notebookTests } from '../helpers/notebookTests';

/** The third epoch is the first above one half on held-out scenes, the fifth in training. */
const history = [[0.3, 0.4], [0.35, 0.5], [0.4, 0.52], [0.5, 0.6], [0.6, 0.65], [0.7, 0.7]].map(([accuracy, val_accuracy]) => ({ accuracy, val_accuracy }));

type Step = (theta: number, g: number, m: number, v: number, t: number) => number[];
const [mean, square] = [(g: number, m: number): number => 0.9 * m + 0.1 * g, (g: number, v: number): number => 0.999 * v + 0.001 * g * g];
const uncorrected: Step = (theta, g, m, v) => [theta - (0.001 * mean(g, m)) / (Math.sqrt(square(g, v)) + 1e-8), mean(g, m), square(g, v)];
const hats = (g: number, m: number, v: number, t: number): [number, number] => [mean(g, m) / (1 - 0.9 ** t), square(g, v) / (1 - 0.999 ** t)];
const rootless: Step = (theta, g, m, v, t) => [theta - (0.001 * hats(g, m, v, t)[0]) / (hats(g, m, v, t)[1] + 1e-8), mean(g, m), square(g, v)];
const climbing: Step = (theta, g, m, v, t) => [theta + (0.001 * hats(g, m, v, t)[0]) / (Math.sqrt(hats(g, m, v, t)[1]) + 1e-8), mean(g, m), square(g, v)];
const keepsHats: Step = (theta, g, m, v, t) => [theta - (0.001 * hats(g, m, v, t)[0]) / (Math.sqrt(hats(g, m, v, t)[1]) + 1e-8), ...hats(g, m, v, t)];
const forgetful: Step = (theta, g, _m, v, t) => [theta, 0.1 * g, square(g, v) + 0 * t];
const plain: Step = (theta, g, m, v) => [theta - 0.001 * g, m, v];

notebookTests('11-inside-training', {
  1: [
    [2, /count from 0/, { history }],
    [5, /training/, { history }],
    [6, /last epoch/, { history }],
    [1, /later/, { history }],
    [4, /earlier/, { history }],
    ['3', /number/, { history }],
  ],
  2: [
    [-Math.log(4), /sign/],
    [Math.log(2), /true class/],
    [Math.log10(4), /base 10/],
    [2, /base 2/],
    [0.75, /missing/],
    [1.5 * Math.log(2), /entropy/],
    [0.1, /More/],
    [3, /Less/],
  ],
  3: [
    [uncorrected, /Divide them by/],
    [rootless, /root/],
    [climbing, /against the gradient/],
    [keepsHats, /corrected twice/],
    [plain, /SGD/],
    [forgetful, /theta is not/],
    [() => 3, /list of three/],
    [() => [NaN, 0, 0], /NaN/],
    [((theta, g, _m, v) => [theta, g, square(g, v)]) satisfies Step, /m is not right/],
    [0.001, /function/],
  ],
}).run();
