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

/** How many numbers of maps may travel: more would be too large for a notebook. */
const mostNumbers = 160_000;

/** Of a large map only as many input channels are shown as there is room for. The colours of an image take half the room, and are always shown. */
export function fitting(data: StepperData): StepperData {
  const { arithmetic: work, inputs } = data.layer;
  if (work.kind !== 'convolution' || inputs[0] === 'input') return data;
  const room = mostNumbers - work.rest.length - work.result.length;
  return reduceStepper(data, Math.min(1, room / work.parts.reduce((sum, { map }) => sum + map.length, 0)));
}

/** The same with fewer input channels shown one by one; the others join the rest. */
export function reduceStepper(data: StepperData, detail: number): StepperData {
  const { arithmetic } = data.layer;
  if (arithmetic.kind !== 'convolution') return data;
  const kept = Math.max(1, Math.floor(arithmetic.parts.length * detail));
  if (kept === arithmetic.parts.length) return data;
  return { ...data, layer: { ...data.layer, arithmetic: withParts(arithmetic, kept) } };
}

function withParts(layer: Convolution, count: number): Convolution {
  const rest = Float32Array.from(layer.rest);
  for (const { map, weights } of layer.parts.slice(count)) contribution(layer, map, weights).forEach((value, at) => (rest[at] += value));
  return { ...layer, parts: layer.parts.slice(0, count), rest };
}
