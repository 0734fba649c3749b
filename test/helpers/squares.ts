import * as tf from '@tensorflow/tfjs';
import { Image } from '../../src/image/image';
import type { Mask } from '../../src/image/region';
import { Classifier } from '../../src/model/classifier';
import { noise } from './models';

const side = 24;

/** A square of a colour at a place. */
export interface Square {
  colour: 'red' | 'blue';
  x: number;
  y: number;
  size?: number;
}

/** Squares on a grey, grained ground, each with its mask. */
export function squareScene(name: string, squares: readonly Square[], { masked = true }: { masked?: boolean } = {}): Image {
  const grain = noise(side * side, 1 + name.length + squares[0].x);
  const data = new Uint8ClampedArray(side * side * 4);
  for (let at = 0; at < side * side; at++) data.set([...Array<number>(3).fill(110 + 20 * grain[at]), 255], at * 4);
  const masks = squares.map(({ colour, x, y, size = 6 }): Mask => {
    const inside = new Uint8Array(side * side);
    for (let row = y; row < y + size; row++) {
      for (let column = x; column < x + size; column++) {
        inside[row * side + column] = 1;
        data.set(colour === 'red' ? [230, 40, 40] : [40, 40, 230], (row * side + column) * 4);
      }
    }
    return { width: side, height: side, data: inside, label: colour };
  });
  return new Image(side, side, data, name, 'crop', masked ? masks : []);
}

/** Sees how much redder, or bluer, than the other colours each pixel is: its maps can be told beforehand. */
export function squareModel(): Classifier {
  const model = tf.sequential({
    name: 'squares',
    layers: [
      tf.layers.conv2d({ name: 'colours', inputShape: [side, side, 3], filters: 2, kernelSize: 1, activation: 'relu' }),
      tf.layers.globalAveragePooling2d({ name: 'mean' }),
      tf.layers.dense({ name: 'scores', units: 2 }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor4d([1, -0.5, -0.5, -0.5, -0.5, 1], [1, 1, 3, 2]), tf.tensor1d([-0.1, -0.1]), tf.tensor2d([100, 0, 0, 100], [2, 2]), tf.zeros([2])]));
  return new Classifier(model, { name: 'squares', preprocess: '0-1', labels: ['red, ruby', 'blue'] });
}

/** So many scenes, every fourth with both colours. */
export const squareScenes = (count: number): Image[] =>
  Array.from({ length: count }, (_, at) => {
    const colour = at % 2 ? 'red' : 'blue';
    const first = { colour, x: (at * 5) % 11, y: (at * 7) % 17 } as const;
    return squareScene(`scene ${at}`, at % 4 === 3 ? [first, { colour: 'blue', x: 12 + (at % 6), y: (at * 3) % 17 }] : [first]);
  });
