import type { Graph } from '../../model/graph';

/** The greatest value that a layer's activation lets through; undefined where nothing holds it back. */
export function ceilingOf(graph: Graph, value: number): number | undefined {
  const step = graph.steps.find(({ outputs }) => outputs.includes(value));
  const { maxValue, activation } = (step?.source.getConfig() ?? {}) as { maxValue?: unknown; activation?: unknown };
  if (activation === 'relu6') return 6;
  return typeof maxValue === 'number' ? maxValue : undefined;
}
