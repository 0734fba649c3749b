import type * as tf from '@tensorflow/tfjs';
import { Derived } from '../kernels/derived';
import { layerOps } from '../kernels/layerOps';
import type { Op } from '../kernels/op';
import { multiplyAdds, type SlidingFacts, slidingFacts } from './layerFacts';

/** A tensor's shape, with null for a length that is not fixed, as the batch. */
export type Shape = (number | null)[];

/** One thing that the network computes. A layer with a fused activation makes two: itself, and the activation. */
export interface Step {
  /** The layer's name; layers of a nested model are `outer/inner`, the second use of a shared layer is `name#2`. */
  layer: string;
  /** The Keras class: Conv2D, ReLU, ... */
  kind: string;
  /** The activation that this layer applies, as Keras names it. */
  activation?: string;
  /** True for the fused activation of a layer. */
  fused: boolean;
  op: Op;
  /** The layer itself, for its configuration and weights. */
  source: tf.layers.Layer;
  inputs: number[];
  outputs: number[];
  params: number;
  /** For one image; undefined where they are not known. */
  multiplyAdds?: number;
  /** Its kernel or pool, if it has one. */
  sliding: SlidingFacts;
}

/** A model as a flat list of steps in the order in which they run; values are numbered. */
export interface Graph {
  steps: Step[];
  input: number;
  output: number;
  /** The shape of each value, with null for the batch. */
  shapes: Shape[];
  /** Tensors worked out from the weights; whoever owns the graph disposes them. */
  derived: Derived;
}

interface Container extends tf.layers.Layer {
  layers: tf.layers.Layer[];
  inputs: tf.SymbolicTensor[];
  outputs: tf.SymbolicTensor[];
}

/** Where a symbolic tensor is looked up: the outer model, or one use of a nested model. */
interface Scope {
  known: Map<number, number>;
}

/** Flattens a model, nested models and shared layers included, without changing it. `size`: its input, `[height, width, channels]`, where the model leaves that open. */
export function graphOf(model: tf.LayersModel, size: readonly number[] = []): Graph {
  const paths = layerPaths(model);
  const uses = new Map<string, number>();
  const steps: Step[] = [];
  const shapes: Shape[] = [];
  const derived = new Derived();

  const value = (shape: Shape): number => shapes.push([...shape]) - 1;

  const find = (tensor: tf.SymbolicTensor, scope: Scope): number => {
    const seen = scope.known.get(tensor.id);
    if (seen !== undefined) return seen;
    const layer = tensor.sourceLayer;
    const node = layer.inboundNodes[tensor.nodeIndex];
    if (layer.getClassName() === 'InputLayer') throw new Error(`layer ${JSON.stringify(layer.name)} is an input that nothing feeds`);
    const inputs = node.inputTensors.map((each) => find(each, scope));
    const outputs = isContainer(layer) ? nested(layer, inputs) : add(layer, node, inputs);
    node.outputTensors.forEach((each, i) => scope.known.set(each.id, outputs[i]));
    return scope.known.get(tensor.id) as number;
  };

  const nested = (model: Container, inputs: number[]): number[] => {
    const scope = { known: new Map(model.inputs.map((each, i) => [each.id, inputs[i]])) };
    return model.outputs.map((each) => find(each, scope));
  };

  const add = (layer: tf.layers.Layer, node: { outputTensors: tf.SymbolicTensor[] }, inputs: number[]): number[] => {
    const path = paths.get(layer) ?? layer.name;
    const use = (uses.get(path) ?? 0) + 1;
    uses.set(path, use);
    const ops = layerOps(layer, shapes[inputs[0]].length, derived);
    const activation = layer.getConfig().activation;
    const common = {
      layer: use === 1 ? path : `${path}#${use}`,
      kind: layer.getClassName(),
      source: layer,
      activation: typeof activation === 'string' && activation !== 'linear' ? activation : undefined,
    };
    const outputs = outputShapes(layer, node, inputs.map((id) => shapes[id])).map(value);
    const work = multiplyAdds(layer, shapes[inputs[0]], shapes[outputs[0]]);
    steps.push({ ...common, fused: false, op: ops.main, inputs, outputs, params: use === 1 ? layer.countParams() : 0, multiplyAdds: work, sliding: slidingFacts(layer) });
    if (!ops.activation) return outputs;
    const activated = [value(shapes[outputs[0]])];
    steps.push({ ...common, fused: true, op: ops.activation, inputs: outputs, outputs: activated, params: 0, multiplyAdds: 0, sliding: {} });
    return activated;
  };

  const input = value(model.inputs[0].shape.map((length, axis) => length ?? size[axis - 1] ?? null));
  const scope = { known: new Map([[model.inputs[0].id, input]]) };
  return { steps, input, output: find(model.outputs[0], scope), shapes, derived };
}

/** What the model's own shapes leave open follows from the size of its input. */
function outputShapes(layer: tf.layers.Layer, node: { outputTensors: tf.SymbolicTensor[] }, inputs: Shape[]): Shape[] {
  const own = node.outputTensors.map(({ shape }) => shape);
  if (own.every((shape) => shape.slice(1).every((length) => length !== null))) return own;
  try {
    const shapes = layer.computeOutputShape(inputs.length === 1 ? inputs[0] : inputs);
    return (Array.isArray(shapes[0]) ? shapes : [shapes]) as Shape[];
  } catch {
    return own;
  }
}

const isContainer = (layer: tf.layers.Layer): layer is Container => Array.isArray((layer as Partial<Container>).layers);

/** The name of each layer with the names of the models around it, the outermost left out. */
export const layerPaths = (model: tf.LayersModel): Map<tf.layers.Layer, string> => pathsIn(model as unknown as Container);

function pathsIn(model: Container, prefix = '', paths = new Map<tf.layers.Layer, string>()): Map<tf.layers.Layer, string> {
  for (const layer of model.layers) {
    if (isContainer(layer)) pathsIn(layer, `${prefix}${layer.name}/`, paths);
    else paths.set(layer, prefix + layer.name);
  }
  return paths;
}
