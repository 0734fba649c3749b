import * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import { scoped } from '../../kernels/scoped';
import { gradient, type Known } from '../../model/run';
import { camLayers } from '../cam/camLayers';
import { finishOf, resized } from '../cam/finish';
import { type Method, method, type TargetOptions } from '../method';
import { ownSeeds } from '../seeds';
import { type GradientOptions, gradientOptions, rowsOf } from './gradientMethod';
import { foundOf, lookOf } from './look';
import { countRectifiers } from './rectifiers';

/** Options of `guidedGradCam`: `target`, `score`, `layer`, `channels`, `abs`, `resize`. */
export interface GuidedGradCamOptions extends TargetOptions, Pick<GradientOptions, 'channels' | 'abs'> {
  /** The layer that Grad-CAM looks at, by name or by its place in `model.layers()`. Default: the last convolution, after its activation. */
  layer?: string | number;
  /** How Grad-CAM is brought to the input's size: true or `'bilinear'` (half-pixel centres), `'corners'` (bilinear, corner on corner), `'nearest'` (as Captum). Default true. */
  resize?: true | 'bilinear' | 'corners' | 'nearest';
}

const spec = { channels: 'keep', abs: false, unit: () => 'guided gradient x weighted activation' } as const;

/**
 * A picture of the details that speak for the target, in the places that do: guided backpropagation times Grad-CAM, which is resized to the input and whose negative part
 * is cut off. Shape `[height, width, channels]`, signed, in the network's own channel order; raw, not scaled. Your model is not changed.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` that Grad-CAM looks at (name or number; default the last convolution, after the activation that follows it),
 * `channels` ('keep', or 'max', 'mean', 'sum' for `[height, width]`), `abs` (false), `resize` ('bilinear'; 'nearest' as Captum, 'corners').
 * Lists of images or targets give a set of maps. Throws for a network without a ReLU, and for a layer without a grid.
 * The place tells one class from another, the details in it hardly do: see `guidedBackprop`. Selvaraju et al. 2017, "Grad-CAM", arXiv 1610.02391.
 *
 * @example
 * await cl.guidedGradCam(model, photo, { target: 'tabby' })
 */
export const guidedGradCam: Method<GuidedGradCamOptions> = method<GuidedGradCamOptions>({
  name: 'guidedGradCam',
  method: 'guided Grad-CAM',
  options: [...gradientOptions, 'resize'],
  find({ model, x, of, aims }, options) {
    const { graph } = model;
    const look = lookOf(spec, options);
    if ((options.resize as unknown) === false) throw new RangeError(`resize must bring Grad-CAM to the input's size, got ${shown(false)}`);
    const { resize } = finishOf({ resize: options.resize });
    const relus = countRectifiers('guided Grad-CAM', { model, of });
    const [layer] = camLayers({ model, of }, options.layer, 'guided Grad-CAM');
    return scoped(() => {
      const seed = ownSeeds(aims);
      const guided = gradient(graph, x, { of, wrt: [graph.input], seed, rule: 'guided', also: [layer.value] });
      // The second pass starts at the layer.
      const known: Known = new Map([[graph.input, x], [layer.value, guided.also[0]]]);
      const { grads: [plain] } = gradient(graph, known, { of, wrt: [layer.value], seed });
      const sum = tf.sum(tf.mul(guided.also[0], tf.mean(plain, [1, 2], true)), 3, true) as tf.Tensor4D;
      const cams = resized(tf.relu(sum), [x.shape[1], x.shape[2]], resize);
      const { values, shape } = rowsOf(tf.mul(guided.grads[0], cams));
      const seen = rowsOf(cams).values.map((cam) => cam.some((value) => value !== 0));
      return values.map((row, i) => {
        const found = foundOf(row, shape, model, { value: graph.input, shape: graph.shapes[graph.input] }, look, { resize: options.resize ?? true, relus });
        const empty = seen[i] ? undefined : 'no positive evidence for this target at this layer';
        return { ...found, layer: layer.name, note: empty ?? found.note };
      });
    });
  },
});
