import { cam } from '../../../src/attribution/cam/cam';
import { gradCam } from '../../../src/attribution/cam/gradCam';
import { deconvnet } from '../../../src/attribution/gradient/deconvnet';
import { guidedBackprop } from '../../../src/attribution/gradient/guidedBackprop';
import { guidedGradCam } from '../../../src/attribution/gradient/guidedGradCam';
import { inputXGradient } from '../../../src/attribution/gradient/inputXGradient';
import { integratedGradients, type IntegratedGradientsOptions } from '../../../src/attribution/gradient/integratedGradients';
import type { Completeness } from '../../../src/attribution/gradient/pathIntegral';
import { saliency } from '../../../src/attribution/gradient/saliency';
import type { SmoothGradOptions } from '../../../src/attribution/gradient/smoothGrad';
import type { OneMap } from '../../../src/attribution/method';
import { occlusion } from '../../../src/attribution/perturbation/occlusion';
import { layerOutputs } from '../../../src/features/layerOutputs';
import type { Given } from '../../helpers/reference';
import { by, type Recipe, type Recipes, type Reproduced, times } from './recipe';
import { withDraws } from './smooth';

const signed = { channels: 'keep', abs: false } as const;

const activation: Recipe = {
  method: 'layerOutputs',
  says: '',
  run: async ({ model, x, layer }) => [...(await layerOutputs(model, x, { layers: [layer] }))][0],
};

const colourOf = ({ colour }: Given): number | [number, number, number] => (colour.length === 1 ? colour[0] : (colour as [number, number, number]));

const withDelta = (factor = 1) => (map: Reproduced): Reproduced => {
  const { sum, expected } = map.options?.completeness as Completeness;
  return { ...times(map, factor), delta: factor * sum - expected };
};

const integrated = (says: string, options: Pick<IntegratedGradientsOptions, 'steps' | 'quadrature'>, factor = 1): Recipe =>
  by(integratedGradients)(says, ({ t }) => ({ target: t, channels: 'keep', baseline: 0, ...options }), withDelta(factor));

const smooth = (says: string, options: Pick<OneMap<SmoothGradOptions>, 'method' | 'form' | 'abs'>): Recipe =>
  withDraws(says, ({ t }) => ({ target: t, channels: 'keep', noise: 0.2, ...options }));

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
  'IntegratedGradients, Gauss-Legendre': integrated("quadrature 'gauss-legendre' is the default in both", { steps: 20 }),
  'IntegratedGradients, baseline': by(integratedGradients)('baseline: a tensor', ({ t, base }) => ({ target: t, channels: 'keep', steps: 20, baseline: base }), withDelta()),
  'IntegratedGradients, not multiplied': by(integratedGradients)('multiply false', ({ t }) => ({ target: t, channels: 'keep', steps: 20, multiply: false })),
  'IntegratedGradients, trapezoid': integrated(
    "quadrature 'trapezoid' times 0.9 in the test: Captum's weights add up to (steps - 1) / steps, Xplique's and ours to 1",
    { steps: 10, quadrature: 'trapezoid' },
    0.9,
  ),
  'IntegratedGradients, left': integrated("quadrature 'left'", { steps: 10, quadrature: 'left' }),
  'IntegratedGradients, right': integrated("quadrature 'right', as Zennit", { steps: 10, quadrature: 'right' }),
  'IntegratedGradients, middle': integrated("quadrature 'middle'", { steps: 10, quadrature: 'middle' }),
  'NoiseTunnel of Saliency, smoothgrad': smooth("form 'absolute': Captum and tf-keras-vis take |g| before the mean, the paper and Xplique the signed mean", { form: 'absolute' }),
  'NoiseTunnel of Saliency, vargrad': {
    ...smooth("form 'squared' minus the square of form 'absolute': no option of ours is the variance of |g|", {}),
    run: async (given) => {
      const squared = await smooth('', { form: 'squared' }).run(given);
      const absolute = await smooth('', { form: 'absolute' }).run(given);
      return { ...squared, values: squared.values.map((value, i) => value - absolute.values[i] ** 2) };
    },
  },
  'NoiseTunnel of the signed gradient, smoothgrad': smooth("form 'signed', abs false", { form: 'signed', abs: false }),
  'NoiseTunnel of the signed gradient, smoothgrad_sq': smooth("form 'squared', PAIR's default", { form: 'squared' }),
  'NoiseTunnel of the signed gradient, vargrad': smooth("form 'variance'", { form: 'variance' }),
  'NoiseTunnel of GuidedBackprop, smoothgrad': smooth('method cl.guidedBackprop', { method: guidedBackprop }),
  'LayerIntegratedGradients': by(integratedGradients)('layer', ({ t, layer }) => ({ target: t, layer, channels: 'keep', steps: 20, baseline: 0 })),
  'NeuronIntegratedGradients': by(integratedGradients)('target { layer, channel, at }', ({ neuron }) => ({ target: neuron, channels: 'keep', steps: 20, baseline: 0 })),
  'LayerActivation': activation,
  'LayerGradientXActivation': by(inputXGradient)('layer', ({ t, layer }) => ({ target: t, layer, ...signed })),
  'LayerGradientXActivation of the early layer': by(inputXGradient)('layer', ({ t, early }) => ({ target: t, layer: early, ...signed })),
  'LayerGradCam': by(gradCam)("relu false, resize false: Captum keeps negative evidence and the grid, the other peers cut it off", ({ t, layer }) => ({ target: t, layer, relu: false, resize: false })),
  'LayerGradCam of the other class': by(gradCam)('relu false, resize false', ({ u, layer }) => ({ target: u, layer, relu: false, resize: false })),
  'LayerGradCam before global pooling': by(cam)(
    'relu false, resize false, divided by the number of cells in the test',
    ({ t }) => ({ target: t, relu: false, resize: false }),
    (map) => times(map, 1 / map.values.length),
  ),
  'LayerGradCam, relu': by(gradCam)('resize false', ({ t, layer }) => ({ target: t, layer, resize: false })),
  'LayerGradCam of the early layer': by(gradCam)('layer, relu false, resize false', ({ t, early }) => ({ target: t, layer: early, relu: false, resize: false })),
  'LayerGradCam, interpolated nearest': by(gradCam)("resize 'nearest': Captum's default", ({ t, layer }) => ({ target: t, layer, relu: false, resize: 'nearest' })),
  'LayerGradCam, interpolated bilinear': by(gradCam)("resize 'bilinear'", ({ t, layer }) => ({ target: t, layer, relu: false, resize: 'bilinear' })),
  'GuidedGradCam': by(guidedGradCam)("resize 'nearest': Captum's default", ({ t, layer }) => ({ target: t, layer, resize: 'nearest' })),
  'GuidedGradCam, bilinear': by(guidedGradCam)("resize 'bilinear', our default", ({ t, layer }) => ({ target: t, layer })),
  'NeuronGradient': by(saliency)('target { layer, channel, at }', ({ neuron }) => ({ target: neuron, ...signed })),
  'NeuronGradient of a channel': by(saliency)('target { layer, channel }: the mean of its cells', ({ neuron: { layer, channel } }) => ({ target: { layer, channel }, ...signed })),
  'NeuronGuidedBackprop': by(guidedBackprop)('target { layer, channel, at }', ({ neuron }) => ({ target: neuron })),
  'Occlusion 4 / 2': by(occlusion)('fill 0: the mean over the covering windows, as Captum; Xplique and PAIR sum them', ({ t }) => ({ target: t, patch: 4, stride: 2, fill: 0 })),
  'Occlusion 5 x 3 / 3 x 2, one value a channel': by(occlusion)('fill [r, g, b]', (given) => ({ target: given.t, patch: [5, 3], stride: [3, 2], fill: colourOf(given) })),
  'Occlusion 7 / 5, which does not fit': by(occlusion)('the last window is cropped at the edge', ({ t }) => ({ target: t, patch: 7, stride: 5, fill: 0 })),
  'Occlusion of the probability': by(occlusion)("score 'probability'", ({ t }) => ({ target: t, score: 'probability', patch: 6, stride: 6, fill: 0 })),
};
