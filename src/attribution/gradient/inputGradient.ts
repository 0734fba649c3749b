import type { ReluRule } from '../../kernels/op';
import { gradient } from '../../model/run';
import { oneOf, shown } from '../../check';
import { type Channels, channelModes, reduceChannels } from '../channels';
import type { Found, Subject, TargetOptions } from '../explain';

/** Options of the methods that differentiate with respect to the input. */
export interface GradientOptions extends TargetOptions {
  /** How the colour channels become one value a pixel: `'max'` (the one of largest magnitude), `'mean'`, `'sum'`, or `'keep'` for all of them. */
  channels?: Channels;
  /** Takes absolute values, so that the map says how much and not in which direction. */
  abs?: boolean;
}

export const gradientOptions = ['channels', 'abs'] as const;

/** The gradient of the explained score with respect to the network's input, channels reduced. */
export function inputGradient({ model, x, aim }: Subject, rule: ReluRule, channels: Channels, abs: boolean): Pick<Found, 'values' | 'shape' | 'channelOrder' | 'grain' | 'signed' | 'options' | 'note'> {
  oneOf('channels', channels, channelModes);
  if (typeof abs !== 'boolean') throw new TypeError(`abs must be true or false, got ${shown(abs)}`);
  const { graph, head } = model;
  const { grad } = gradient(graph, x, { of: head.logits, wrt: graph.input, seed: (logits) => aim.gradient(logits), rule });
  const raw = grad.dataSync() as Float32Array;
  grad.dispose();
  const [height, width, depth] = model.inputShape;
  return {
    values: reduceChannels(raw, depth, channels, abs),
    shape: channels === 'keep' ? [height, width, depth] : [height, width],
    channelOrder: channels === 'keep' && depth === 3 ? (model.preprocess === 'caffe' ? 'bgr' : 'rgb') : undefined,
    grain: 'fine',
    signed: !abs,
    options: { channels, abs },
    note: raw.every((value) => value === 0) ? 'the gradient is 0 everywhere: the score does not change with the input here' : undefined,
  };
}
