import { gradCam } from '../../../src/attribution/cam/gradCam';
import { deconvnet } from '../../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../../src/attribution/gradient/inputXGradient';
import { saliency } from '../../../src/attribution/gradient/saliency';
import { occlusion } from '../../../src/attribution/perturbation/occlusion';
import { layerOutputs } from '../../../src/features/layerOutputs';
import type { Given } from '../../helpers/reference';
import { by, type Recipe, type Recipes } from './recipe';

const signed = { channels: 'keep', abs: false } as const;

const activation: Recipe = {
  method: 'layerOutputs',
  says: '',
  run: async ({ model, x, layer }) => [...(await layerOutputs(model, x, { layers: [layer] }))][0],
};

const colourOf = ({ colour }: Given): number | [number, number, number] => (colour.length === 1 ? colour[0] : (colour as [number, number, number]));

export const captum: Recipes = {
  'Saliency': by(saliency)("channels 'keep': Captum keeps the channels and its plot sums them, tf-keras-vis takes the largest", ({ t }) => ({ target: t, channels: 'keep' })),
  'Saliency, signed': by(saliency)('abs false', ({ t }) => ({ target: t, ...signed })),
  'Saliency of the other class': by(saliency)('abs false', ({ u }) => ({ target: u, ...signed })),
  'Saliency of the probability': by(saliency)("score 'probability'", ({ t }) => ({ target: t, score: 'probability', ...signed })),
  'Saliency of a contrast': by(saliency)('target { contrast: [a, b] }', ({ t, u }) => ({ target: { contrast: [t, u] }, ...signed })),
  'InputXGradient': by(inputXGradient)('', ({ t }) => ({ target: t, ...signed })),
  'GuidedBackprop': by(guidedBackprop)('', ({ t }) => ({ target: t })),
  'Deconvolution': by(deconvnet)('', ({ t }) => ({ target: t })),
  'GuidedBackprop, ReLU6 made a ReLU': by(guidedBackprop)('nothing passes back where the 6 is reached', ({ t }) => ({ target: t })),
  'Deconvolution, ReLU6 made a ReLU': by(deconvnet)('what is positive passes back whatever the input was, above 6 too', ({ t }) => ({ target: t })),
  'LayerActivation': activation,
  'LayerGradientXActivation': by(inputXGradient)('layer', ({ t, layer }) => ({ target: t, layer, ...signed })),
  'LayerGradCam': by(gradCam)('relu false, resize false: Captum keeps negative evidence and the layer’s grid, the others cut it off', ({ t, layer }) => ({ target: t, layer, relu: false, resize: false })),
  'LayerGradCam, relu': by(gradCam)('resize false', ({ t, layer }) => ({ target: t, layer, resize: false })),
  'LayerGradCam of the early layer': by(gradCam)('layer, relu false, resize false', ({ t, early }) => ({ target: t, layer: early, relu: false, resize: false })),
  'LayerGradCam, interpolated nearest': by(gradCam)("resize 'nearest': Captum's default", ({ t, layer }) => ({ target: t, layer, relu: false, resize: 'nearest' })),
  'LayerGradCam, interpolated bilinear': by(gradCam)("resize 'bilinear'", ({ t, layer }) => ({ target: t, layer, relu: false, resize: 'bilinear' })),
  'NeuronGradient': by(saliency)('target { layer, channel, at }', ({ neuron }) => ({ target: neuron, ...signed })),
  'NeuronGradient of a channel': by(saliency)('target { layer, channel }: the mean of its cells', ({ neuron: { layer, channel } }) => ({ target: { layer, channel }, ...signed })),
  'NeuronGuidedBackprop': by(guidedBackprop)('target { layer, channel, at }', ({ neuron }) => ({ target: neuron })),
  'Occlusion 4 / 2': by(occlusion)('fill 0: the mean over the covering windows, as Captum; Xplique and PAIR sum them', ({ t }) => ({ target: t, patch: 4, stride: 2, fill: 0 })),
  'Occlusion 5 x 3 / 3 x 2, one value a channel': by(occlusion)('fill [r, g, b]', (given) => ({ target: given.t, patch: [5, 3], stride: [3, 2], fill: colourOf(given) })),
  'Occlusion 7 / 5, which does not fit': by(occlusion)('the last window is cropped at the edge', ({ t }) => ({ target: t, patch: 7, stride: 5, fill: 0 })),
  'Occlusion of the probability': by(occlusion)("score 'probability'", ({ t }) => ({ target: t, score: 'probability', patch: 6, stride: 6, fill: 0 })),
};
