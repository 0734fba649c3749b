import { between, shown } from '../check';
import { normalDraws } from '../model/random';
import { seedBits, stir } from '../model/stir';
import { deviationOf } from './deviation';
import { impute } from './removal/impute';
import { removal, type RemovalOptions } from './removal/run';

/** Options of `road`. */
export interface RoadOptions extends RemovalOptions {
  /** How much of the image is removed, in percent, at each point. Default 10, 20, ..., 90. */
  percentiles?: readonly number[];
  /** Deviation of the noise in what is filled in, as a share of the deviation of the network's input. Default 0.01. */
  noise?: number;
}

/**
 * Whether a map tells the important pixels from the others, without the holes that betray what was removed (ROAD, remove and debias): a Removal whose `value` is (weakest first - strongest first) / 2, the mean over
 * the percentiles: above 0 where removing the pixels that the map calls important costs the network more than removing the others; the higher, the better the map.
 * What is removed is filled in from its neighbours, each pixel the weighted mean of the eight around it (1/6 beside it, 1/12 at its corners), with a little noise.
 *
 * Options: `percentiles` ([10, 20, ..., 90] percent of the image removed), `noise` (0.01 of the input's deviation), `score` ('probability'), `target` (what each map explains), `random` (0; so many
 * random maps beside each map), `seed` (0), `batchSize`, `signal`, `onProgress`. Equal values, several channels and smaller maps as in `deletion`.
 * Rong, Leemann, Borisov, Kasneci & Kasneci 2022, "A consistent and efficient evaluation strategy for attribution methods", arXiv 2202.00449.
 *
 * @example
 * await cl.road(model, photo, [await cl.gradCam(model, photo), await cl.saliency(model, photo)])
 */
export const road = removal<RoadOptions>({
  name: 'road',
  measure: 'ROAD',
  options: ['percentiles', 'noise'],
  reverse: true,
  shares({ percentiles = [10, 20, 30, 40, 50, 60, 70, 80, 90] }) {
    if (!Array.isArray(percentiles) || !percentiles.length) throw new TypeError(`percentiles must be a list of numbers, got ${shown(percentiles)}`);
    for (const each of percentiles) if (!(between('percentiles', each, 0, 100) > 0 && each < 100)) throw new RangeError(`percentiles must lie between 0 and 100, got ${each}`);
    return [0, ...[...new Set(percentiles as number[])].sort((a, b) => a - b).map((each) => each / 100)];
  },
  start({ x, seed }, { noise = 0.01 }) {
    between('noise', noise, 0);
    const image = x.dataSync() as Float32Array;
    const [, height, width, channels] = x.shape;
    const deviation = noise * deviationOf(image);
    return {
      write(row, steps, step) {
        const hidden = steps.map((each) => Number(each <= step));
        row.set(impute(image, Uint8Array.from(hidden), [height, width, channels]));
        if (!deviation || !step) return;
        // The same for all maps, so that they differ by their order alone.
        const drawn = normalDraws(stir(seedBits(seed) + step))(row.length, deviation);
        for (let i = 0; i < row.length; i++) if (hidden[Math.floor(i / channels)]) row[i] += drawn[i];
      },
      options: { noise },
    };
  },
  value(_, scores, weakest) {
    const known = [...scores.keys()].slice(1).filter((at) => !Number.isNaN(scores[at] + weakest[at]));
    return known.reduce((sum, at) => sum + (weakest[at] - scores[at]) / 2, 0) / known.length;
  },
});
