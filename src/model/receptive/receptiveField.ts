import type { Graph, Shape, Step } from '../graph';
import { hasGrid, layersOf } from '../layers';
import type { Span } from '../window/spans';
import type { AxisField, ReceptiveField } from './field';
import { type Grid, type Reading, readingsOf, whole } from './reading';
import { shapesFor } from './shapesFor';

/**
 * The receptive field of every layer with a grid, worked out from the geometry of the layers between it and the input: the box around all
 * pixels that a cell can depend on. Branches are united.
 * Araujo, Norris & Sim 2019, "Computing receptive fields of convolutional neural networks", treat networks without upsampling.
 */
export function receptiveFields(graph: Graph, inputShape: readonly number[]): ReceptiveField[] {
  const shapes = shapesFor(graph, inputShape);
  const sees = [new Sight(graph, shapes, 0), new Sight(graph, shapes, 1)] as const;
  return layersOf(graph)
    .filter(({ value }) => hasGrid(shapes[value]))
    .map(({ name, kind, value }) => ({
      layer: name,
      kind,
      value,
      map: shapes[value].slice(1) as [number, number, number],
      rows: sees[0].field(value),
      columns: sees[1].field(value),
    }));
}

const gridOf = (shape: Shape): Grid => (shape.length === 4 ? [shape[1] as number, shape[2] as number] : [1, 1]);

interface Source {
  value: number;
  size: number;
  reading: Reading;
}

const nothing: Span = { start: Infinity, end: -Infinity };

/** What the cells of every value see along one axis of the image. */
class Sight {
  private readonly sources = new Map<number, readonly Source[]>();
  private readonly jumps = new Map<number, number | null>();
  private readonly known = new Map<string, Span>();

  constructor(
    private readonly graph: Graph,
    private readonly shapes: readonly Shape[],
    private readonly axis: 0 | 1,
  ) {
    this.jumps.set(graph.input, 1);
    for (const step of graph.steps) {
      for (const output of step.outputs) {
        const sources = this.sourcesOf(step, output);
        this.sources.set(output, sources);
        this.jumps.set(output, this.jumpOver(sources));
      }
    }
  }

  field(value: number): AxisField {
    const cells = [...Array(gridOf(this.shapes[value])[this.axis]).keys()];
    const nominal = cells.map((cell) => this.span(value, cell, false));
    return {
      size: Math.max(0, ...nominal.map(({ start, end }) => end - start)),
      jump: this.jumps.get(value) ?? null,
      offset: nominal.find(({ start, end }) => start < end)?.start ?? 0,
      spans: cells.map((cell) => this.span(value, cell, true)).map(({ start, end }) => (start < end ? { start, end } : { start: 0, end: 0 })),
    };
  }

  private sourcesOf(step: Step, output: number): Source[] {
    const made = this.shapes[output];
    return step.inputs.map((value): Source => {
      const input = this.shapes[value];
      const size = gridOf(input)[this.axis];
      const maps = input.length === 4 && made.length === 4;
      return { value, size, reading: maps ? readingsOf(step, gridOf(input), gridOf(made))[this.axis] : whole(size) };
    });
  }

  /** The pixels that a cell sees. Not `clipped`, maps and the image go on without end: so the size of a field is told. */
  private span(value: number, cell: number, clipped: boolean): Span {
    if (value === this.graph.input) return { start: cell, end: cell + 1 };
    const key = `${value} ${cell} ${clipped}`;
    const before = this.known.get(key);
    if (before) return before;
    let seen = nothing;
    for (const { value: source, size, reading } of this.sources.get(value) ?? []) {
      const { start, end } = reading.cells(cell);
      for (let at = start; at < end; at += reading.dilation ?? 1) {
        if (!clipped || (at >= 0 && at < size)) seen = union(seen, this.span(source, at, clipped));
      }
    }
    this.known.set(key, seen);
    return seen;
  }

  /** Of branches that meet, the first that slides tells: what sees everything has no jump of its own. */
  private jumpOver(sources: readonly Source[]): number | null {
    for (const { value, reading: { stride } } of sources) {
      const jump = this.jumps.get(value) ?? null;
      if (jump !== null && stride !== null) return jump * stride;
    }
    return null;
  }
}

const union = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
