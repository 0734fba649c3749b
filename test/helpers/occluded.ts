import * as tf from '@tensorflow/tfjs';
import type { Attribution } from '../../src/attribution/attribution';
import { occlusion, type OcclusionOptions } from '../../src/attribution/perturbation/occlusion';
import type { OneMap } from '../../src/attribution/method';
import { Image } from '../../src/image/image';
import { Classifier } from '../../src/model/classifier';
import { seeded } from './models';

const { layers } = tf;
const side = 64;

/** Eight classes; the pooled picture is all that they see. */
export const labels = ['tabby', 'lynx', 'espresso', 'moped', 'missile', 'crane', 'heron', 'goldfish'];

/** A classifier of 64 x 64 pixels: the mean colours of 8 x 8 squares, and a dense layer on them. */
export function squares(names: readonly string[] = labels): Classifier {
  const model = seeded(tf.sequential({ name: 'squares', layers: [layers.averagePooling2d({ inputShape: [side, side, 3], poolSize: 8, name: 'pool' }), layers.flatten(), layers.dense({ units: names.length, activation: 'softmax' })] }));
  return new Classifier(model, { name: 'squares', preprocess: 'tf', labels: names });
}

/** A picture that differs everywhere. */
export const waves = (name = 'waves'): Image =>
  new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : 120 + 70 * Math.sin(at / 37) + 60 * Math.cos((at % (side * 4)) / 23))), name);

/** An occlusion map of that network on that picture: 7 x 7 windows of 16 x 16, moved by 8. */
export const occludedMap = (options: OneMap<OcclusionOptions> = {}, model = squares()): Promise<Attribution> => occlusion(model, waves(), { patch: 16, stride: 8, onProgress: null, ...options });
