import * as tf from '@tensorflow/tfjs';
import { seedBits, stir } from '../../model/stir';
import { Colours } from './colours';
import type { Parametrization, Size } from './parametrization';
import { Spectrum } from './spectrum';

/** A picture by the phases of its spectrum; the magnitudes stay what they are in photographs: 1 / frequency to this power, with this deviation in each uncorrelated colour. */
const power = 1.2;
const deviations = [1.5, 1, 0.6];

export function macoPicture([height, width]: Size, grey: boolean): Parametrization {
  const spectrum = new Spectrum(height, width);
  const colours = new Colours(grey);
  const shape: [number, number, number] = [height, colours.planes, spectrum.frequencies];
  const magnitudes = tf.tidy(() => {
    const alike = spectrum.turns().map((turns) => (turns ? turns ** -power : 0));
    return tf.stack(deviations.slice(0, colours.planes).map((deviation) => tf.tensor2d(alike.map((each) => (each * deviation) / rms(alike)), [height, spectrum.frequencies])), 1) as tf.Tensor3D;
  });
  /** As many times as there are pictures. */
  const ofAll = (numbers: tf.Tensor): tf.Tensor => tf.tile(magnitudes, [1, numbers.shape[1]! / colours.planes, 1]);
  return {
    start: (seeds) => tf.tidy(() => tf.concat(seeds.map((seed) => tf.tensor3d(phases(seed, magnitudes.size), shape)), 1)),
    pixels: (numbers) =>
      tf.tidy(() => {
        const size = ofAll(numbers);
        return colours.pixels(spectrum.planes(tf.concat([tf.mul(size, tf.cos(numbers)), tf.mul(size, tf.sin(numbers))]) as tf.Tensor3D));
      }),
    back: (numbers, pixels, grad) =>
      tf.tidy(() => {
        const [re, im] = tf.split(spectrum.back(colours.back(pixels, grad)), 2);
        return tf.mul(ofAll(numbers), tf.sub(tf.mul(im, tf.cos(numbers)), tf.mul(re, tf.sin(numbers))));
      }),
    dispose() {
      spectrum.dispose();
      colours.dispose();
      magnitudes.dispose();
    },
  };
}

/** The root of the mean square over the whole spectrum, of which the missing half is the mirror image. */
const rms = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** All directions alike likely. */
const phases = (seed: number, size: number): Float32Array => Float32Array.from({ length: size }, (_, at) => (stir(stir(seedBits(seed)) + at) / 2 ** 32 - 0.5) * 2 * Math.PI);
