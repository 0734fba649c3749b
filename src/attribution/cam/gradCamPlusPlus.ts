import * as tf from '@tensorflow/tfjs';
import { between, oneOf } from '../../check';
import { byGradient, camMethod, type CamMethod, camOptions, type CamOptions, type Evidence } from './camMethod';

/** Options of `gradCamPlusPlus`: those of `gradCam`, `alpha`, `epsilon`. */
export interface GradCamPlusPlusOptions extends CamOptions {
  /** `'paper'`: the closed form of the paper's equation 19; `'normalized'`: each channel's alphas made to add up to 1, as the authors' code and tf-keras-vis do. Default `'paper'`. */
  alpha?: 'paper' | 'normalized';
  /** What is added to the denominator of alpha, in squared logits. pytorch-grad-cam adds 1e-6, which outweighs gradients below a thousandth. Default 0. */
  epsilon?: number;
}

const ownOf = ({ alpha = 'paper', epsilon = 0 }: GradCamPlusPlusOptions): { alpha: 'paper' | 'normalized'; epsilon: number } => ({
  alpha: oneOf('alpha', alpha, ['paper', 'normalized']),
  epsilon: between('epsilon', epsilon, 0, 1),
});

/**
 * A coarse map of where the network saw the target, as Grad-CAM's, for pictures that hold it several times: where Grad-CAM takes the mean of a channel's
 * gradients, each cell's positive gradient g counts by its own share alpha = g^2 / (2 g^2 + sum(A) g^3), so that small regions are not
 * outweighed by large ones. Shape `[height, width]` of the input (bilinear resize after the ReLU); raw, not scaled to 0..1. The paper derives alpha for
 * exp(logit); its factor exp(logit) is the same for the whole map and left out.
 *
 * Options: `alpha` ('paper', or 'normalized' as tf-keras-vis), `epsilon` (0; pytorch-grad-cam: 1e-6), `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`,
 * function of the logits, or a list; default the most likely class), `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after
 * the activation that follows it), `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax'
 * stretches to 0..1), `combine` ('mean', 'max' or 'product': one map of a list of layers), `augment` (true: the mean over mirrored, darker and brighter copies),
 * `smooth` ('eigen': the first principal component in place of the sum).
 * Lists of images, targets or layers give a set of maps. Throws for a layer without a grid, and names the nearest for a wrong name.
 * Chattopadhay et al. 2018, "Grad-CAM++", arXiv 1710.11063.
 *
 * @example
 * await cl.gradCamPlusPlus(model, photo, { target: 'tabby' })
 */
export const gradCamPlusPlus: CamMethod<GradCamPlusPlusOptions> = camMethod({
  name: 'gradCamPlusPlus',
  method: 'Grad-CAM++',
  unit: 'weighted activation',
  options: [...camOptions, 'alpha', 'epsilon'],
  told: (options) => {
    const { alpha, epsilon } = ownOf(options);
    return { alpha, ...(epsilon > 0 && { epsilon }) };
  },
  parts: byGradient((evidence, options) => tf.mul(evidence.activations, weightsOf(evidence, ownOf(options)))),
});

function weightsOf({ activations, gradients }: Evidence, { alpha, epsilon }: { alpha: 'paper' | 'normalized'; epsilon: number }): tf.Tensor {
  const square = tf.square(gradients);
  const cubic = tf.mul(tf.mul(square, gradients), tf.sum(activations, [1, 2], true));
  const alphas = tf.divNoNan(square, tf.add(tf.add(tf.mul(square, 2), cubic), epsilon));
  const shares = alpha === 'paper' ? alphas : tf.divNoNan(alphas, tf.sum(alphas, [1, 2], true));
  return tf.sum(tf.mul(tf.relu(gradients), shares), [1, 2], true);
}
