import * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import type { Image } from '../../image/image';
import { scoped } from '../../kernels/scoped';
import type { Classifier, ImageInput } from '../../model/classifier';
import type { Score } from '../../model/target';
import type { AttributionScore, AttributionTarget } from '../attribution';
import { method, type OneMap } from '../method';
import { ownSeeds } from '../seeds';
import { camLayers } from './camLayers';
import { byGradient, camMethod, type CamMethod, type CamOptions, type Evidence, evidenceAt } from './camMethod';

/** Options of `gradCam`: `target`, `score`, `layer`, `combine`, `augment`, `smooth`, `relu`, `resize`, `normalize`. */
export type GradCamOptions = CamOptions;

/** The numbers that Grad-CAM goes through, for those who want to follow the sum. */
export interface GradCamParts {
  /** The layer that was looked at. */
  layer: string;
  /** `[height, width, channels]` of the layer. */
  shape: [number, number, number];
  /** The layer's output A, channels last. */
  activations: Float32Array;
  /** The gradient of the score with respect to A. */
  gradients: Float32Array;
  /** One weight a channel: the mean of its gradients. */
  weights: Float32Array;
  /** The weighted sum over the channels, before ReLU and resize: `[height, width]`. */
  sum: Float32Array;
  /** The class that is explained. */
  target: AttributionTarget;
  /** What the network gives that class for this image. */
  score: AttributionScore;
  /** What was differentiated: `'logit'` or `'probability'` of a class; `'score'` for a target inside the network. */
  explained: Score | 'score';
  /** What the network saw, at its input size. */
  image: Image;
  /** The model's name. */
  model: string;
  /** Set where a number on the way is not finite. */
  note?: string;
}

/** Options of `gradCamParts`: one `target`, `score` and one `layer`, as `gradCam` has them. */
export type GradCamPartsOptions = OneMap<Pick<GradCamOptions, 'target' | 'score' | 'layer'>>;

const weightsOf = ({ gradients }: Evidence): tf.Tensor => tf.mean(gradients, [1, 2], true);

const partsOf = (evidence: Evidence): tf.Tensor => tf.mul(evidence.activations, weightsOf(evidence));

/**
 * A coarse map of where the network saw the target: the outputs of a convolution, each channel weighted by the mean gradient
 * of the target's logit, summed, negative evidence cut off. Shape `[height, width]` of the input (bilinear resize after the
 * ReLU), in logits; raw, not scaled to 0..1. The map's `layer` tells which one was used.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after the activation that follows it),
 * `relu` (true; false keeps negative evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1),
 * `combine` ('mean', 'max' or 'product': one map of a list of layers), `augment` (true: the mean over mirrored, darker and brighter copies), `smooth` ('eigen': the first
 * principal component in place of the sum).
 * Lists of images, targets or layers give a set of maps. Throws for a layer without a grid, and names the nearest for a wrong name.
 * Selvaraju et al. 2017, "Grad-CAM", arXiv 1610.02391.
 *
 * @example
 * await cl.gradCam(model, photo, { target: 'tabby', layer: 'block5_conv3' })
 */
export const gradCam: CamMethod<GradCamOptions> = camMethod({ name: 'gradCam', method: 'Grad-CAM', unit: 'weighted activation (logits)', linear: true, parts: byGradient(partsOf) });

/**
 * The numbers behind a Grad-CAM: the layer's outputs, their gradients, the weight of each channel and the weighted sum; with the score, and the
 * image as the network saw it. Takes one image, and `target`, `score` and `layer` as `gradCam` does, one of each; a list is refused.
 * Flat arrays, channels last. `gradCamSteps` draws them.
 *
 * @example
 * const { weights, shape } = await cl.gradCamParts(model, photo);
 */
export function gradCamParts(model: Classifier, image: ImageInput, options: GradCamPartsOptions = {}): Promise<GradCamParts> {
  return partsFor('gradCamParts', model, image, options);
}

/** The same, under the name of the function that was called. */
export async function partsFor(name: string, model: Classifier, image: ImageInput, options: GradCamPartsOptions): Promise<GradCamParts> {
  for (const [what, value] of Object.entries({ image, target: options?.target, layer: options?.layer })) {
    if (Array.isArray(value)) throw new TypeError(`${name} takes one ${what}, got ${shown(value)}`);
  }
  let numbers: Numbers | undefined;
  const look = method<CamOptions>({
    name,
    method: 'Grad-CAM',
    options: ['layer'],
    find(subject) {
      const [layer] = camLayers(subject, options.layer, 'Grad-CAM');
      return scoped(() => {
        const [evidence] = evidenceAt(subject, subject.x, [layer], ownSeeds(subject.aims));
        const data = (x: tf.Tensor): Float32Array => x.dataSync() as Float32Array;
        const shape = evidence.activations.shape.slice(1) as [number, number, number];
        numbers = { layer: layer.name, shape, activations: data(evidence.activations), gradients: data(evidence.gradients), weights: data(weightsOf(evidence)), sum: data(tf.sum(partsOf(evidence), 3)) };
        return [{ values: numbers.sum, shape: [shape[0], shape[1]], signed: true, unit: 'logit', options: {} }];
      });
    },
  });
  const { target, score, unit, image: seen, model: called, note } = await look(model, image, options);
  return { ...(numbers as Numbers), target, score, explained: unit as GradCamParts['explained'], image: seen, model: called, note };
}

type Numbers = Pick<GradCamParts, 'layer' | 'shape' | 'activations' | 'gradients' | 'weights' | 'sum'>;
