import type { Method } from '../method';
import { gradientAt, gradientMethod, type GradientOptions } from './gradientMethod';
import { countRectifiers } from './rectifiers';

/** Options of `guidedBackprop`: `target`, `score`, `channels` (`'keep'` unless told), `abs` (false unless told), `layer`. */
export type GuidedBackpropOptions = GradientOptions;

/**
 * A picture of the details that speak for the target: the gradient of its logit with respect to the input, in which every
 * ReLU passes back only what is positive, both in its input and in the gradient. Shape `[height, width, channels]`, signed, in the
 * network's own channel order; `options.relus` tells how many ReLUs were given the rule. Your model is not changed.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `channels` ('keep', or 'max', 'mean', 'sum' for `[height, width]`), `abs` (false), `layer`. Lists of images or targets
 * give a set of maps. Covers ReLU and ReLU6, fused into a layer, as an Activation or as a layer, leaky and parametric ones too; throws when there is none.
 * Its details come mostly from the image and the first layers: they hardly change with the class, or when the weights of the upper layers are random (`cl.sanityCheck` shows it; Adebayo et al. 2018, "Sanity
 * checks for saliency maps"; Nie, Zhang & Patel 2018, "A theoretical explanation for perplexing behaviors of backpropagation-based visualizations"). Read it beside Grad-CAM.
 * Springenberg et al. 2015, "Striving for simplicity", arXiv 1412.6806.
 *
 * @example
 * await cl.guidedBackprop(model, photo)
 */
export const guidedBackprop: Method<GuidedBackpropOptions> = gradientMethod({
  name: 'guidedBackprop',
  method: 'guided backpropagation',
  channels: 'keep',
  abs: false,
  unit: () => 'guided gradient',
  about: (subject) => ({ relus: countRectifiers('guided backpropagation', subject) }),
  rows: (point) => gradientAt(point, 'guided').grad,
});
