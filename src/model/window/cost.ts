import * as tf from '@tensorflow/tfjs';
import type { Graph, Step } from '../graph';
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

/** A step on `count` patches of this output size. */
export function windowCost({ rule, input, output }: WindowStep, count: number, [rows, columns]: readonly number[]): number {
  const { float, call } = price();
  const work = rule.work(input[2]);
  return count * rows * columns * (work + float * output[2]) + float * work + call;
}

/** A step without a window rule on `count` whole maps or rows: most of them multiply each cell by all of their weights. */
export function plainCost({ params, outputs }: Step, shapes: Graph['shapes'], count: number): number {
  const { float, call } = price();
  const lengths = shapes[outputs[0]].slice(1).map((length) => length ?? 1);
  const cells = lengths.length === 3 ? lengths[0] * lengths[1] : 1;
  return count * (cells * params + float * lengths.reduce((a, b) => a * b, 1)) + float * params + call;
}
