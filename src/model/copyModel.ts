import { buildModel } from './buildModel';
import { Classifier } from './classifier';
import { freeModel } from './freeModel';
import { layerPaths } from './graph';
import type { Json } from './kerasTopology';

/** A network of the same layers with variables of its own: what is done to its weights leaves the model as it is. Until a weight is changed both share its memory. The caller disposes it. */
export async function copyOf(model: Classifier): Promise<Classifier> {
  const { model: own, name, preprocess, labels, inputShape } = model;
  const copy = await buildModel(own.toJSON(null, false) as Json, `a copy of ${name}`);
  try {
    const copies = layerPaths(copy);
    const byPath = new Map([...copies].map(([layer, path]) => [path, layer]));
    for (const [layer, path] of layerPaths(own)) {
      byPath.get(path)?.weights.forEach((weight, at) => weight.write(layer.weights[at].read()));
    }
    return new Classifier(copy, { name, preprocess, labels, inputSize: [inputShape[0], inputShape[1]] });
  } catch (error) {
    freeModel(copy);
    throw error;
  }
}
