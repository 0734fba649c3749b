import * as tf from '@tensorflow/tfjs';
import { uniformDraws } from '../../src/model/uniform';
import { Image } from '../../src/image/image';
import { Classifier } from '../../src/model/classifier';

const { layers } = tf;

/** Side of the images. */
export const side = 8;

/** A network whose activations are the colours of the pixels, from 0 to 1, and whose scores are the means of these. Behind the grid: units, one cell. */
export function colourNet(): Classifier {
  const model = tf.sequential({
    name: 'colours',
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [side, side, 3], filters: 3, kernelSize: 1, activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'pool' }),
      layers.dense({ name: 'scores', units: 3 }),
      layers.activation({ name: 'softmax', activation: 'softmax' }),
    ],
  });
  const same = tf.eye(3);
  model.setWeights([tf.reshape(same, [1, 1, 3, 3]), tf.zeros([3]), same, tf.zeros([3])]);
  same.dispose();
  return new Classifier(model, { name: 'colours', preprocess: '0-1', labels: ['red', 'green', 'blue'] });
}

export const colours = ['red', 'green', 'blue'] as const;

/** An image of one colour with some noise, its name that of the colour and a number. */
export function coloured(number: number, noise = 60): Image {
  const next = uniformDraws(number);
  const at = number % 3;
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i % 4 === at ? 180 : 10) + noise * next()));
  return new Image(side, side, data, `${colours[at]} ${number}`);
}

export const manyColours = (count: number, noise?: number): Image[] => Array.from({ length: count }, (_, number) => coloured(number, noise));
