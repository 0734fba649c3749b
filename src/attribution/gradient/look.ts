import { oneOf, truth } from '../../check';
import type { Classifier } from '../../model/classifier';
import { type Channels, channelModes, reduceChannels } from '../channels';
import type { Found } from '../method';
import type { Site } from '../site';
import type { GradientOptions, GradientSpec } from './gradientMethod';

/** How a map's channels are shown. */
export interface Look {
  channels: Channels;
  abs: boolean;
  unit: string;
}

export function lookOf(spec: Pick<GradientSpec, 'channels' | 'abs' | 'unit'>, options: Pick<GradientOptions, 'channels' | 'abs'>): Look {
  const abs = truth('abs', options.abs ?? spec.abs);
  return { channels: oneOf('channels', options.channels ?? spec.channels, channelModes), abs, unit: spec.unit(abs) };
}

/** Whether the map of a difference of gradients, one value to a cell, is the difference of their maps. */
export const isLinear = ({ channels, abs }: Look): boolean => !abs && (channels === 'sum' || channels === 'mean');

/** The map of one row of attributions. */
export function foundOf(raw: Float32Array, shape: readonly number[], model: Classifier, site: Site, { channels, abs, unit }: Look, about?: Record<string, unknown>): Found {
  const [height, width, depth] = gridOf(shape);
  const keep = channels === 'keep';
  const colour = keep && depth === 3 && site.layer === undefined;
  return {
    values: reduceChannels(raw, depth, channels, abs),
    shape: keep ? [height, width, depth] : [height, width],
    channelOrder: colour ? (model.preprocess === 'caffe' ? 'bgr' : 'rgb') : undefined,
    grain: site.layer === undefined ? 'fine' : 'coarse',
    layer: site.layer,
    signed: !abs,
    unit,
    options: { channels, abs, ...about },
    note: raw.every((value) => value === 0) ? 'the gradient is 0 everywhere: the score does not change with the input here' : undefined,
  };
}

/** A dense layer's units are a row of cells. */
const gridOf = (shape: readonly number[]): [number, number, number] => (shape.length === 3 ? [shape[0], shape[1], shape[2]] : [1, shape.reduce((a, b) => a * b, 1), 1]);
