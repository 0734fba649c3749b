import * as tf from '@tensorflow/tfjs';
import type { Graph, Step } from '../graph';
import { readSize } from './boxes';
import type { WindowStep } from './steps';

/** What passing one float through memory, and calling one op, cost in multiplications of a convolution. Measured on two AVX2 cores. */
const prices: Record<string, { float: number; call: number }> = {
  tensorflow: { float: 40, call: 5e6 },
  wasm: { float: 8, call: 2e5 },
  cpu: { float: 2, call: 1e4 },
};

const price = (): { float: number; call: number } => prices[tf.getBackend()] ?? prices.tensorflow;

/** Moving so many floats into patches. */
export const copyCost = (floats: number): number => price().float * floats + price().call * 3;

/** Whether a step can work on what changes alone. Only TensorFlow's own library gains by it: the others multiply the zeros too. */
export const canSpread = ({ rule, slides }: WindowStep): boolean => rule.spread !== undefined && tf.getBackend() === 'tensorflow' && slides.some(({ reach }) => reach > 1);

type Size = readonly number[];

/** The cheaper way for a step to come from input boxes of these sizes to output boxes of that size. */
export function cheaperWay(each: WindowStep, count: number, from: readonly Size[], size: Size): { cost: number; spread: boolean } {
  const { input, output, slides } = each;
  const read = size[0] === output[0] && size[1] === output[1] ? input : readSize(size, slides);
  const moved = from.filter(([rows, columns]) => rows !== read[0] || columns !== read[1]).length;
  const cut = wholeCost(each, count, size) + (moved ? moved * copyCost(count * read[0] * read[1] * input[2]) : 0);
  const spread = canSpread(each) ? spreadCost(each, count, from[0], size) : Infinity;
  return { cost: Math.min(cut, spread), spread: spread < cut };
}

/** A step that finds its input ready, for outputs of this size. */
export function wholeCost({ rule, input, output }: WindowStep, count: number, [rows, columns]: Size): number {
  const { float, call } = price();
  const work = rule.work(input[2]);
  return count * rows * columns * (work + float * output[2]) + float * work + call;
}

function spreadCost({ rule, input, output }: WindowStep, count: number, [fromRows, fromColumns]: Size, [rows, columns]: Size): number {
  const { float, call } = price();
  const work = rule.work(input[2]);
  // The zeros at the edges are not skipped entirely.
  return count * fromRows * fromColumns * (1.1 * work + 2 * float * input[2]) + 2 * float * count * rows * columns * output[2] + float * work + 5 * call;
}

/** A step without a window rule on `count` whole maps or rows: most of them multiply each cell by all of their weights. */
export function plainCost({ params, outputs }: Step, shapes: Graph['shapes'], count: number): number {
  const { float, call } = price();
  const lengths = shapes[outputs[0]].slice(1).map((length) => length ?? 1);
  const cells = lengths.length === 3 ? lengths[0] * lengths[1] : 1;
  return count * (cells * params + float * lengths.reduce((a, b) => a * b, 1)) + float * params + call;
}
