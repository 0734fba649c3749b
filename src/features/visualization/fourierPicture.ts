import * as tf from '@tensorflow/tfjs';
import { normalDraws } from '../../model/random';
import { Colours } from './colours';
import type { Parametrization, Size } from './parametrization';
import { Spectrum } from './spectrum';

/** Lucid's start: nearly grey. */
const deviation = 0.01;
/** Lucid's factor between a spectrum and the sigmoid's input. */
const contrast = 1 / 4;

/** A picture by its spectrum, each frequency weighted by its wavelength as in photographs, so that coarse shapes come before grain. */
export function fourierPicture([height, width]: Size, grey: boolean): Parametrization {
  const spectrum = new Spectrum(height, width);
  const colours = new Colours(grey);
  const lowest = 1 / Math.max(height, width);
  const weights = spectrum.turns().map((turns) => contrast / Math.max(turns, lowest));
  const scale = tf.tidy(() => tf.tile(tf.tensor3d(weights, [height, 1, spectrum.frequencies]), [2, 1, 1]));
  return {
    start: (seeds) => tf.tidy(() => tf.concat(seeds.map((seed) => draw(seed, [2 * height, colours.planes, spectrum.frequencies])), 1)),
    pixels: (numbers) => tf.tidy(() => colours.pixels(spectrum.planes(tf.mul(numbers, scale)))),
    back: (_, pixels, grad) => tf.tidy(() => tf.mul(spectrum.back(colours.back(pixels, grad)), scale)),
    dispose() {
      spectrum.dispose();
      colours.dispose();
      scale.dispose();
    },
  };
}

const draw = (seed: number, shape: [number, number, number]): tf.Tensor3D => tf.tensor3d(normalDraws(seed)(shape[0] * shape[1] * shape[2], deviation), shape);
