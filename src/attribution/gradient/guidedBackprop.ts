import type { Classifier, ImageInput } from '../../model/classifier';
import type { Graph } from '../../model/graph';
import { pathBetween } from '../../model/run';
import { Attribution } from '../attribution';
import { explain } from '../explain';
import { type GradientOptions, gradientOptions, inputGradient } from './inputGradient';

/** Options of `guidedBackprop`: `target`, `score`, `channels` (`'keep'` unless told), `abs` (false unless told). */
export type GuidedBackpropOptions = GradientOptions;

/**
 * A picture of the details that speak for the target: the gradient of its logit with respect to the input, in which every
 * ReLU passes back only what is positive, both in its input and in the gradient. Shape `[height, width, channels]`, signed, in the
 * network's own channel order; `options.relus` tells how many ReLUs were given the rule. Your model is not changed.
 *
 * Options: `target` (number, label, function of the logits; default the most likely class), `score` ('logit' or 'probability'),
 * `channels` ('keep', or 'max', 'mean', 'sum' for `[height, width]`), `abs` (false).
 * Covers ReLU and ReLU6, fused into a layer, as an Activation or as a layer, leaky and parametric ones too; throws when there is none.
 * Its details come mostly from the image and the first layers, and change little with the class: read it beside Grad-CAM.
 * Springenberg et al. 2015, "Striving for simplicity", arXiv 1412.6806.
 *
 * @example
 * await cl.guidedBackprop(model, photo)
 */
export async function guidedBackprop(model: Classifier, image: ImageInput, options: GuidedBackpropOptions = {}): Promise<Attribution> {
  const record = await explain('guided backpropagation', model, image, options, gradientOptions, (subject) => {
    const { channels = 'keep', abs = false } = options;
    const relus = countRectifiers(subject.model.graph, subject.model.head.logits);
    const found = inputGradient(subject, 'guided', channels, abs);
    return { ...found, options: { ...found.options, relus }, unit: 'guided gradient' };
  });
  return new Attribution(record);
}

/** How many ReLUs lie between the input and the logits; throws when there is none, for then the result would be plain saliency. */
function countRectifiers(graph: Graph, logits: number): number {
  const path = pathBetween(graph, graph.input, logits);
  const count = path.filter((step) => step.op.rectifier).length;
  if (count) return count;
  const others = [...new Set(path.map((step) => step.activation).filter(Boolean))];
  throw new Error(`guided backpropagation changes ReLUs and this model has none${others.length ? ` (its activations: ${others.join(', ')})` : ''}; use saliency`);
}
