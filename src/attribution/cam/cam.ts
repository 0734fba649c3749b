import * as tf from '@tensorflow/tfjs';
import { byGradient, camMethod, camOptions, type CamOptions } from './camMethod';
import type { Method } from '../method';
import { pooledLayer } from './pooled';

/** Options of `cam`: `target`, `augment`, `smooth`, `relu`, `resize`, `normalize`. */
export type ClassActivationMapOptions = Omit<CamOptions, 'layer' | 'combine'>;

/**
 * The first class activation map: the outputs that a network averages before its last layer, each channel weighted by that layer's own weight for the target, summed.
 * Without ReLU and resize its mean is the target's logit, less the bias. Shape `[height, width]` of the input (bilinear resize after the ReLU), in logits; raw, not scaled to 0..1.
 *
 * For networks that end in global average pooling and one dense layer (ResNet, EfficientNet, Inception; or a 1 x 1 convolution, as MobileNet), dropout and reshapes between
 * them allowed; throws for others, as VGG, and names the layer in the way: `gradCam` needs no such ending, and gives the same map there, divided by the number of cells.
 * Options: `target` (number, label, `{ contrast: [a, b] }`, or a list; default the most likely class; of a function of the logits the gradient stands for the weights),
 * `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1),
 * `augment` (true: the mean over mirrored, darker and brighter copies), `smooth` ('eigen': the first principal component in place of the sum).
 * Zhou et al. 2016, "Learning deep features for discriminative localization", arXiv 1512.04150.
 *
 * @example
 * await cl.cam(model, photo, { target: 'tabby' })
 */
export const cam: Method<ClassActivationMapOptions> = camMethod<ClassActivationMapOptions>({
  name: 'cam',
  method: 'CAM',
  unit: 'weighted activation (logits)',
  options: camOptions.filter((name) => name !== 'layer' && name !== 'combine'),
  layers({ model, of }, { score }) {
    if (score === 'probability') throw new RangeError(`cam shows the weights of the logits; for score "probability" take gradCam`);
    return [pooledLayer(model.graph, of)];
  },
  linear: true,
  // The mean of a channel passes its weight back to every cell, divided by their number.
  parts: byGradient(({ activations, gradients }) => tf.mul(activations, tf.sum(gradients, [1, 2], true))),
});
