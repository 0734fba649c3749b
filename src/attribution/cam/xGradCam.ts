import * as tf from '@tensorflow/tfjs';
import { byGradient, camMethod, type CamMethod, type CamOptions } from './camMethod';

/** Options of `xGradCam`: `target`, `score`, `layer`, `combine`, `augment`, `smooth`, `relu`, `resize`, `normalize`. */
export type XGradCamOptions = CamOptions;

/**
 * A coarse map of where the network saw the target: the outputs of a convolution, each channel weighted by its gradients' mean, taken with the
 * outputs themselves as weights, so that the channels' shares add up to their part of the score. Shape `[height, width]` of the input
 * (bilinear resize after the ReLU), in logits; raw, not scaled to 0..1. A channel that is 0 everywhere counts nothing.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after the activation that follows it),
 * `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1),
 * `combine` ('mean', 'max' or 'product': one map of a list of layers), `augment` (true: the mean over mirrored, darker and brighter copies), `smooth` ('eigen': the first
 * principal component in place of the sum).
 * Lists of images, targets or layers give a set of maps. Throws for a layer without a grid, and names the nearest for a wrong name.
 * Fu et al. 2020, "Axiom-based Grad-CAM", arXiv 2008.02312.
 *
 * @example
 * await cl.xGradCam(model, photo, { target: 'tabby' })
 */
export const xGradCam: CamMethod<XGradCamOptions> = camMethod({
  name: 'xGradCam',
  method: 'XGrad-CAM',
  unit: 'weighted activation (logits)',
  linear: true,
  parts: byGradient(({ activations, gradients }) => {
    const weighted = tf.sum(tf.mul(activations, gradients), [1, 2], true);
    const weights = tf.div(weighted, tf.add(tf.sum(activations, [1, 2], true), 1e-7));
    return tf.mul(activations, weights);
  }),
});
