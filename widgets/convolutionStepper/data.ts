import { type Convolution, contribution } from '../../src/features/arithmetic/convolution';
import type { LayerArithmetic } from '../../src/features/arithmetic/layerArithmetic';

/** What the widget shows. */
export interface StepperData {
  model: string;
  /** The picture's name. */
  image: string;
  layer: LayerArithmetic;
  /** What the channels of the layer's input are called, where they have names: R, G, B. */
  names?: readonly string[];
  /** The cell, or the place in the list of units, that is shown first. */
  first: number;
}

/** The same with fewer input channels shown one by one; the others join the rest. */
export function reduceStepper(data: StepperData, detail: number): StepperData {
  const { arithmetic } = data.layer;
  if (arithmetic.kind !== 'convolution') return data;
  const kept = Math.max(1, Math.floor(arithmetic.parts.length * detail));
  return { ...data, layer: { ...data.layer, arithmetic: withParts(arithmetic, kept) } };
}

function withParts(layer: Convolution, count: number): Convolution {
  const rest = Float32Array.from(layer.rest);
  for (const { map, weights } of layer.parts.slice(count)) contribution(layer, map, weights).forEach((value, at) => (rest[at] += value));
  return { ...layer, parts: layer.parts.slice(0, count), rest };
}
