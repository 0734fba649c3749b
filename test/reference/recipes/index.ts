import { gradCam } from '../../../src/attribution/cam/gradCam';
import { saliency } from '../../../src/attribution/gradient/saliency';
import { captum } from './captum';
import { pytorchGradCam } from './gradCam';
import { by, type Recipe, type Recipes } from './recipe';
import { withDraws } from './smooth';
import { tfKerasVis } from './tfKerasVis';

const peers: Record<string, Recipes> = { captum, 'grad-cam': pytorchGradCam, 'tf-keras-vis': tfKerasVis };

const plainGradient = by(saliency)('', ({ t }) => ({ target: t, channels: 'keep', abs: false }));
const passedBy = (why: string): Recipe => ({ ...plainGradient, says: `channels 'keep', abs false: the peer passes by ${why} and gives the plain gradient` });

const convolutionAlone = (layer: string): Recipe => by(gradCam)(`layer ${JSON.stringify(layer)}: tf-keras-vis's default is the convolution itself, ours what follows it up to the activation`, () => ({ layer, resize: false }));
const defaultLayer = "tf-keras-vis Gradcam of its default layer, raw on the layer's grid";

const productOfPlain = (resize: 'nearest' | 'bilinear'): Recipe => ({
  method: 'saliency x gradCam',
  says: `resize '${resize}', multiplied in the test: the peer passes by ReLU6 and multiplies the plain gradient`,
  async run(given) {
    const grad = await plainGradient.run(given);
    const { values } = await gradCam(given.model, given.x, { target: given.t, layer: given.layer, resize });
    return { ...grad, values: grad.values.map((value, i) => value * values[Math.floor(i / grad.shape[2])]) };
  },
});

/** Where a peer does not see the ReLUs of a network, or looks at another layer. */
const exceptions: Record<string, Recipes> = {
  depthwise: {
    'captum GuidedBackprop': passedBy('ReLU6'),
    'captum Deconvolution': passedBy('ReLU6'),
    'captum GuidedGradCam': productOfPlain('nearest'),
    'captum GuidedGradCam, bilinear': productOfPlain('bilinear'),
    'captum NeuronGuidedBackprop': { ...by(saliency)('', ({ neuron }) => ({ target: neuron, channels: 'keep', abs: false })), says: passedBy('ReLU6').says },
    'captum NoiseTunnel of GuidedBackprop, smoothgrad': { ...withDraws('', ({ t }) => ({ target: t, noise: 0.2, channels: 'keep', abs: false })), says: passedBy('ReLU6').says },
    'grad-cam GuidedBackpropReLUModel': passedBy('ReLU6'),
    'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU'),
    [defaultLayer]: convolutionAlone('block2_pw'),
  },
  residual: { 'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU'), [defaultLayer]: convolutionAlone('block2_b') },
};

/** How convlens comes to the numbers of a case; undefined where it does not. */
export const recipeFor = (network: string, peer: string, title: string): Recipe | undefined => exceptions[network]?.[`${peer} ${title}`] ?? peers[peer]?.[title];

/** Every title that has a recipe, by peer. */
export const recipeTitles: string[] = Object.entries(peers).flatMap(([peer, recipes]) => Object.keys(recipes).map((title) => `${peer} ${title}`));
