import type { Attribution } from '../attribution/attribution';
import { knownOptions, truth } from '../check';
import { onGrid, planeOf } from './plane';
import type { RankOptions } from './rankCorrelation';
import { ssim } from './ssim';

/**
 * How alike two maps look: the mean structural similarity (SSIM) of their values, 1 for the same picture, near 0 for nothing in common, below 0 where light and dark change over.
 * Each map is divided by its own greatest size, so it compares what would be seen and not the units. Places are compared through a Gaussian window of 11 x 11 values (deviation 1.5),
 * smaller on maps of fewer; of several channels the greatest size is taken, and the larger map is brought to the smaller one's grid by means. NaN where a map has no value other than 0,
 * is narrower than 3 cells, or has places without a value.
 *
 * Maps that are dark nearly everywhere are alike for that alone: compare with what `randomMap` gives.
 * Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity", with its constants; on maps: Adebayo et al. 2018, "Sanity checks for saliency maps".
 *
 * Options: `abs` (false; true compares |value|).
 *
 * @example
 * cl.structuralSimilarity(await cl.gradCam(model, photo), await cl.layerCam(model, photo))
 */
export function structuralSimilarity(a: Attribution, b: Attribution, options: RankOptions = {}): number {
  knownOptions('structuralSimilarity', options, ['abs']);
  const abs = truth('abs', options.abs ?? false);
  const planes = [a, b].map((map) => planeOf('structuralSimilarity', map));
  const height = Math.min(planes[0].height, planes[1].height);
  const width = Math.min(planes[0].width, planes[1].width);
  const [x, y] = planes.map((plane) => scaled(onGrid(plane, height, width), abs));
  // The span of what there is: maps without negative evidence go from 0 to 1.
  const signed = [x, y].some((values) => values.some((value) => value < 0));
  return ssim(x, y, [height, width], signed ? 2 : 1);
}

/** Each value as a share of the greatest size. */
function scaled(values: Float32Array, abs: boolean): Float32Array {
  const top = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.map((value) => (abs ? Math.abs(value) : value) / top);
}
