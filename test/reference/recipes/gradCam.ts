import { gradCam } from '../../../src/attribution/cam/gradCam';
import { hiResCam } from '../../../src/attribution/cam/hiResCam';
import { layerCam } from '../../../src/attribution/cam/layerCam';
import { xGradCam } from '../../../src/attribution/cam/xGradCam';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import type { CamOptions } from '../../../src/attribution/cam/camMethod';
import type { Method } from '../../../src/attribution/method';
import { by, type Recipes } from './recipe';

/** The three cases of a class activation map: on the grid of either layer before it is scaled, and the final one. */
const cam = (name: string, method: Method<CamOptions>, says: string): Recipes => ({
  [`${name}, before scaling`]: by(method)(['relu false, resize false', says].filter(Boolean).join('; '), ({ t, layer }) => ({ target: t, layer, relu: false, resize: false })),
  [`${name} of the early layer, before scaling`]: by(method)(['relu false, resize false', says].filter(Boolean).join('; '), ({ t, early }) => ({ target: t, layer: early, relu: false, resize: false })),
  [name]: by(method)("normalize 'minmax': scaled before the resize (bilinear) and after it", ({ t, layer }) => ({ target: t, layer, normalize: 'minmax' })),
});

export const pytorchGradCam: Recipes = {
  ...cam('GradCAM', gradCam, ''),
  ...cam('HiResCAM', hiResCam, ''),
  ...cam('LayerCAM', layerCam, ''),
  ...cam('XGradCAM', xGradCam, ''),
  'GradCAM of the top class': by(gradCam)('the most likely class is the default in both', ({ layer }) => ({ layer, normalize: 'minmax' })),
  'GuidedBackpropReLUModel': by(guidedBackprop)('', ({ t }) => ({ target: t })),
};
