import type { ReluRule } from '../kernels/op';
import type { Graph, Step } from './graph';

/**
 * The same graph with max-pooling before the ReLU that it alone reads, unless the value between them is asked for. The result is the same, a fourth of the values are
 * rectified, and ties in a window become rare. Not for the deconvnet rule, which lets gradients through where whole windows are 0, nor for the guided rule where
 * windows overlap: it cuts off the sum of what they send back, not each part.
 */
export function rectifyLater(graph: Graph, visible: readonly number[], rule: ReluRule = 'standard'): Graph {
  if (rule === 'deconvnet') return graph;
  const seen = new Set([graph.output, ...visible]);
  const steps = [...graph.steps];
  steps.forEach((pool, i) => {
    const [value] = pool.inputs;
    const changes = rule === 'guided' ? pool.op.largest === 'apart' : pool.op.largest;
    if (!changes || seen.has(value) || steps.filter(({ inputs }) => inputs.includes(value)).length > 1) return;
    const at = steps.findIndex(({ outputs }) => outputs.includes(value));
    if (at < 0 || !steps[at].op.rising) return;
    const relu: Step = { ...steps[at], inputs: [value], outputs: pool.outputs };
    const first: Step = { ...pool, inputs: steps[at].inputs, outputs: [value] };
    steps[i] = relu;
    steps[at] = first;
  });
  return { ...graph, steps };
}
