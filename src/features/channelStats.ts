import type { LayerOutput } from './layerOutputs';

/** What the values of each kept channel of a layer come to, over all positions. Values that are no finite number are left out. */
export interface ChannelStats {
  mean: Float64Array;
  min: Float64Array;
  max: Float64Array;
  /** Mean squared distance from the mean. */
  variance: Float64Array;
  /** Share of the values that are exactly 0. */
  zeros: Float64Array;
  /** Places (among the kept channels) of those that are 0 everywhere for this image. */
  dead: number[];
  /** How many values are NaN or infinite. */
  broken: number;
}

/** Mean, lowest, greatest, variance and share of zeros of each channel. A layer without a grid has one value to a channel. */
export function channelStats({ values, channels }: LayerOutput): ChannelStats {
  const depth = channels.length;
  const column = (start: number): Float64Array => new Float64Array(depth).fill(start);
  const [mean, variance, zeros, count] = [column(0), column(0), column(0), column(0)];
  const [min, max] = [column(Infinity), column(-Infinity)];
  for (let at = 0, channel = 0; at < values.length; at++, channel = channel + 1 === depth ? 0 : channel + 1) {
    const value = values[at];
    if (!Number.isFinite(value)) continue;
    count[channel]++;
    mean[channel] += value;
    if (value === 0) zeros[channel]++;
    if (value < min[channel]) min[channel] = value;
    if (value > max[channel]) max[channel] = value;
  }
  for (let channel = 0; channel < depth; channel++) mean[channel] /= count[channel] || 1;
  // A second round, for sum of squares minus square of the sum loses a small variance beside a great mean.
  for (let at = 0, channel = 0; at < values.length; at++, channel = channel + 1 === depth ? 0 : channel + 1) {
    if (Number.isFinite(values[at])) variance[channel] += (values[at] - mean[channel]) ** 2;
  }
  const dead: number[] = [];
  for (let channel = 0; channel < depth; channel++) {
    const counted = count[channel];
    if (counted && zeros[channel] === values.length / depth) dead.push(channel);
    variance[channel] /= counted || 1;
    zeros[channel] /= counted || 1;
    if (!counted) min[channel] = max[channel] = NaN;
  }
  return { mean, min, max, variance, zeros, dead, broken: values.length - count.reduce((a, b) => a + b, 0) };
}
