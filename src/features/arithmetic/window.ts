import type { Slide } from '../../kernels/window';
import type { Grid } from '../../model/receptive/reading';

/** How a kernel or a pool moves over its input map. */
export interface Window {
  input: Grid;
  output: Grid;
  /** How it moves over rows and columns. */
  slides: readonly [Slide, Slide];
  /** Rows and columns of the kernel. */
  size: Grid;
}

/** One place under a kernel. */
export interface Place {
  /** May lie outside the input: then it is padding. */
  row: number;
  column: number;
  padding: boolean;
  /** The number of the input cell; undefined in the padding. */
  cell?: number;
}

/** The places under the kernel for an output cell, row by row. */
export function placesOf({ input, output, slides, size }: Window, at: number): Place[] {
  const top = Math.floor(at / output[1]) * slides[0].stride - slides[0].before;
  const left = (at % output[1]) * slides[1].stride - slides[1].before;
  const [down, across] = [spacing(slides[0], size[0]), spacing(slides[1], size[1])];
  return Array.from({ length: size[0] * size[1] }, (_, tap) => {
    const row = top + Math.floor(tap / size[1]) * down;
    const column = left + (tap % size[1]) * across;
    const padding = row < 0 || column < 0 || row >= input[0] || column >= input[1];
    return { row, column, padding, cell: padding ? undefined : row * input[1] + column };
  });
}

/** How many cells apart two neighbours of a kernel are: more than one where it is dilated. */
export const spacing = ({ reach }: Slide, size: number): number => (size > 1 ? (reach - 1) / (size - 1) : 1);

/** The output cell whose kernel lies with its middle on an input cell, or nearest to it. */
export function cellOver({ input, output, slides }: Window, cell: number): number {
  const along = (place: number, axis: 0 | 1): number => {
    const { reach, stride, before } = slides[axis];
    return Math.min(output[axis] - 1, Math.max(0, Math.round((place + before - (reach - 1) / 2) / stride)));
  };
  return along(Math.floor(cell / input[1]), 0) * output[1] + along(cell % input[1], 1);
}
