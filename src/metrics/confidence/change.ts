import * as tf from '@tensorflow/tfjs';
import { Aim } from '../../attribution/aim';
import type { Attribution } from '../../attribution/attribution';
import type { Attributions } from '../../attribution/attributions';
import { mapsIn } from '../../attribution/mapsIn';
import { rowScores } from '../../attribution/perturbation/scorer';
import { ready } from '../../backend';
import { knownOptions, oneOf } from '../../check';
import { longWork } from '../../longWork';
import { checkModel, type Classifier, type ImageInput } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { forward } from '../../model/run';
import type { Score, Target } from '../../model/target';
import type { LongWorkOptions } from '../../progress';
import { classOf } from '../classOf';
import { onGrid, planeOf } from '../plane';
import { hiddenWith, type RemovalFill } from '../removal/swap';

/** Options of `averageDrop` and `averageIncrease`. */
export interface ConfidenceOptions extends LongWorkOptions {
  /** What is scored. Default: what each map explains. */
  target?: Target;
  /** `'probability'`: after softmax, as in the paper; `'logit'`: the score before it. Default `'probability'`. */
  score?: Score;
  /** How a map becomes a mask from 0 to 1: `'positive'`: what is above 0, divided by the greatest value; `'minmax'`: stretched from its least to its greatest value, as pytorch-grad-cam's maps and Xplique's are. Default `'positive'`. */
  scale?: 'positive' | 'minmax';
  /** What is behind the mask, as `deletion` has it. Default `'zero'`: the network's input times the mask, as the peers do; `'black'` is the image times the mask, as the paper writes it. */
  fill?: RemovalFill;
}

/** One image seen through its map. */
export interface ConfidencePair {
  /** The image's name. */
  image: string;
  /** The method that made the map. */
  method: string;
  /** What is scored. */
  target: string;
  /** The score of the whole image. */
  before: number;
  /** The score of the image seen through the map. */
  after: number;
}

const names = ['target', 'score', 'scale', 'fill', 'signal', 'onProgress'] as const;

/** The scores of images before and after they are seen through their maps, one after the other; where it is stopped, those that there are. */
export async function confidencePairs(name: string, model: Classifier, images: ImageInput | readonly ImageInput[], maps: Attribution | Iterable<Attribution | Attributions>, options: ConfidenceOptions, more: readonly string[]): Promise<{ pairs: ConfidencePair[]; note?: string }> {
  checkModel(name, model);
  knownOptions(name, options, [...names, ...more]);
  const list = Symbol.iterator in Object(maps) ? mapsIn(name, maps as Iterable<Attribution>) : [maps as Attribution];
  for (const map of list) planeOf(name, map);
  const inputs = Array.isArray(images) ? (images as readonly ImageInput[]) : list.map(() => images as ImageInput);
  if (inputs.length !== list.length) throw new RangeError(`${name} takes a map for each image, got ${inputs.length} images and ${list.length} maps`);
  const score = oneOf('score', options.score ?? 'probability', ['probability', 'logit'] as const);
  const scale = oneOf('scale', options.scale ?? 'positive', ['positive', 'minmax'] as const);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const pairs: ConfidencePair[] = [];
  await longWork(name, { total: list.length, unit: 'images', signal: options.signal, onProgress: list.length === 1 && options.onProgress === undefined ? null : options.onProgress }, async ({ signal, advance }) => {
    signal.throwIfAborted();
    for (const [at, map] of list.entries()) {
      if (signal.aborted) break;
      const aim = new Aim(model, options.target ?? classOf(name, map), score);
      const { x, image } = model.prepare(inputs[at]);
      try {
        const mask = maskOf(onGrid(planeOf(name, map), image.height, image.width), scale);
        const hidden = hiddenWith(options.fill ?? 'zero', { model, input: inputs[at], x, image }).values;
        const [[before, after]] = rowScores([aim], () => scoresOf(model, aim, x, hidden, mask));
        pairs.push({ image: image.name, method: map.method, target: aim.reached.target.label, before, after });
      } finally {
        x.dispose();
      }
      await advance(pairs.length);
    }
  });
  return { pairs, note: pairs.length < list.length ? `stopped after ${pairs.length} of ${list.length} images` : undefined };
}

/** What the aim reads of the image, and of the image through the mask. */
function scoresOf({ graph }: Classifier, aim: Aim, x: tf.Tensor4D, hidden: Float32Array, mask: Float32Array): tf.Tensor {
  const behind = tf.tensor4d(hidden, x.shape);
  const through = tf.add(behind, tf.mul(tf.sub(x, behind), tf.tensor4d(mask, [1, x.shape[1], x.shape[2], 1])));
  const [value] = forward(graph, tf.concat([x, through]), [aim.of]);
  aim.see(tf.slice(value, 0, 1));
  return value;
}

/** The map from 0 to 1; what has no value (NaN) is hidden, and a map without evidence hides all. */
function maskOf(values: Float32Array, scale: 'positive' | 'minmax'): Float32Array {
  let [low, high] = scale === 'positive' ? [0, 0] : [Infinity, -Infinity];
  for (const value of values) {
    if (value > high) high = value;
    if (scale === 'minmax' && value < low) low = value;
  }
  return high > low ? values.map((value) => (value > low ? (value - low) / (high - low) : 0)) : new Float32Array(values.length);
}
