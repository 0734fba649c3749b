import type { GradCamOptions } from '../../src/attribution/cam/gradCam';
import type { Method, OneMap, TargetOptions } from '../../src/attribution/method';
import { between, oneOf, whole } from '../../src/check';
import { colorTable } from '../../src/figure/colormap';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { Classifier, ImageInput } from '../../src/model/classifier';
import { contrastMaps } from './contrastMaps';
import { type ClassContrastData, type ContrastLook, dataOf, differences, reduceContrast, views } from './data';
import { drawClassContrast, start } from './draw';
import { contrastTable } from './table';
import { contrastDetails, contrastHeading, oddsText, ratingText } from './texts';

/** Options of `classContrast`, and those of the method: `layer`, `score`, `patch`, ... */
export type ClassContrastOptions<Options extends TargetOptions = GradCamOptions> = Omit<OneMap<Options>, 'target' | 'normalize' | 'combine'> &
  ContrastLook & {
    /** The attribution method. Default `cl.gradCam`. */
    method?: Method<Options>;
    /** How many of the likeliest classes can be picked beside the two. Default 5; 3 for methods that give a value to each pixel, whose maps fill a page. */
    top?: number;
  };

const widest = 900;

/**
 * A Figure of why the network says one class and not another: the map of each on one scale, and what tells the two apart, with logits, probabilities and
 * their ratio. In JupyterLab and in saved pages both classes can be picked anew among the two and the likeliest others, and swapped; a cross-hair reads all three maps.
 * Without classes it takes the two likeliest.
 *
 * The third map is that of the difference of the two scores, logit A - logit B, under a softmax the log-odds of A against B: red speaks for A, blue for B. Where a method is linear in the score (Grad-CAM, HiResCAM, XGrad-CAM, CAM, occlusion, RISE, input x gradient, integrated gradients) that is the
 * difference of the two maps before any ReLU, so that what speaks for both cancels, and its blue places are a counterfactual as Grad-CAM's authors have it: what would change the answer
 * from A towards B. For other methods it is computed:
 * what speaks for A's lead less what speaks for B's; for saliency, which tells no direction, how much each place would change the lead. Of maps with a value
 * for each pixel that is done for the two given classes; other pairs show the difference of their maps, and say so. `difference: 'maps'` shows that for all.
 *
 * Options: `method` (cl.gradCam), `top` (5; how many of the likeliest can be picked beside the two), `view` ('overlay' or 'map'), `difference` ('scores' or 'maps'), `opacity` (0.6),
 * `colormap` ('viridis'), `size` (224 CSS pixels), and all options of the method but `target`, `normalize` and `combine`: `layer`, `score`, `relu`, `patch`, ...
 * Throws for one class given twice, an unknown label (naming the nearest), a model of one class, a method that is no function.
 * Selvaraju et al. 2017, "Grad-CAM", arXiv 1610.02391; Prabhushankar et al. 2020, "Contrastive explanations in neural networks", arXiv 2008.00178, ask the same by the gradient of a loss.
 *
 * @example
 * await cl.classContrast(model, photo)
 * await cl.classContrast(model, photo, ['tabby', 'lynx'], { method: cl.occlusion, patch: 32 })
 */
export async function classContrast<Options extends TargetOptions = GradCamOptions>(model: Classifier, image: ImageInput, classes?: readonly [number | string, number | string], options: ClassContrastOptions<Options> = {} as ClassContrastOptions<Options>): Promise<Figure> {
  const { view, difference, opacity, colormap, size, ...rest } = (options ?? {}) as ClassContrastOptions;
  const look = checkedLook({ view, difference, opacity, colormap, size });
  const maps = await contrastMaps(model, image, classes, rest as never);
  const data = dataOf(maps, look, model.head.ending !== 'sigmoid');
  return widgetFigure({
    widget: 'classContrast',
    data,
    start,
    draw: drawClassContrast,
    width: widest,
    caption: captionOf(data),
    htmlAfter: contrastTable(data),
    values: maps,
    reduce: reduceContrast,
  });
}

function checkedLook({ view, difference, opacity, colormap, size }: ContrastLook): ContrastLook {
  if (view !== undefined) oneOf('view', view, views);
  if (difference !== undefined) oneOf('difference', difference, differences);
  if (opacity !== undefined) between('opacity', opacity, 0, 1);
  if (size !== undefined) whole('size', size, 16, 1000);
  if (colormap !== undefined) colorTable(colormap);
  return { view, difference, opacity, colormap, size };
}

function captionOf(data: ClassContrastData): string {
  const [a, b] = data.classes;
  return `${contrastHeading(data, 0, 1)} · A: ${ratingText(a)}, B: ${ratingText(b)}, ${oddsText(data, 0, 1)} · ${contrastDetails(data)}`;
}
