import { type Applied, applyStages, type Stage } from './stage';
import { type Place, placesOf, spacing, type Window } from './window';

/** One output channel of a convolution, with all that is needed to work out any of its cells. */
export interface Convolution extends Window {
  kind: 'convolution';
  /** The input channels that are shown one by one: those that contribute most over the whole map. */
  parts: readonly Part[];
  /** How many input channels it reads in all. */
  channels: number;
  /** For each output cell, what the channels that are not shown contribute together. */
  rest: Float32Array;
  /** 0 for a layer without one. */
  bias: number;
  stages: readonly Stage[];
  /** What the network itself puts out after the last stage. */
  result: Float32Array;
}

/** An input channel and the slice of the kernel that lies on it. */
export interface Part {
  channel: number;
  map: Float32Array;
  weights: readonly number[];
}

/** An input value under the kernel times its weight. */
export interface Tap extends Place {
  /** 0 in the padding. */
  value: number;
  weight: number;
  product: number;
}

export interface ConvolutionWork {
  parts: { channel: number; taps: Tap[]; sum: number }[];
  rest: number;
  /** All channels and the bias. */
  sum: number;
  stages: Applied[];
  output: number;
}

/** The arithmetic of one cell. */
export function convolve(layer: Convolution, at: number): ConvolutionWork {
  const places = placesOf(layer, at);
  const parts = layer.parts.map(({ channel, map, weights }) => {
    const taps = places.map((place, tap): Tap => {
      const value = place.cell === undefined ? 0 : map[place.cell];
      return { ...place, value, weight: weights[tap], product: value * weights[tap] };
    });
    return { channel, taps, sum: taps.reduce((sum, { product }) => sum + product, 0) };
  });
  const rest = layer.rest[at];
  const sum = parts.reduce((total, part) => total + part.sum, 0) + rest + layer.bias;
  const stages = applyStages(layer.stages, sum, at);
  return { parts, rest, sum, stages, output: stages.at(-1)?.output ?? sum };
}

/** What one input channel contributes to each output cell. */
export function contribution({ input, output, slides, size }: Window, map: ArrayLike<number>, weights: readonly number[]): Float32Array {
  const out = new Float32Array(output[0] * output[1]);
  const [down, across] = [spacing(slides[0], size[0]), spacing(slides[1], size[1])];
  weights.forEach((weight, tap) => {
    const top = Math.floor(tap / size[1]) * down - slides[0].before;
    const left = (tap % size[1]) * across - slides[1].before;
    for (let at = 0, y = 0; y < output[0]; y++) {
      const row = y * slides[0].stride + top;
      for (let x = 0; x < output[1]; x++, at++) {
        const column = x * slides[1].stride + left;
        if (row >= 0 && row < input[0] && column >= 0 && column < input[1]) out[at] += weight * map[row * input[1] + column];
      }
    }
  });
  return out;
}
