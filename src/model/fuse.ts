import type { Graph, Step } from './graph';

/** The same graph with each normalisation taken into the convolution that it alone reads, unless the value between them is asked for. */
export function fused(graph: Graph, visible: readonly number[]): Graph {
  const seen = new Set([graph.output, ...visible]);
  const readers = new Map<number, number>();
  for (const step of graph.steps) for (const id of step.inputs) readers.set(id, (readers.get(id) ?? 0) + 1);
  const maker = new Map<number, Step>();
  const gone = new Set<Step>();
  const merged = new Map<Step, Step>();
  for (const step of graph.steps) {
    const before = maker.get(step.inputs[0]);
    const { affine } = step.op;
    if (affine && before?.op.absorb && readers.get(step.inputs[0]) === 1 && !seen.has(step.inputs[0])) {
      gone.add(before);
      merged.set(step, { ...step, op: before.op.absorb(affine), inputs: before.inputs });
    }
    for (const id of step.outputs) maker.set(id, step);
  }
  return { ...graph, steps: graph.steps.filter((step) => !gone.has(step)).map((step) => merged.get(step) ?? step) };
}

/** Works out the weights of the merged steps, which every later call shares. */
export function prepareFused(graph: Graph): void {
  for (const { op } of fused(graph, []).steps) op.prepare?.();
}
