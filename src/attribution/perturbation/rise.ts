import { between, oneOf, truth, whole } from '../../check';
import { type Found, type Method, method } from '../method';
import { joined } from '../notes';
import { batchScorer } from './batchScores';
import { type Fill, fillName, fillOf } from './fill';
import { MaskedMean } from './maskedMean';
import { Masks } from './masks';
import { paceOf, perturb, type PerturbationOptions, perturbationOptions } from './perturb';

/** Options of `rise`. */
export interface RiseOptions extends PerturbationOptions {
  /** How many random masks; the error of a pixel falls with the square root. Default 1000, a minute or so of a large network; the paper takes 4000 for VGG16 and 8000 for ResNet-50. */
  masks?: number;
  /** The cells of a mask along each side before it is enlarged, or `[rows, columns]`. Default 7 (fewer in inputs of fewer pixels). */
  grid?: number | [number, number];
  /** The probability that a cell is kept. Default .5. */
  keep?: number;
  /** Of the masks. Default 0. */
  seed?: number;
  /** What is behind a mask: a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'black'`, `'mean'`, `'blur'`, an image or a tensor. Default 0, which is black in an image. */
  fill?: Fill;
  /** Whether the mean score of all masked images is taken away, so that 0 is a pixel that makes no difference. Default true; false is the paper's map. */
  centre?: boolean;
  /** What a pixel's sum is divided by: how much of it was `'seen'` in these masks (as xplique), or is `'expected'` to be, keep x masks (as in the paper). Default `'seen'`, which varies less. */
  divide?: 'seen' | 'expected';
}

/**
 * A map of how much higher the score is when a pixel is seen: the image is multiplied by many random masks, and each pixel gets the mean of the
 * scores with the masks as weights, minus the mean of all scores. Needs no gradient and no layer. Shape `[height, width]` of the input, in logits, signed.
 *
 * Options: `target` (as every method; a list costs hardly more than one), `score` ('logit'; the paper takes 'probability'), `masks` (1000), `grid` (7),
 * `keep` (.5), `seed` (0), `fill` (0: black), `centre` (true), `divide` ('seen' or 'expected'), `budgetMs`, `live` (true: the cell shows the map so far),
 * `onUpdate`, `batchSize`, `signal`, `onProgress`. The note tells the standard error of the centred map. Stopped early, by `budgetMs`, `signal` or the kernel's interrupt button,
 * it is the map of fewer masks. The paper's own map: `{ masks: 4000, score: 'probability', centre: false, divide: 'expected' }`; its code
 * fills with 0 after the preprocessing: give it a preprocessed tensor.
 * Petsiuk, Das & Saenko 2018, "RISE: randomized input sampling for explanation of black-box models", arXiv 1806.07421.
 *
 * @example
 * await cl.rise(model, photo, { masks: 2000, budgetMs: 30000 })
 */
export const rise: Method<RiseOptions> = method<RiseOptions>({
  name: 'rise',
  method: 'RISE',
  options: ['masks', 'grid', 'keep', 'seed', 'fill', 'centre', 'divide', ...perturbationOptions],
  linear: () => true,
  unit: 'masks',
  count: (_, options) => countOf(options),
  async find(subject, options) {
    const { model, aims } = subject;
    const [height, width, channels] = model.inputShape;
    const count = countOf(options);
    const grid = gridOf(options.grid, height, width);
    const keep = between('keep', options.keep ?? 0.5, 0.01, 0.99);
    const seed = whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER);
    const centre = truth('centre', options.centre ?? true);
    const divide = oneOf('divide', options.divide ?? 'seen', ['seen', 'expected'] as const);
    const { fill = 0 } = options;
    const pace = paceOf(subject, options);
    const image = subject.x.dataSync() as Float32Array;
    const hidden = fillOf(fill, model, subject.input, subject.x, subject.image);
    const masks = new Masks([height, width], grid, keep, seed);
    const means = new MaskedMean(height * width, aims.length);
    const masked = (row: Float32Array, mask: Float32Array): void => {
      for (let pixel = 0, i = 0; pixel < mask.length; pixel++) for (let c = 0; c < channels; c++, i++) row[i] = hidden[i] + (image[i] - hidden[i]) * mask[pixel];
    };
    const what = options.score === 'probability' ? 'probability' : 'logit';
    return perturb(subject, pace, options, {
      method: 'RISE',
      unit: 'masks',
      count,
      scorer: batchScorer(subject, () => masks.next(), count, masked, options.batchSize),
      take: (some, scores) => some.forEach((mask, i) => means.add(mask, scores.map((each) => each[i]))),
      found: (aim, left): Found => ({
        values: means.values(aim, centre, divide === 'expected' ? keep : undefined),
        shape: [height, width],
        signed: centre || what === 'logit',
        unit: centre ? `rise of the ${what} where seen` : `mean ${what} where seen`,
        options: { masks: count, grid, keep, fill: fillName(fill, subject.input), centre, divide },
        seed,
        note: joined(left, centre && means.error(aim) < Infinity ? `standard error about ${means.error(aim).toPrecision(2)}` : undefined),
      }),
    });
  },
});

const countOf = ({ masks = 1000 }: RiseOptions): number => whole('masks', masks);

function gridOf(given: RiseOptions['grid'], height: number, width: number): [number, number] {
  if (given === undefined) return [Math.min(7, height), Math.min(7, width)];
  const [rows, columns] = Array.isArray(given) && given.length === 2 ? given : [given, given];
  return [whole('grid', rows, 1, height), whole('grid', columns, 1, width)];
}
