import * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import type { Classifier, ImageInput } from '../../model/classifier';
import { findLayer, type FoundLayer, lastConvolution } from '../../model/layers';
import { gradient } from '../../model/run';
import { Attribution } from '../attribution';
import { explain, type Found, type Subject, type TargetOptions } from '../explain';

/** Options of `gradCam`. */
export interface GradCamOptions extends TargetOptions {
  /** The layer to look at, by name or by its place in `model.layers()` (-1 is the last). Default: the last convolution, after its activation. */
  layer?: string | number;
  /** Whether the map is brought to the input's size (bilinear, after the ReLU); `false` keeps the layer's own grid. Default true. */
  resize?: boolean;
  /** Whether negative evidence is cut off; `false` gives a signed map. Default true. */
  relu?: boolean;
}

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
  target: { index: number; label: string };
}

/**
 * A coarse map of where the network saw the target: the outputs of a convolution, each channel weighted by the mean gradient
 * of the target's logit, summed, negative evidence cut off. Shape `[height, width]` of the input (bilinear resize after the
 * ReLU), in logits; raw, not scaled to 0..1. The map's `layer` tells which one was used.
 *
 * Options: `target` (number, label, function of the logits; default the most likely class), `score` ('logit' or 'probability'), `layer`
 * (name or number; default the last convolution, after the activation that follows it), `resize` (true; false keeps the
 * layer's own grid), `relu` (true; false keeps negative evidence). Throws for a layer without a grid, and names the nearest for a wrong name.
 * Selvaraju et al. 2017, "Grad-CAM", arXiv 1610.02391.
 *
 * @example
 * await cl.gradCam(model, photo, { target: 'tabby', layer: 'block5_conv3' })
 */
export async function gradCam(model: Classifier, image: ImageInput, options: GradCamOptions = {}): Promise<Attribution> {
  const record = await explain('Grad-CAM', model, image, options, ['layer', 'resize', 'relu'], (subject) => {
    const { resize = true, relu = true } = options;
    for (const [name, value] of Object.entries({ resize, relu })) {
      if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false, got ${shown(value)}`);
    }
    const layer = camLayer(subject, options.layer);
    return tf.tidy(() => {
      const { sum } = weightedSum(subject, layer);
      const map = relu ? tf.relu(sum) : sum;
      const [height, width] = subject.model.inputShape;
      const sized = resize ? resized(map, height, width) : map;
      const values = tf.cast(sized, 'float32').dataSync() as Float32Array;
      return {
        values,
        shape: sized.shape.slice(1, 3) as [number, number],
        signed: !relu,
        unit: 'weighted activation (logits)',
        layer: layer.name,
        options: { resize, relu },
        note: emptyNote(values, relu),
      } satisfies Found;
    });
  });
  return new Attribution(record);
}

/**
 * The numbers behind a Grad-CAM: the layer's outputs, their gradients, the weight of each channel and the weighted sum.
 * Takes `target`, `score` and `layer` as `gradCam` does. Flat arrays, channels last.
 *
 * @example
 * const { weights, shape } = await cl.gradCamParts(model, photo);
 */
export async function gradCamParts(model: Classifier, image: ImageInput, options: TargetOptions & Pick<GradCamOptions, 'layer'> = {}): Promise<GradCamParts> {
  let parts: Omit<GradCamParts, 'target'> | undefined;
  const { target } = await explain('Grad-CAM', model, image, options, ['layer'], (subject) => {
    const layer = camLayer(subject, options.layer);
    return tf.tidy(() => {
      const found = weightedSum(subject, layer);
      const data = (x: tf.Tensor): Float32Array => x.dataSync() as Float32Array;
      const shape = found.activations.shape.slice(1) as [number, number, number];
      parts = { layer: layer.name, shape, activations: data(found.activations), gradients: data(found.gradients), weights: data(found.weights), sum: data(found.sum) };
      return { values: parts.sum, shape: [shape[0], shape[1]], signed: true, unit: '', options: {} } satisfies Found;
    });
  });
  return { ...(parts as Omit<GradCamParts, 'target'>), target };
}

function camLayer({ model: { graph } }: Subject, layer: string | number | undefined): FoundLayer {
  if (layer === undefined) return lastConvolution(graph);
  const found = findLayer(graph, layer);
  if (found.shape.length === 4) return found;
  throw new RangeError(`layer ${JSON.stringify(found.name)} (${found.kind}) puts out [${found.shape.slice(1).join(', ')}], Grad-CAM needs [height, width, channels]; the last convolution is ${JSON.stringify(lastConvolution(graph).name)}`);
}

function weightedSum({ model, x, aim }: Subject, layer: FoundLayer): { activations: tf.Tensor; gradients: tf.Tensor; weights: tf.Tensor; sum: tf.Tensor4D } {
  const { grad, also } = gradient(model.graph, x, { of: model.head.logits, wrt: layer.value, seed: (logits) => aim.gradient(logits), also: [layer.value] });
  const weights = tf.mean(grad, [1, 2], true);
  const sum = tf.sum(tf.mul(also[0], weights), 3, true) as tf.Tensor4D;
  return { activations: also[0], gradients: grad, weights, sum };
}

function resized(map: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  // Half-pixel centres, as OpenCV and PyTorch resize: a map is not shifted towards the upper left.
  return tf.image.resizeBilinear(map, [height, width], false, true);
}

function emptyNote(values: Float32Array, relu: boolean): string | undefined {
  if (values.some((value) => value !== 0)) return undefined;
  return relu ? 'no positive evidence for this target at this layer (relu: false shows the negative)' : 'the map is 0 everywhere: the score does not depend on this layer';
}
