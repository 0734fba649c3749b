import * as tf from '@tensorflow/tfjs';
import { byGradient, camMethod, type CamMethod, type CamOptions } from './camMethod';

/** Options of `hiResCam`: `target`, `score`, `layer`, `combine`, `augment`, `smooth`, `relu`, `resize`, `normalize`. */
export type HiResCamOptions = CamOptions;

/**
 * A coarse map of what each cell of a convolution adds to the score: its outputs times the gradient of the target's logit there, cell by
 * cell, summed over the channels. Unlike Grad-CAM's mean, it shows only places that the network used. Shape `[height, width]` of the input
 * (bilinear resize after the ReLU), in logits; raw, not scaled to 0..1.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after the activation that follows it),
 * `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1),
 * `combine` ('mean', 'max' or 'product': one map of a list of layers), `augment` (true: the mean over mirrored, darker and brighter copies), `smooth` ('eigen': the first
 * principal component in place of the sum).
 * Lists of images, targets or layers give a set of maps. Throws for a layer without a grid, and names the nearest for a wrong name.
 * Draelos & Carin 2020, "Use HiResCAM instead of Grad-CAM", arXiv 2011.08891.
 *
 * @example
 * await cl.hiResCam(model, photo, { target: 'tabby' })
 */
export const hiResCam: CamMethod<HiResCamOptions> = camMethod({
  name: 'hiResCam',
  method: 'HiResCAM',
  unit: 'activation x gradient (logits)',
  linear: true,
  parts: byGradient(({ activations, gradients }) => tf.mul(activations, gradients)),
});
