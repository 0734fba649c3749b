import { ablationCam } from '../../../src/attribution/cam/ablationCam';
import type { CamOptions } from '../../../src/attribution/cam/camMethod';
import { eigenCam } from '../../../src/attribution/cam/eigenCam';
import { gradCam } from '../../../src/attribution/cam/gradCam';
import { gradCamPlusPlus } from '../../../src/attribution/cam/gradCamPlusPlus';
import { hiResCam } from '../../../src/attribution/cam/hiResCam';
import { layerCam } from '../../../src/attribution/cam/layerCam';
import { scoreCam } from '../../../src/attribution/cam/scoreCam';
import { xGradCam } from '../../../src/attribution/cam/xGradCam';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import type { OneMap } from '../../../src/attribution/method';
import type { Given } from '../../helpers/reference';
import { by, type Recipe, type Recipes, type Reproduced, times } from './recipe';

type Options = (given: Given) => OneMap<CamOptions>;
const raw: Options = ({ t, layer }) => ({ target: t, layer, relu: false, resize: false });
const rawEarly: Options = ({ t, early }) => ({ target: t, layer: early, relu: false, resize: false });
const scaled: Options = ({ t, layer }) => ({ target: t, layer, normalize: 'minmax' });

/** The three cases of a class activation map: on the grid of either layer before it is scaled, and the final one. */
const cases = (title: string, make: (says: string, options: Options) => Recipe, says = ''): Recipes => ({
  [`${title}, before scaling`]: make(`relu false, resize false${says}`, raw),
  [`${title} of the early layer, before scaling`]: make(`relu false, resize false${says}`, rawEarly),
  [title]: make(`normalize 'minmax': scaled before the resize (bilinear) and after it${says}`, scaled),
});

/** A map whose sign the peer leaves to chance. */
const likeSign = (title: string) => (map: Reproduced, { cases: all }: Given): Reproduced => {
  const theirs = all.find((each) => each.peer === 'grad-cam' && each.title === title)?.values as Float32Array;
  return times(map, Math.sign(map.values.reduce((sum, value, i) => sum + value * theirs[i], 0)));
};

const signless = (title: string, make: ReturnType<typeof by<CamOptions>>, says: string, options: Options): Recipes => ({
  [title]: make(`relu false, resize false${says}; the sign, which the peer leaves to chance, is matched in the test`, options, likeSign(title)),
});

const plusPlus = (says: string, options: Options): Recipe => by(gradCamPlusPlus)(says, (given) => ({ ...options(given), epsilon: 1e-6 }));

export const pytorchGradCam: Recipes = {
  ...cases('GradCAM', by(gradCam)),
  ...cases('GradCAMPlusPlus', plusPlus, "; epsilon 1e-6, alpha 'paper': as published, where tf-keras-vis makes the alphas add up to 1 and Xplique takes means"),
  ...cases('HiResCAM', by(hiResCam)),
  ...cases('LayerCAM', by(layerCam)),
  ...cases('XGradCAM', by(xGradCam)),
  ...cases('ScoreCAM', by(scoreCam), "; softmax over the channels is the default in both, tf-keras-vis takes the score itself"),
  ...cases('AblationCAM', by(ablationCam)),
  ...signless('EigenCAM, before scaling', by(eigenCam), '', raw),
  ...signless('EigenCAM of the early layer, before scaling', by(eigenCam), '', rawEarly),
  ...signless('GradCAM of the early layer, eigen_smooth, before scaling', by(gradCam), ", smooth 'eigen'", (given) => ({ ...rawEarly(given), smooth: 'eigen' })),
  ...signless('HiResCAM of the early layer, eigen_smooth, before scaling', by(hiResCam), ", smooth 'eigen'", (given) => ({ ...rawEarly(given), smooth: 'eigen' })),
  'GradCAM of two layers': by(gradCam)("combine 'mean', normalize 'minmax'", ({ t, layer, early }) => ({ target: t, layer: [early, layer], combine: 'mean', normalize: 'minmax' })),
  'LayerCAM of two layers': by(layerCam)("combine 'mean', normalize 'minmax'", ({ t, layer, early }) => ({ target: t, layer: [early, layer], combine: 'mean', normalize: 'minmax' })),
  'GradCAM, aug_smooth': by(gradCam)("augment, normalize 'minmax'", (given) => ({ ...scaled(given), augment: true })),
  'GradCAM of the top class': by(gradCam)('the most likely class is the default in both; our default layer is the last convolution after its activation', () => ({ normalize: 'minmax' })),
  'GuidedBackpropReLUModel': by(guidedBackprop)('', ({ t }) => ({ target: t })),
};
