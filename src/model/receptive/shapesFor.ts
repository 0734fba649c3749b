import type { Graph, Shape } from '../graph';

/** The shapes of all values for an input of `[height, width, channels]`: a network that takes any size leaves lengths open. */
export function shapesFor(graph: Graph, inputShape: readonly number[]): Shape[] {
  const shapes = graph.shapes.map((shape) => [...shape]);
  shapes[graph.input] = [null, ...inputShape];
  for (const { source, fused, inputs, outputs } of graph.steps) {
    const given = inputs.map((id) => shapes[id]);
    const open = outputs.filter((id) => shapes[id].slice(1).includes(null));
    if (!open.length) continue;
    const found = fused ? given[0] : source.computeOutputShape(given.length === 1 ? given[0] : given);
    const list = (Array.isArray(found[0]) ? found : [found]) as Shape[];
    outputs.forEach((id, i) => (shapes[id] = list[i]));
  }
  return shapes;
}
