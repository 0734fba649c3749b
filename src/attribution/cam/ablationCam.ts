import * as tf from '@tensorflow/tfjs';
import { finite } from '../../check';
import type { FoundLayer } from '../../model/layers';
import { forward, knownAt } from '../../model/run';
import type { Subject } from '../method';
import type { CamMethod } from './camMethod';
import { channelCam, type ChannelOptions } from './channelCam';
import type { Trial } from './channelScorer';
import { spreadOf } from './channelSpread';

/** Options of `ablationCam`. */
export interface AblationCamOptions extends ChannelOptions {
  /**
   * What stands in for the outputs of a channel that is taken away. Default 0, as in the paper. pytorch-grad-cam takes 0 as well where the lowest output is 0, behind a
   * ReLU, and otherwise the lowest output minus 1e7.
   */
  fill?: number;
}

/**
 * A coarse map of where the network saw the target, without gradients: each channel of a convolution is taken away in turn, and counts by the share of the score that goes
 * with it, (f - f without it) / |f|; the weighted sum of the outputs is the map, negative evidence cut off. Shape `[height, width]` of the input (bilinear resize after the
 * ReLU), in the outputs' own unit; raw, not scaled to 0..1. The network runs from the layer on only, for any number of targets at once.
 *
 * Options: `fill` (0), `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `layer` (name, number or a list; default the last convolution, after the activation that follows it), `relu` (true; false keeps negative
 * evidence), `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1), `combine` ('mean', 'max' or 'product': one map of a
 * list of layers), `smooth` ('eigen': the first principal component in place of the sum), `budgetMs`, `live`, `onUpdate`, `batchSize`, `signal`, `onProgress`. Stopped
 * early it is the map of the channels that vary most, and a note says so. The paper divides by f: the same for a positive score, while a negative one would turn evidence
 * for the target into evidence against it. Desai & Ramaswamy 2020, "Ablation-CAM", WACV, doi 10.1109/WACV45572.2020.9093360.
 *
 * @example
 * await cl.ablationCam(model, photo, { target: 'tabby' })
 */
export const ablationCam: CamMethod<AblationCamOptions> = channelCam<AblationCamOptions>({
  name: 'ablationCam',
  method: 'Ablation-CAM',
  unit: 'weighted activation',
  options: ['fill'],
  told: (options) => ({ fill: fillOf(options) }),
  trial: (subject, layer, activations, options) => without(subject, layer, activations, fillOf(options)),
  weights: (scores, whole) => scores.map((score) => (Number.isNaN(score) ? 0 : (whole - score) / (Math.abs(whole) || 1))),
  note: (whole) => (whole === 0 ? 'the score is 0, so the weights are its falls and not shares of it' : undefined),
});

const fillOf = ({ fill }: AblationCamOptions): number => finite('fill', fill ?? 0);

/** The layer's outputs without each channel in turn. */
function without({ model: { graph }, x, of }: Subject, { value }: FoundLayer, activations: tf.Tensor4D, fill: number): Trial {
  const { low, high, order } = spreadOf(activations);
  const known = knownAt(graph, x, value, of);
  return {
    order,
    values: (channels) =>
      tf.tidy(() => {
        // Not tf.oneHot, which refuses a layer of one channel.
        const taken = tf.equal(tf.tensor4d([...channels], [channels.length, 1, 1, 1]), tf.range(0, order.length));
        const left = tf.where(taken, tf.fill(activations.shape, fill), activations);
        return forward(graph, new Map(known).set(value, left), [of])[0];
      }),
    alike: new Set(order.filter((channel) => low[channel] === fill && high[channel] === fill)),
    same: () => forward(graph, known, [of])[0],
    dispose: () => known.forEach((each) => each.dispose()),
  };
}
