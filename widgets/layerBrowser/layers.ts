import { channelStats, type ChannelStats } from '../../src/features/channelStats';
import type { LayerOutput } from '../../src/features/layerOutputs';
import { layoutLikeness, layoutTolerance, textureEvenness, textureLikeness } from '../../src/features/textureLayout';
import { type Range, valueRange } from '../../src/figure/normalize';
import { shrink } from '../../src/image/shrink';
import { encodeMaps } from './codes';
import type { BrowserLayer, ImageMaps } from './data';
import { firstChannels, keptChannels, type Orders, shrinkFactors, shrunk } from './keep';

/** Which outputs are shown. */
export interface LayerChoice {
  /** For each image the outputs of the layers. */
  images: readonly (readonly LayerOutput[])[];
  /** How many channels of a layer are shown at a time. */
  count: number;
  /** Where each layer stands in the strip. */
  places: readonly number[];
}

/** The layers with their statistics, the maps that fit into `budget` cells, and what is texture and what layout in them. */
export function browserLayers({ images, count, places }: LayerChoice, budget: number): BrowserLayer[] {
  const layers = images[0].map((_, at) => {
    const outputs = images.map((each) => each[at]);
    const stats = outputs.map(channelStats);
    const orders = firstChannels(stats[0], count, outputs.length > 1 ? channelDifference(outputs[0], outputs[1]) : undefined);
    return { outputs, stats, orders, kept: keptChannels(orders) };
  });
  const factors = shrinkFactors(layers.map(({ outputs, kept }) => ({ ...sizeOf(outputs[0]), maps: isVector(outputs[0]) ? 0 : kept.length * outputs.length })), budget);
  return layers.map(({ outputs, stats, orders, kept }, at) => layerOf(outputs, stats, orders, kept, factors[at], places[at]));
}

/** A layer without a grid: its values are shown as one map, row by row. */
export const isVector = ({ shape }: Pick<LayerOutput, 'shape'>): boolean => shape.length < 3;

const sizeOf = (output: LayerOutput): { height: number; width: number } => (isVector(output) ? folded(output.values.length) : { height: output.shape[0], width: output.shape[1] });

/** A grid a little wider than high for so many values, without empty cells where their number has such a divisor; few stay one row. */
export function folded(count: number): { height: number; width: number } {
  const root = Math.sqrt(count);
  const widths = Array.from({ length: count <= 20 ? 0 : Math.floor(2.5 * root) }, (_, at) => at + 1).filter((width) => width >= 0.9 * root && count % width === 0);
  const width = count <= 20 ? count : (widths[0] ?? Math.ceil(1.3 * root));
  return { height: Math.ceil(count / width), width };
}

function layerOf(outputs: readonly LayerOutput[], stats: readonly ChannelStats[], orders: Orders, kept: number[], shrinkFactor: number, place: number): BrowserLayer {
  const [first, second] = outputs;
  const vector = isVector(first);
  const factor = vector ? 1 : shrinkFactor;
  const size = sizeOf(first);
  const [height, width] = [shrunk(size.height, factor), shrunk(size.width, factor)];
  const mapsOf = (output: LayerOutput): Float32Array[] => (vector ? [padded(output.values, height * width)] : kept.map((channel) => shrunkMap(output, channel, height, width)));
  const maps = outputs.map(mapsOf);
  const signed = outputs.some(({ values }) => values.some((value) => value < 0));
  const images = maps.map((each, at) => imageMaps(each, signed, stats[at], vector ? [] : kept));
  const range = widest(maps.map((each) => valueRange(joined(each), signed ? 'signed' : 'positive', vector ? 100 : undefined)));
  const away = maps.length > 1 ? maps[0].map((map, at) => map.map((value, cell) => value - maps[1][at][cell])) : [];
  const placeOf = new Map(kept.map((channel, at) => [channel, at]));
  return {
    name: first.layer,
    kind: first.kind,
    shape: vector ? [first.depth] : [...first.shape.slice(0, -1), first.depth],
    place,
    given: first.channels.length,
    units: vector && first.channels.length < first.depth ? [...first.channels] : undefined,
    channels: vector ? [-1] : kept.map((channel) => first.channels[channel]),
    orders: vector ? { index: [0] } : Object.fromEntries(Object.entries(orders).map(([order, channels]) => [order, channels.map((channel) => placeOf.get(channel) as number)])),
    height,
    width,
    factor,
    signed,
    range,
    clipped: images.some(({ tops }) => tops.some((top) => top > range[1])),
    difference: away.length ? valueRange(joined(away), 'signed', vector ? 100 : undefined) : [0, 0],
    images,
    texture: vector ? null : second ? textureLikeness(first, second) : textureEvenness(first),
    layout: vector ? null : second ? layoutLikeness(first, second) : layoutTolerance(first),
  };
}

function padded(values: Float32Array, length: number): Float32Array {
  const all = new Float32Array(length).fill(NaN);
  all.set(values);
  return all;
}

function shrunkMap(output: LayerOutput, channel: number, height: number, width: number): Float32Array {
  const map = output.channel(output.channels[channel]);
  const [rows, columns] = output.shape;
  return rows === height && columns === width ? map : shrink(map, columns, rows, width, height);
}

function imageMaps(maps: readonly Float32Array[], signed: boolean, stats: ChannelStats, kept: readonly number[]): ImageMaps {
  const of = (values: Float64Array): Float32Array => Float32Array.from(kept, (channel) => values[channel]);
  const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    ...encodeMaps(maps, signed),
    mean: of(stats.mean),
    min: of(stats.min),
    max: of(stats.max),
    variance: of(stats.variance),
    zeros: of(stats.zeros),
    dead: stats.dead.length,
    broken: stats.broken,
    whole: { mean: average(stats.mean), max: stats.max.reduce((most, value) => (value > most ? value : most), -Infinity), zeros: average(stats.zeros) },
  };
}

const joined = (maps: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(maps.length * maps[0].length);
  maps.forEach((map, at) => all.set(map, at * map.length));
  return all;
};

const widest = (ranges: readonly Range[]): Range => [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];

/** Root mean square of the difference of two images, for each channel. */
function channelDifference(first: LayerOutput, second: LayerOutput): Float64Array {
  const depth = first.channels.length;
  const squares = new Float64Array(depth);
  first.values.forEach((value, at) => (squares[at % depth] += (value - second.values[at]) ** 2));
  return squares.map((sum) => Math.sqrt(sum / (first.values.length / depth)));
}
