import { gradCam } from '../../../src/attribution/cam/gradCam';
import { layerCam } from '../../../src/attribution/cam/layerCam';
import type { CamOptions } from '../../../src/attribution/cam/camMethod';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import { saliency } from '../../../src/attribution/gradient/saliency';
import type { Method } from '../../../src/attribution/method';
import { by, minMax, type Recipes } from './recipe';

/** The four cases of a class activation map: with and without the resize and the scaling to 0..1. */
const cam = (name: string, method: Method<CamOptions>): Recipes => ({
  [`${name}, raw on the layer's grid`]: by(method)('resize false', ({ t, layer }) => ({ target: t, layer, resize: false })),
  [`${name}, on the layer's grid`]: by(method)("resize false, normalize 'minmax'", ({ t, layer }) => ({ target: t, layer, resize: false, normalize: 'minmax' })),
  [`${name}, raw`]: by(method)("resize 'corners': tf-keras-vis resizes corner on corner with scipy's zoom, the others with half-pixel centres", ({ t, layer }) => ({ target: t, layer, resize: 'corners' })),
  [name]: by(method)("resize 'corners', normalize 'minmax'", ({ t, layer }) => ({ target: t, layer, resize: 'corners', normalize: 'minmax' })),
});

export const tfKerasVis: Recipes = {
  'Saliency, raw': by(saliency)('', ({ t }) => ({ target: t })),
  'Saliency': by(saliency)('stretched to 0..1 in the test', ({ t }) => ({ target: t }), minMax),
  'Saliency of the probability, raw': by(saliency)("score 'probability': what tf-keras-vis does without ReplaceToLinear", ({ t }) => ({ target: t, score: 'probability' })),
  'Saliency, guided, raw': by(guidedBackprop)('', ({ t }) => ({ target: t })),
  ...cam('Gradcam', gradCam),
  ...cam('Layercam', layerCam),
};
