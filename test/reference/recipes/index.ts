import { saliency } from '../../../src/attribution/gradient/saliency';
import { captum } from './captum';
import { pytorchGradCam } from './gradCam';
import { by, type Recipe, type Recipes } from './recipe';
import { tfKerasVis } from './tfKerasVis';

const peers: Record<string, Recipes> = { captum, 'grad-cam': pytorchGradCam, 'tf-keras-vis': tfKerasVis };

const plainGradient = by(saliency)('', ({ t }) => ({ target: t, channels: 'keep', abs: false }));
const passedBy = (why: string): Recipe => ({ ...plainGradient, says: `channels 'keep', abs false: the peer passes by ${why} and gives the plain gradient` });

/** Where a peer's rule does not see the ReLUs of a network. */
const exceptions: Record<string, Recipes> = {
  depthwise: {
    'captum GuidedBackprop': passedBy('ReLU6'),
    'captum Deconvolution': passedBy('ReLU6'),
    'captum NeuronGuidedBackprop': { ...by(saliency)('', ({ neuron }) => ({ target: neuron, channels: 'keep', abs: false })), says: passedBy('ReLU6').says },
    'grad-cam GuidedBackpropReLUModel': passedBy('ReLU6'),
    'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU'),
  },
  residual: { 'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU') },
};

/** How convlens comes to the numbers of a case; undefined where it does not. */
export const recipeFor = (network: string, peer: string, title: string): Recipe | undefined => exceptions[network]?.[`${peer} ${title}`] ?? peers[peer]?.[title];

/** Every title that has a recipe, by peer. */
export const recipeTitles: string[] = Object.entries(peers).flatMap(([peer, recipes]) => Object.keys(recipes).map((title) => `${peer} ${title}`));
