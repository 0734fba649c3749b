import * as tf from '@tensorflow/tfjs';
import type { Graph, Step } from '../../model/graph';
import { type Convolution, contribution, type Part } from './convolution';
import { channelMap, gridOf, type Site, slidesOf, type Values } from './site';
import type { Window } from './window';

/** Numbers that are shown of one kernel: a 3 x 3 kernel on three channels, a 1 x 1 kernel on eight. */
const shownWeights = 27;

/** The arithmetic of one output channel of a convolution, its input channels sorted by what they contribute to the whole map. */
export function convolutionOf({ model, step, channel, inputs: [input], stages, result }: Site): Convolution {
  const { kernel, bias, size } = kernelOf(step, channel);
  const { values, window } = unpadded(model.graph, step, input);
  const over: Window = { ...window, output: gridOf(result), size };
  const all = kernel.map(({ channel: from, weights }) => {
    const part: Part = { channel: from, map: channelMap(values, from), weights };
    const out = contribution(over, part.map, weights);
    return { part, out, mean: out.reduce((sum, value) => sum + Math.abs(value), 0) / out.length };
  });
  const count = Math.min(8, Math.max(2, Math.floor(shownWeights / (size[0] * size[1]))));
  const order = [...all].sort((a, b) => b.mean - a.mean);
  // One channel more is shown rather than be called the rest.
  const kept = order.slice(0, all.length === count + 1 ? count + 1 : count);
  const rest = new Float32Array(over.output[0] * over.output[1]);
  for (const { out } of order.slice(kept.length)) out.forEach((value, at) => (rest[at] += value));
  return { kind: 'convolution', ...over, parts: kept.map(({ part }) => part), channels: all.length, rest, bias, stages, result: channelMap(result, channel) };
}

interface Kernel {
  /** The slice of the kernel on each input channel that the output channel reads. */
  kernel: { channel: number; weights: number[] }[];
  bias: number;
  size: [rows: number, columns: number];
}

function kernelOf({ kind, source }: Step, channel: number): Kernel {
  const weights = source.getWeights();
  const [first] = weights;
  const [rows, columns, depth, multiplier] = first.shape as [number, number, number, number];
  const values = first.dataSync();
  const taps = [...Array(rows * columns).keys()];
  const biasOf = (bias: tf.Tensor | undefined): number => bias?.dataSync()[channel] ?? 0;
  const slice = (from: number, to: number): number[] => taps.map((tap) => values[(tap * depth + from) * multiplier + to]);
  const channels = [...Array(depth).keys()];
  if (kind === 'DepthwiseConv2D') {
    const from = Math.floor(channel / multiplier);
    return { kernel: [{ channel: from, weights: slice(from, channel % multiplier) }], bias: biasOf(weights[1]), size: [rows, columns] };
  }
  if (kind === 'SeparableConv2D') {
    // Nothing happens between its two convolutions: their kernels multiply to one.
    const mix = weights[1].dataSync();
    const filters = weights[1].shape[3] as number;
    const mixed = (from: number): number[] => taps.map((_, tap) => Array.from({ length: multiplier }, (_, m) => slice(from, m)[tap] * mix[(from * multiplier + m) * filters + channel]).reduce((a, b) => a + b, 0));
    return { kernel: channels.map((from) => ({ channel: from, weights: mixed(from) })), bias: biasOf(weights[2]), size: [rows, columns] };
  }
  return { kernel: channels.map((from) => ({ channel: from, weights: slice(from, channel) })), bias: biasOf(weights[1]), size: [rows, columns] };
}

/** What the convolution reads, and how it moves over it. The zeros of a padding layer before it count as its own padding. */
function unpadded(graph: Graph, step: Step, input: Values): { values: Values; window: Pick<Window, 'input' | 'slides'> } {
  const grid = gridOf(input);
  const slides = slidesOf(step, grid);
  const pad = graph.steps.find(({ kind, outputs }) => kind === 'ZeroPadding2D' && outputs.includes(step.inputs[0]));
  if (!pad) return { values: input, window: { input: grid, slides } };
  const [[top, bottom], [left, right]] = (pad.source.getConfig() as { padding: [[number, number], [number, number]] }).padding;
  const [rows, columns] = [grid[0] - top - bottom, grid[1] - left - right];
  const depth = input.shape[2];
  const data = new Float32Array(rows * columns * depth);
  for (let row = 0; row < rows; row++) {
    const from = ((row + top) * grid[1] + left) * depth;
    data.set(input.data.subarray(from, from + columns * depth), row * columns * depth);
  }
  return {
    values: { shape: [rows, columns, depth], data },
    window: { input: [rows, columns], slides: [{ ...slides[0], before: slides[0].before + top }, { ...slides[1], before: slides[1].before + left }] },
  };
}
