import type { Graph, Step } from '../../model/graph';
import { type FoundLayer, layersOf } from '../../model/layers';

/** What may stand between the pooling and the scores: with these the scores are a weighted sum of the pooled channels. */
const linear = new Set(['Dense', 'Conv2D', 'Flatten', 'Reshape', 'Permute', 'Dropout', 'SpatialDropout2D', 'BatchNormalization']);

/** The layer whose channels' means, weighted, are the scores; throws for a network that is not built so, and names what is in the way. */
export function pooledLayer(graph: Graph, of: number): FoundLayer {
  let value = of;
  for (;;) {
    const step = makerOf(graph, value);
    if (step && averagesAll(graph, step)) return layerAt(graph, step);
    if (!step || step.fused || !linear.has(step.kind) || step.inputs.length > 1) throw new Error(`cam needs global average pooling and then one dense layer before what is explained; ${inTheWay(step)}; gradCam does without`);
    [value] = step.inputs;
  }
}

const makerOf = (graph: Graph, value: number): Step | undefined => graph.steps.find(({ outputs }) => outputs.includes(value));

/** Global average pooling, or an average whose one window is the whole grid. */
function averagesAll({ shapes }: Graph, { kind, inputs, outputs }: Step): boolean {
  if (kind === 'GlobalAveragePooling2D') return true;
  return kind === 'AveragePooling2D' && shapes[outputs[0]][1] === 1 && shapes[outputs[0]][2] === 1 && shapes[inputs[0]].length === 4;
}

function layerAt(graph: Graph, { layer, inputs: [value] }: Step): FoundLayer {
  const found = layersOf(graph).find((each) => each.value === value);
  if (!found) throw new Error(`cam needs a layer before the pooling; ${JSON.stringify(layer)} pools the input itself; gradCam does without`);
  return found;
}

function inTheWay(step: Step | undefined): string {
  if (!step) return 'this model has no such pooling';
  const what = step.fused || step.kind === 'Activation' ? `activation ${step.activation}` : step.kind;
  return `here layer ${JSON.stringify(step.layer)} (${what}) is in the way`;
}
