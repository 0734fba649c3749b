import type { Slide } from '../../kernels/window';
import type { WindowStep } from './steps';

/** A rectangle of the input: rows `top` to `bottom` (exclusive), columns `left` to `right`. */
export interface Rectangle {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Cells `start` to `end` (exclusive) along one axis of a map. */
export interface Span {
  start: number;
  end: number;
}

/** The output cells, of `cells` in all, that read any of these input cells; where none does, one cell, so that no map is empty. */
export function reached({ start, end }: Span, { reach, stride, before }: Slide, cells: number): Span {
  const first = Math.max(0, Math.min(cells - 1, Math.ceil((start + before - reach + 1) / stride)));
  const last = Math.min(cells, Math.floor((end - 1 + before) / stride) + 1);
  return { start: first, end: Math.max(first + 1, last) };
}

/** Which rows and columns of each map change with a rectangle of the input. Rows and columns are worked out apart, once for each interval. */
export class Spans {
  private readonly known: [Map<string, Span[]>, Map<string, Span[]>] = [new Map(), new Map()];

  constructor(
    private readonly steps: readonly WindowStep[],
    private readonly input: number,
  ) {}

  /** By the number of the value. */
  rows({ top, bottom }: Rectangle): Span[] {
    return this.along(0, { start: top, end: bottom });
  }

  columns({ left, right }: Rectangle): Span[] {
    return this.along(1, { start: left, end: right });
  }

  private along(axis: 0 | 1, span: Span): Span[] {
    const key = `${span.start}-${span.end}`;
    const before = this.known[axis].get(key);
    if (before) return before;
    const spans: Span[] = [];
    spans[this.input] = span;
    for (const { step, slides, output } of this.steps) {
      const inputs = step.inputs.map((id) => spans[id]);
      const union = { start: Math.min(...inputs.map(({ start }) => start)), end: Math.max(...inputs.map(({ end }) => end)) };
      spans[step.outputs[0]] = reached(union, slides[axis], output[axis]);
    }
    this.known[axis].set(key, spans);
    return spans;
  }
}
