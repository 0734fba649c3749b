import { knownOptions, whole } from '../../src/check';
import { type GradCamPartsOptions, partsFor } from '../../src/attribution/cam/gradCam';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { Classifier, ImageInput } from '../../src/model/classifier';
import { type StepsData, stepsData, withLess } from './data';
import { draw, start } from './draw';
import { widest } from './layout';
import { tables } from './tables';
import { captionParts } from './words';

/** Options of `gradCamSteps`. */
export interface GradCamStepsOptions extends GradCamPartsOptions {
  /** How many channels are added in the picture, those that add most first: 0 to all. Default 8. */
  channels?: number;
}

const usual = 8;

/**
 * A Figure of how a Grad-CAM comes about, each step a picture with its numbers: the layer's maps, their gradients, the weights, map times weight, the sum
 * as channels are added, ReLU, and the map over the photo. With all channels the end is what `gradCam` gives. In JupyterLab and in a saved page a slider adds the
 * channels, and any channel can be picked (a bar, a tile, or the arrow keys) to see its numbers.
 *
 * Options: `target`, `score` and `layer` as `gradCam` has them, one of each; `channels` (8): how many channels are added in the picture.
 * Channels come by the size of what they add, the sum of |weight x activation|. The share of a channel is what it adds in the cells that the ReLU keeps in the
 * end, of the final map's sum: shares add up to 100 %, and are negative where a channel speaks against the target.
 * Throws for a layer without a grid, for lists, and for more channels than there are.
 * Selvaraju et al. 2017, "Grad-CAM", arXiv 1610.02391.
 *
 * @example
 * await cl.gradCamSteps(model, photo, { target: 'tabby', channels: 16 })
 */
export async function gradCamSteps(model: Classifier, image: ImageInput, options: GradCamStepsOptions = {}): Promise<Figure> {
  knownOptions('gradCamSteps', options, ['target', 'score', 'layer', 'channels']);
  const { channels, ...about } = options;
  if (channels !== undefined) whole('channels', channels, 0);
  const parts = await partsFor('gradCamSteps', model, image, about);
  const depth = parts.shape[2];
  if (channels !== undefined) whole(`channels of ${JSON.stringify(parts.layer)}`, channels, 0, depth);
  return stepsFigure(stepsData(parts, channels ?? Math.min(usual, depth)));
}

/** The figure of data that are there already. */
export function stepsFigure(data: StepsData): Figure {
  const { heading, details } = captionParts(data);
  return widgetFigure({ widget: 'gradCamSteps', data, start, draw, width: widest, caption: `${heading} · ${details}`, htmlAfter: tables(data), values: plainValues(data), reduce: withLess });
}

/** For a file: what was worked out, as lists. */
function plainValues({ image, sums, maps, activations, gradients, first, even, detailed, ...told }: StepsData): object {
  const cells = told.grid[0] * told.grid[1];
  return { ...told, image: image.name, sums: told.stops.map((_, stop) => Array.from(sums.subarray(stop * cells, (stop + 1) * cells))) };
}
