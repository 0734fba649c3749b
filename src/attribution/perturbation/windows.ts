import { spread } from './spread';

/** A rectangle of the input: rows `top` to `bottom` (exclusive), columns `left` to `right`. */
export interface Window {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/**
 * Every place of a `[rows, columns]` patch moved by `stride`; the last in each direction is cropped at the edge.
 * Coarse to fine: windows that lie far apart come first, so that a map that is stopped early covers the whole picture.
 */
export function windowsOf(height: number, width: number, [rows, columns]: [number, number], [down, across]: [number, number]): Window[] {
  const tops = starts(height, rows, down);
  const lefts = starts(width, columns, across);
  const placed = tops.flatMap((top, i) => lefts.map((left, j) => ({ window: { top, left, bottom: Math.min(height, top + rows), right: Math.min(width, left + columns) }, pass: pass(i, j) })));
  return placed.sort((a, b) => a.pass - b.pass).map(({ window }) => window);
}

/** Where the patch begins along one direction, from the first place to the last. */
export function starts(size: number, patch: number, stride: number): number[] {
  const steps = Math.ceil(Math.max(0, size - patch) / stride) + 1;
  // A stride beyond the patch may lead out of the picture.
  return Array.from({ length: steps }, (_, i) => i * stride).filter((start) => start < size);
}

/** 0 for every eighth place in both directions, 1 for every fourth, 2 for every second, 3 for the rest. */
const pass = (i: number, j: number): number => 3 - Math.min(3, trailingZeros(i), trailingZeros(j));

const trailingZeros = (value: number): number => (value === 0 ? 3 : 31 - Math.clz32(value & -value));

/** How many windows cover each pixel. */
export function coverage(height: number, width: number, windows: readonly Window[]): Uint32Array {
  const counts = new Uint32Array(height * width);
  for (const { top, left, bottom, right } of windows) for (let row = top; row < bottom; row++) for (let i = row * width + left; i < row * width + right; i++) counts[i]++;
  return counts;
}

/** The mean, for each pixel, of what the windows that cover it found; where none did yet, of what was found nearest, at most `reach` pixels away. */
export class CoverageMean {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;

  constructor(
    height: number,
    private readonly width: number,
    private readonly reach: number,
  ) {
    this.sums = new Float64Array(height * width);
    this.counts = new Uint32Array(height * width);
  }

  add({ top, left, bottom, right }: Window, value: number): void {
    for (let row = top; row < bottom; row++) {
      for (let i = row * this.width + left; i < row * this.width + right; i++) {
        this.sums[i] += value;
        this.counts[i]++;
      }
    }
  }

  values(): Float32Array {
    const means = Float32Array.from(this.sums, (sum, i) => (this.counts[i] ? sum / this.counts[i] : 0));
    spread(means, (pixel) => this.counts[pixel] > 0, this.width, this.reach);
    return means;
  }
}
