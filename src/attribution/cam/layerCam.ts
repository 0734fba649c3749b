import * as tf from '@tensorflow/tfjs';
import { byGradient, camMethod, type CamMethod, type CamOptions } from './camMethod';

/** Options of `layerCam`: `target`, `score`, `layer`, `combine`, `augment`, `smooth`, `relu`, `resize`, `normalize`. */
export type LayerCamOptions = CamOptions;

/**
 * A map of where a layer's outputs speak for the target: the outputs times the positive part of the gradient of the target's logit, cell by
 * cell, summed over the channels. It reads well at early layers too, with finer detail. Shape `[height, width]` of the input (bilinear resize
 * after the ReLU), in logits; raw, not scaled to 0..1.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after the activation that follows it),
 * `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1),
 * `combine` ('mean', 'max' or 'product': one map of a list of layers), `augment` (true: the mean over mirrored, darker and brighter copies), `smooth` ('eigen': the first
 * principal component in place of the sum).
 * Lists of images, targets or layers give a set of maps. Throws for a layer without a grid, and names the nearest for a wrong name.
 * Jiang et al. 2021, "LayerCAM", IEEE Transactions on Image Processing 30, doi 10.1109/TIP.2021.3089943.
 *
 * @example
 * await cl.layerCam(model, photo, { layer: ['block3_conv3', 'block5_conv3'] })
 */
export const layerCam: CamMethod<LayerCamOptions> = camMethod({
  name: 'layerCam',
  method: 'LayerCAM',
  unit: 'activation x positive gradient (logits)',
  parts: byGradient(({ activations, gradients }) => tf.mul(activations, tf.relu(gradients))),
});
