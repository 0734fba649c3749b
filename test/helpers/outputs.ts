import { LayerOutput, LayerOutputs } from '../../src/features/layerOutputs';
import { plainImage } from './maps';

/** What a layer put out: these values, channels last, for a plain image of `side` pixels. */
export function outputOf(shape: readonly number[], values: ArrayLike<number>, { layer = 'conv', kind = 'Conv2D', side = 16, name = 'plain' } = {}): LayerOutput {
  const channels = Array.from({ length: shape.at(-1) as number }, (_, at) => at);
  return new LayerOutput(layer, kind, shape, Float32Array.from(values), plainImage(side, side, undefined, name), 'toy', channels);
}

/** The same with a value worked out for each row, column and channel. */
export function outputFrom([height, width, depth]: readonly [number, number, number], value: (row: number, column: number, channel: number) => number, more?: Parameters<typeof outputOf>[2]): LayerOutput {
  const values = Float32Array.from({ length: height * width * depth }, (_, at) => value(Math.floor(at / depth / width), Math.floor(at / depth) % width, at % depth));
  return outputOf([height, width, depth], values, more);
}

/** Outputs of several layers for the image of the first. */
export const outputsOf = (items: LayerOutput[]): LayerOutputs => new LayerOutputs(items, items[0]?.image ?? plainImage(16, 16), 'toy');
