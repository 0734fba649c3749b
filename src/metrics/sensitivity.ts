import * as tf from '@tensorflow/tfjs';
import { Attribution } from '../attribution/attribution';
import { Attributions } from '../attribution/attributions';
import type { OneMap, TargetOptions } from '../attribution/method';
import { joined } from '../attribution/notes';
import { ready } from '../backend';
import { between, knownOptions, shown, whole } from '../check';
import type { Figure } from '../figure/figure';
import { scoped } from '../kernels/scoped';
import { longWork } from '../longWork';
import { checkModel, type Classifier, type ImageInput } from '../model/classifier';
import { seedBits, stir } from '../model/stir';
import type { LongWorkOptions } from '../progress';
import { Showable } from '../show';
import { deviationOf } from './deviation';

/** Anything that makes a map of an image: `cl.gradCam`, or a function of one's own around it. */
export type MapMaker<Options extends TargetOptions = TargetOptions> = (model: Classifier, image: ImageInput, options?: OneMap<Options>) => Promise<Attribution>;

/** Options of `sensitivity`; all others go to the method. */
export interface SensitivityOptions extends LongWorkOptions {
  /** The most that a value of the network's input is changed by, as a share of the deviation of its values. Default 0.02. */
  radius?: number;
  /** How many noisy images. Default 10. */
  samples?: number;
  /** Of the noise. Default 0. */
  seed?: number;
}

/** How far a map moves when the image hardly changes. */
export class Sensitivity extends Showable {
  constructor(
    /** The largest change of the map: the norm of the difference over the norm of the map. NaN for a map that is 0 everywhere. */
    readonly value: number,
    /** The mean change. */
    readonly mean: number,
    /** The change in each sample. */
    readonly each: readonly number[],
    /** The map of the image as it is. */
    readonly map: Attribution,
    /** The map that is farthest from it. */
    readonly farthest: Attribution,
    /** The largest change of a value of the input, as a share of their deviation. */
    readonly radius: number,
    /** Of the noise. */
    readonly seed: number,
    /** Anything that a reader must know. */
    readonly note?: string,
  ) {
    super();
  }

  override toFigure(): Figure {
    return new Attributions([this.map, this.farthest]).toFigure();
  }

  override toString(): string {
    const { value, mean, each, map, radius, note } = this;
    return `sensitivity of ${map.method} for ${map.target.label}: the map changes by at most ${value.toFixed(3)} of itself, ${mean.toFixed(3)} in the mean, in ${each.length} images with noise up to ${radius} deviations${note ? `; ${note}` : ''}`;
  }

  toJSON(): object {
    const { value, mean, each, map, radius, seed, note } = this;
    return { measure: 'sensitivity', method: map.method, target: map.target, image: map.image.name, value, mean, each, radius, seed, note };
  }
}

/**
 * How far a map moves when the image hardly changes: a Sensitivity whose `value` is the largest change among noisy copies of the image, |map(x + noise) - map(x)| / |map(x)|, and `mean` the mean one: 0 for a map that
 * stays, 1 for one that moves by its own size. The noise is uniform, up to `radius` times the deviation of the input's values: in a network whose input has deviation 1, as Captum's `sensitivity_max` has it.
 * The target is the same for all. It shows itself as the map beside the one that is farthest from it.
 *
 * @param method `cl.gradCam`, `cl.saliency`, ..., or a function (model, image, options) that gives a map
 * @param options `radius` (0.02), `samples` (10), `seed` (0), `signal`, `onProgress`, and all options of the method
 * Stopped early, it tells of the samples that there are. Yeh et al. 2019, "On the (in)fidelity and sensitivity of explanations", arXiv 1901.09392.
 *
 * @example
 * (await cl.sensitivity(model, photo, cl.gradCam, { layer: 'top_conv' })).value
 */
export async function sensitivity<Options extends TargetOptions = TargetOptions>(model: Classifier, image: ImageInput, method: MapMaker<Options>, options: SensitivityOptions & Omit<OneMap<Options>, 'signal' | 'onProgress'> = {} as never): Promise<Sensitivity> {
  checkModel('sensitivity', model);
  if (typeof method !== 'function') throw new TypeError(`sensitivity takes a method as cl.gradCam third, got ${shown(method)}`);
  if (options === null || typeof options !== 'object') knownOptions('sensitivity', options, []);
  const { radius: givenRadius = 0.02, samples: givenSamples = 10, seed: givenSeed = 0, signal, onProgress, ...own } = options as SensitivityOptions & TargetOptions;
  const radius = between('radius', givenRadius, 0);
  const samples = whole('samples', givenSamples);
  const seed = whole('seed', givenSeed, 0, Number.MAX_SAFE_INTEGER);
  await ready();
  const { x } = model.prepare(image);
  try {
    return await longWork('sensitivity', { total: samples + 1, unit: 'maps', signal, onProgress }, async (job) => {
      const mapOf = async (input: ImageInput, more: object): Promise<Attribution> => {
        const map = await method(model, input, { ...own, ...more, signal: job.signal, onProgress: null } as never);
        if (map instanceof Attribution) return map;
        throw new TypeError(`sensitivity: the method must give one map, got ${shown(map)}`);
      };
      const map = await mapOf(image, {});
      await job.advance(1);
      const amplitude = radius * (deviationOf(x.dataSync() as Float32Array) || 1);
      const target = own.target ?? (map.target.index >= 0 ? map.target.index : undefined);
      const changes: number[] = [];
      let farthest = map;
      for (let at = 0; at < samples && !job.signal.aborted; at++) {
        const noisy = scoped(() => tf.keep(tf.add(x, tf.tensor(uniform(x.size, amplitude, seed, at), x.shape)))) as tf.Tensor4D;
        try {
          const moved = await mapOf(noisy, { target });
          changes.push(changeOf(map.values, moved.values));
          if (changes[at] === Math.max(...changes)) farthest = moved;
        } catch (error) {
          if (!job.signal.aborted || !changes.length) throw error;
          break;
        } finally {
          noisy.dispose();
        }
        await job.advance(at + 2);
      }
      const note = joined(changes.length < samples ? `stopped after ${changes.length} of ${samples} samples` : undefined, changes.some(Number.isNaN) ? 'the map is 0 everywhere, or has no value somewhere' : undefined);
      const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
      return new Sensitivity(changes.some(Number.isNaN) ? NaN : Math.max(...changes), mean, changes, map, farthest, radius, seed, note);
    });
  } finally {
    x.dispose();
  }
}

/** |b - a| / |a|. */
function changeOf(a: Float32Array, b: Float32Array): number {
  let [size, change] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    size += a[at] ** 2;
    change += (b[at] - a[at]) ** 2;
  }
  return Math.sqrt(change / size);
}

/** Values from -amplitude to amplitude, the same for a seed and a sample. */
function uniform(size: number, amplitude: number, seed: number, sample: number): Float32Array {
  const start = stir(stir(seedBits(seed) + 1) + sample);
  return Float32Array.from({ length: size }, (_, at) => amplitude * (stir(start + at) / 2 ** 31 - 1));
}
