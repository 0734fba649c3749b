import { notebookTests } from '../helpers/notebookTests';

type Slope = (x: number) => number;
const climbing = (step: (x: number, slope: Slope, penalty: Slope, lambda: number, rate: number) => number, often?: number) => (slope: Slope, penalty: Slope, lambda: number, start: number, rate: number, steps: number) => {
  let x = start;
  for (let at = 0; at < (often ?? steps); at++) x = step(x, slope, penalty, lambda, rate);
  return x;
};

notebookTests('03-activation-maximization', {
  1: [
    [4096, /colour/],
    [16_384, /opacity/],
    [150_528, /input size/],
    [10, /more/],
    [1e6, /weights/],
  ],
  2: [
    [11, /below/],
    [5, /beside/],
    [58, /squared/],
    [32, /twice/],
    [14, /cancel|sign/],
    [3, /missing/],
  ],
  3: [
    [16, /function/],
    [climbing((x, slope, penalty, lambda, rate) => x - rate * (slope(x) - lambda * penalty(x))), /downhill/],
    [climbing((x, slope, penalty, lambda, rate) => x + rate * (slope(x) - lambda * penalty(x)), 1), /one step/],
    [climbing((x, slope, _penalty, _lambda, rate) => x + rate * slope(x)), /not felt/],
    [climbing((x, slope, penalty, lambda, rate) => x + rate * (slope(x) + lambda * penalty(x))), /minus/],
    [climbing((x, slope, penalty, _lambda, rate) => x + rate * (slope(x) - penalty(x))), /[Ll]ambda/],
    [climbing((x, slope) => x + slope(x)), /rate/],
    [climbing((x) => x), /starts/],
    [() => undefined, /return/],
  ],
}).run();
