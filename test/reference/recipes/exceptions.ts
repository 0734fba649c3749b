import { gradCam } from '../../../src/attribution/cam/gradCam';
import { saliency } from '../../../src/attribution/gradient/saliency';
import { by, type Recipe, type Recipes } from './recipe';
import { withDraws } from './smooth';

const plainGradient = by(saliency)('', ({ t }) => ({ target: t, channels: 'keep', abs: false }));
const passedBy = (what: string, recipe = plainGradient): Recipe => ({ ...recipe, says: `channels 'keep', abs false: the peer passes by ${what} and gives the plain gradient` });

const convolutionAlone = (layer: string): Recipe =>
  by(gradCam)(`layer ${JSON.stringify(layer)}: tf-keras-vis's default is the convolution itself, ours what follows it up to the activation`, () => ({ layer, resize: false }));

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

/** Recipes of single networks, by peer and title: where a peer does not see the ReLUs of a network, or looks at another layer. */
export const exceptions: Record<string, Recipes> = {
  depthwise: {
    'captum GuidedBackprop': passedBy('ReLU6'),
    'captum Deconvolution': passedBy('ReLU6'),
    'captum GuidedGradCam': productOfPlain('nearest'),
    'captum GuidedGradCam, bilinear': productOfPlain('bilinear'),
    'captum NeuronGuidedBackprop': passedBy('ReLU6', by(saliency)('', ({ neuron }) => ({ target: neuron, channels: 'keep', abs: false }))),
    'captum NoiseTunnel of GuidedBackprop, smoothgrad': passedBy('ReLU6', withDraws('', ({ t }) => ({ target: t, noise: 0.2, channels: 'keep', abs: false }))),
    'grad-cam GuidedBackpropReLUModel': passedBy('ReLU6'),
    'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU'),
    [defaultLayer]: convolutionAlone('block2_pw'),
  },
  residual: { 'tf-keras-vis Saliency, guided, raw': passedBy('layers of class ReLU'), [defaultLayer]: convolutionAlone('block2_b') },
};
