import { ablationCam } from '../../attribution/cam/ablationCam';
import { eigenCam } from '../../attribution/cam/eigenCam';
import { gradCam } from '../../attribution/cam/gradCam';
import { gradCamPlusPlus } from '../../attribution/cam/gradCamPlusPlus';
import { hiResCam } from '../../attribution/cam/hiResCam';
import { layerCam } from '../../attribution/cam/layerCam';
import { scoreCam } from '../../attribution/cam/scoreCam';
import { xGradCam } from '../../attribution/cam/xGradCam';
import { deconvnet } from '../../attribution/gradient/deconvnet';
import { guidedBackprop } from '../../attribution/gradient/guidedBackprop';
import { guidedGradCam } from '../../attribution/gradient/guidedGradCam';
import { inputXGradient } from '../../attribution/gradient/inputXGradient';
import { integratedGradients } from '../../attribution/gradient/integratedGradients';
import { saliency } from '../../attribution/gradient/saliency';
import { smoothGrad } from '../../attribution/gradient/smoothGrad';
import { occlusion } from '../../attribution/perturbation/occlusion';
import { rise } from '../../attribution/perturbation/rise';
import type { Explainer } from '../explainers';

/** Every attribution method at its defaults, but for fewer steps, samples and masks where hundreds of scenes would take an hour. */
export const usualMethods: readonly Explainer[] = [
  gradCam,
  gradCamPlusPlus,
  hiResCam,
  layerCam,
  xGradCam,
  eigenCam,
  scoreCam,
  ablationCam,
  saliency,
  inputXGradient,
  (model, image, options) => integratedGradients(model, image, { ...options, steps: 16 }),
  (model, image, options) => smoothGrad(model, image, { ...options, samples: 16 }),
  guidedBackprop,
  deconvnet,
  guidedGradCam,
  occlusion,
  (model, image, options) => rise(model, image, { ...options, masks: 300 }),
];
