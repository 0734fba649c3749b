import type { LayerOutput } from '../features/layerOutputs';
import { oneOf, shown, whole } from '../check';
import type { Pixels } from '../image/canvas';
import { resample } from '../image/resample';
import { colorize } from './colorize';
import type { Colormap } from './colormap';
import { normalize, valueRange, type Range } from './normalize';
import { crispUri } from './raster';

/** Whose greatest value gets the last colour: the layer's, or each map's own. */
export type TileScale = 'layer' | 'unit';

/** One channel as a small picture; channel -1 is a strip of all values of a layer without a grid. */
export interface Tile {
  channel: number;
  pixels: Pixels;
  /** Zero everywhere. */
  silent: boolean;
}

export interface TileSet {
  tiles: Tile[];
  range: Range;
  colormap: Colormap;
}

/** The channels that were asked for, as positions in the output. */
export function pickChannels(output: LayerOutput, wanted: number | readonly number[], order: 'index' | 'strongest' = 'index'): number[] {
  oneOf('order', order, ['index', 'strongest']);
  const depth = output.channels.length;
  if (Array.isArray(wanted)) {
    return wanted.map((channel) => {
      const at = output.channels.indexOf(channel);
      if (at < 0) throw new RangeError(`layer ${JSON.stringify(output.layer)} has no channel ${shown(channel)} here; it has ${depth}, ${output.channels[0]} to ${output.channels[depth - 1]}`);
      return at;
    });
  }
  const count = Math.min(depth, whole('channels', wanted));
  const positions = Array.from({ length: depth }, (_, at) => at);
  if (order === 'index') return positions.slice(0, count);
  const sizes = new Float64Array(depth);
  output.values.forEach((value, at) => (sizes[at % depth] += Math.abs(value)));
  return positions.sort((a, b) => sizes[b] - sizes[a]).slice(0, count);
}

/** Small pictures of these channels, on one scale or each on its own. */
export function channelTiles(output: LayerOutput, positions: readonly number[], { scale, colormap }: { scale: TileScale; colormap?: Colormap }): TileSet {
  const depth = output.channels.length;
  const grid = output.shape.length === 3;
  const [height, width] = grid ? output.shape : [1, depth];
  const maps = grid ? positions.map((position) => Float32Array.from({ length: height * width }, (_, at) => output.values[at * depth + position])) : [output.values];
  const all = grid ? joined(maps) : output.values;
  const sign = all.some((value) => value < 0) ? 'signed' : 'positive';
  const range = valueRange(all, sign);
  const colours = colormap ?? (sign === 'signed' ? 'RdBu' : 'viridis');
  const tiles = maps.map((map, at) => ({
    channel: grid ? output.channels[positions[at]] : -1,
    pixels: colorize(normalize(map, scale === 'layer' ? range : valueRange(map, sign), sign), width, height, colours),
    silent: map.every((value) => value === 0),
  }));
  return { tiles, range, colormap: colours };
}

function joined(maps: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(maps.reduce((sum, map) => sum + map.length, 0));
  let at = 0;
  for (const map of maps) {
    all.set(map, at);
    at += map.length;
  }
  return all;
}

// Pixels in all tiles of a figure together: keeps an output near half a megabyte.
const budget = 260_000;

/** Data URIs for tiles that stand `size` CSS pixels wide: large maps are shrunk to what their place, and the budget of all, can hold. */
export function tileUris(tiles: readonly Tile[], size: number): string[] {
  const area = (side: number): number => tiles.reduce((sum, { pixels }) => sum + Math.min(pixels.width, side) * Math.min(pixels.height, side), 0);
  let side = Math.round(size * 2);
  while (side > 32 && area(side) > budget) side = Math.floor(side * 0.9);
  return tiles.map(({ pixels }) => {
    if (pixels.width <= side || pixels.height === 1) return crispUri(pixels, pixels.height === 1 ? pixels.width : size / 2);
    const height = Math.max(1, Math.round((pixels.height * side) / pixels.width));
    return crispUri(resample(pixels, { x: 0, y: 0, width: pixels.width, height: pixels.height }, side, height), 1);
  });
}
