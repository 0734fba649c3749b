import type { Slide } from '../../kernels/window';
import type { Classifier } from '../../model/classifier';
import type { Step } from '../../model/graph';
import type { Stage } from './stage';

/** What a layer puts out, channels last. */
export interface Values {
  shape: readonly number[];
  data: Float32Array;
}

/** What the arithmetic of one layer is made from. */
export interface Site {
  model: Classifier;
  step: Step;
  channel: number;
  /** What the step reads. */
  inputs: readonly Values[];
  /** What follows on each of its numbers. */
  stages: readonly Stage[];
  /** What the network puts out behind the stages. */
  result: Values;
}

/** One channel, row by row; of a value without a grid, one number. */
export function channelMap({ shape, data }: Values, channel: number): Float32Array {
  const depth = shape.at(-1) as number;
  return Float32Array.from({ length: data.length / depth }, (_, cell) => data[cell * depth + channel]);
}

/** Rows and columns; a value without a grid is one cell. */
export const gridOf = ({ shape }: Values): [rows: number, columns: number] => (shape.length === 3 ? [shape[0], shape[1]] : [1, 1]);

/** How a convolution or a pool moves over a map. */
export const slidesOf = ({ op }: Step, grid: [number, number]): [Slide, Slide] => (op.window as NonNullable<typeof op.window>).slides(grid);
