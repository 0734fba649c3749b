import { gradCam } from '../../../src/attribution/cam/gradCam';
import { gradCamPlusPlus } from '../../../src/attribution/cam/gradCamPlusPlus';
import { layerCam } from '../../../src/attribution/cam/layerCam';
import * as tf from '@tensorflow/tfjs';
import type { CamOptions } from '../../../src/attribution/cam/camMethod';
import { scoreCam, type ScoreCamOptions } from '../../../src/attribution/cam/scoreCam';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import { saliency } from '../../../src/attribution/gradient/saliency';
import type { OneMap } from '../../../src/attribution/method';
import type { Given } from '../../helpers/reference';
import { by, minMax, type Recipe, type Recipes, times } from './recipe';
import { withDraws } from './smooth';

type Options = (given: Given) => OneMap<CamOptions>;

/** The four cases of a class activation map: with and without the resize and the scaling to 0..1. */
const cases = (title: string, make: (says: string, options: Options) => Recipe, rawly = make): Recipes => ({
  [`${title}, raw on the layer's grid`]: rawly('resize false', ({ t, layer }) => ({ target: t, layer, resize: false })),
  [`${title}, on the layer's grid`]: make("resize false, normalize 'minmax'", ({ t, layer }) => ({ target: t, layer, resize: false, normalize: 'minmax' })),
  [`${title}, raw`]: rawly("resize 'corners', as scipy's zoom; the other peers resize with half-pixel centres", ({ t, layer }) => ({ target: t, layer, resize: 'corners' })),
  [title]: make("resize 'corners', normalize 'minmax'", ({ t, layer }) => ({ target: t, layer, resize: 'corners', normalize: 'minmax' })),
});

const plusPlus = (says: string, options: Options, then?: Parameters<ReturnType<typeof by>>[2]): Recipe =>
  by(gradCamPlusPlus)(`${says}; alpha 'normalized': tf-keras-vis makes the alphas of a channel add up to 1`, (given) => ({ ...options(given), alpha: 'normalized' }), then);

/** tf-keras-vis derives exp(logit), which puts that factor on the whole map. */
const plusPlusOfExp = (says: string, options: Options): Recipe => plusPlus(`${says}; times exp(logit) in the test`, options, (map, { t, logits }) => times(map, Math.exp(logits[t])));

/** tf-keras-vis takes the softmax of what the network puts out: of probabilities, if it ends in a softmax. */
const softmaxTwice = (says: string, options: Options, more: Pick<ScoreCamOptions, 'top'> = {}): Recipe =>
  by(scoreCam)(`${says}; weights 'score', target a function: the softmax of the probabilities, with no softmax over the channels`, (given) => ({
    ...options(given),
    ...more,
    weights: 'score',
    target: (logits) => tf.slice(tf.softmax(tf.softmax(logits)), [0, given.t], [1, 1]),
  }));

export const tfKerasVis: Recipes = {
  'Saliency, raw': by(saliency)('', ({ t }) => ({ target: t })),
  'Saliency': by(saliency)('stretched to 0..1 in the test', ({ t }) => ({ target: t }), minMax),
  'Saliency of the probability, raw': by(saliency)("score 'probability': what tf-keras-vis does without ReplaceToLinear", ({ t }) => ({ target: t, score: 'probability' })),
  'Saliency, guided, raw': by(guidedBackprop)('', ({ t }) => ({ target: t })),
  'SmoothGrad, raw': withDraws("form 'absolute': the mean of |g|, then the largest over the channels", ({ t }) => ({ target: t, noise: 0.2, form: 'absolute' })),
  'SmoothGrad': withDraws("form 'absolute', stretched to 0..1 in the test", ({ t }) => ({ target: t, noise: 0.2, form: 'absolute' }), minMax),
  ...cases('Gradcam', by(gradCam)),
  ...cases('GradcamPlusPlus', plusPlus, plusPlusOfExp),
  ...cases('Scorecam', softmaxTwice),
  "Scorecam of the logits, raw on the layer's grid": by(scoreCam)(
    "resize false; weights 'score', score 'probability': with ReplaceToLinear the softmax is taken once, as in the authors' code",
    ({ t, layer }) => ({ target: t, layer, resize: false, weights: 'score', score: 'probability' }),
  ),
  "Scorecam of the 3 channels that vary most, raw on the layer's grid": softmaxTwice('resize false, top 3', ({ layer }) => ({ layer, resize: false }), { top: 3 }),
  ...cases('Layercam', by(layerCam)),
  "Gradcam of its default layer, raw on the layer's grid": by(gradCam)('resize false: the last convolution is the default in both', () => ({ resize: false })),
};
