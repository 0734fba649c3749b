import type { Method } from '../method';
import { gradientAt, gradientMethod, type GradientOptions } from './gradientMethod';
import { countRectifiers } from './rectifiers';

/** Options of `deconvnet`: `target`, `score`, `channels` (`'keep'` unless told), `abs` (false unless told), `layer`. */
export type DeconvnetOptions = GradientOptions;

/**
 * A picture of what drives the target, sent back as a deconvolutional network does: the gradient of its logit with respect to the
 * input, in which every ReLU passes back what is positive in the gradient, whatever its own input was. Shape `[height, width, channels]`,
 * signed, in the network's own channel order; `options.relus` tells how many ReLUs were given the rule. Your model is not changed.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `channels` ('keep', or 'max', 'mean', 'sum' for `[height, width]`), `abs` (false), `layer`. Lists of images or targets
 * give a set of maps. Throws when the model has no ReLU. Only the pooling switches tie it to the image: without max-pooling it is the same for every image.
 * Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks", arXiv 1311.2901.
 *
 * @example
 * await cl.deconvnet(model, photo)
 */
export const deconvnet: Method<DeconvnetOptions> = gradientMethod({
  name: 'deconvnet',
  method: 'deconvnet',
  channels: 'keep',
  abs: false,
  unit: () => 'deconvnet gradient',
  about: (subject) => ({ relus: countRectifiers('deconvnet', subject) }),
  rows: (point) => gradientAt(point, 'deconvnet').grad,
});
