import * as tf from '@tensorflow/tfjs';
import { oneOf, whole } from '../../check';
import type { FoundLayer } from '../../model/layers';
import { forward } from '../../model/run';
import type { Subject } from '../method';
import { type Fill, fillName, fillOf } from '../perturbation/fill';
import type { CamMethod } from './camMethod';
import { channelCam, type ChannelOptions } from './channelCam';
import type { Trial } from './channelScorer';
import { spreadOf } from './channelSpread';
import { minMax, resized } from './finish';

/** Options of `scoreCam`. */
export interface ScoreCamOptions extends ChannelOptions {
  /** Tries only so many channels, those whose cells vary most (Faster Score-CAM). Default: all. */
  top?: number;
  /** What a channel's score becomes: `'softmax'` over the channels (the paper's algorithm; pytorch-grad-cam), or the `'score'` itself (with `score: 'probability'` the authors' code and tf-keras-vis). Default `'softmax'`. */
  weights?: 'softmax' | 'score';
  /** What is behind a mask: a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'mean'`, `'blur'`, an image or a tensor. Default: 0 after preprocessing, as the paper and the peers. */
  fill?: Fill;
}

/**
 * A coarse map of where the network saw the target, without gradients: each channel of a convolution, enlarged and stretched to 0..1, masks the image, and the channel
 * counts by the score that the masked image gets; their weighted sum is the map, negative values cut off. Shape `[height, width]` of the input (bilinear
 * resize after the ReLU), in the outputs' own unit; raw, not scaled to 0..1. One pass forward for each channel (512 of VGG16), for any number of targets.
 *
 * Options: `top` (the n channels that vary most: nearly the same map in a part of the time), `weights` ('softmax' or 'score'), `fill` (behind the masks; 0 after preprocessing),
 * `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class), `score` ('logit' or 'probability'),
 * `layer` (name, number or a list; default the last convolution, after the activation that follows it), `relu` (true), `resize` (true; false keeps the layer's own grid; 'nearest',
 * 'corners'), `normalize` ('minmax' stretches to 0..1), `combine` ('mean', 'max' or 'product': one map of a list of layers), `smooth` ('eigen': the first principal component in
 * place of the sum), `budgetMs`, `live`, `onUpdate`, `batchSize`, `signal`, `onProgress`. Stopped early it is the map of the channels that vary most, and a note says so.
 * The masks are enlarged corner on corner, as in pytorch-grad-cam and tf-keras-vis. The score of what lies behind, which the paper takes away, changes nothing under softmax.
 * Wang et al. 2020, "Score-CAM", arXiv 1910.01279.
 *
 * @example
 * await cl.scoreCam(model, photo, { target: 'tabby', top: 64 })
 */
export const scoreCam: CamMethod<ScoreCamOptions> = channelCam<ScoreCamOptions>({
  name: 'scoreCam',
  method: 'Score-CAM',
  unit: 'weighted activation',
  options: ['top', 'weights', 'fill'],
  told: (options, input) => ({ ...(options.top !== undefined && { top: options.top }), weights: wayOf(options), ...(options.fill !== undefined && { fill: fillName(options.fill, input) }) }),
  tries: topOf,
  trial: (subject, layer, activations, options) => masked(subject, activations, topOf(layer, options), options.fill),
  weights: (scores, _, options) => (wayOf(options) === 'softmax' ? softmax(scores) : scores.map((score) => (Number.isNaN(score) ? 0 : score))),
});

const wayOf = ({ weights }: ScoreCamOptions): 'softmax' | 'score' => oneOf('weights', weights ?? 'softmax', ['softmax', 'score']);

function topOf({ name, shape }: FoundLayer, { top }: ScoreCamOptions): number {
  const channels = shape[3] as number;
  return top === undefined ? channels : whole(`top, channels of layer ${JSON.stringify(name)},`, top, 1, channels);
}

/** The image masked by each channel in turn. */
function masked({ model, x, of, input, image }: Subject, activations: tf.Tensor4D, top: number, fill: Fill | undefined): Trial {
  const { low, high, order } = spreadOf(activations);
  const size = model.inputShape.slice(0, 2) as [number, number];
  const hidden = fill === undefined ? tf.zerosLike(x) : tf.tensor4d(fillOf(fill, model, input, x, image), x.shape);
  const scored = (inputs: tf.Tensor): tf.Tensor => forward(model.graph, inputs, [of])[0];
  const grids = tf.transpose(activations, [3, 1, 2, 0]);
  return {
    order: order.slice(0, top),
    values: (channels) =>
      tf.tidy(() => {
        const masks = minMax(resized(tf.gather(grids, [...channels]), size, 'corners'));
        return scored(tf.add(tf.mul(tf.sub(x, hidden), masks), hidden));
      }),
    // The mask of a channel that is the same everywhere shows nothing.
    alike: new Set(order.filter((channel) => low[channel] === high[channel])),
    same: () => scored(hidden),
    dispose: () => tf.dispose([hidden, grids]),
  };
}

/** Over the channels that were tried; 0 for the others. */
function softmax(scores: Float32Array): Float64Array {
  const highest = scores.reduce((best, score) => (score > best ? score : best), -Infinity);
  const powers = Float64Array.from(scores, (score) => (Number.isNaN(score) ? 0 : Math.exp(score - highest)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => (sum > 0 ? power / sum : 0));
}
