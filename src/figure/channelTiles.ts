import { oneOf, whole } from '../check';
import { channelAt, type LayerOutput } from '../features/layerOutputs';
import { colorize } from './colorize';
import type { Colormap } from './colormap';
import { normalize, valueRange, type Range } from './normalize';
import { pngUri } from './raster';
import { shrink } from '../image/shrink';

/** Whose greatest value gets the last colour: the layer's, or each map's own. */
export type TileScale = 'layer' | 'unit';

/** One channel as a small picture; channel -1 is a strip of all values of a layer without a grid. */
export interface Tile {
  channel: number;
  width: number;
  height: number;
  /** Places on the colour scale, 0 to 1. */
  positions: Float32Array;
  colormap: Colormap;
  /** Zero everywhere. */
  silent: boolean;
}

export interface TileSet {
  tiles: Tile[];
  range: Range;
  /** Whether some values lie beyond the range: they have the end's colour. */
  clipped: boolean;
  colormap: Colormap;
}

/** The channels that were asked for, as positions in the output. */
export function pickChannels(output: LayerOutput, wanted: number | readonly number[], order: 'index' | 'strongest' = 'index'): number[] {
  oneOf('order', order, ['index', 'strongest']);
  const depth = output.channels.length;
  if (Array.isArray(wanted)) return wanted.map((channel) => channelAt(output, channel));
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
  // In a strip a single high value is the whole point: the likeliest class.
  const range = valueRange(all, sign, grid ? undefined : 100);
  const clipped = all.some((value) => value > range[1]);
  const colours = colormap ?? (sign === 'signed' ? 'RdBu' : 'viridis');
  const tiles = maps.map((map, at) => ({
    channel: grid ? output.channels[positions[at]] : -1,
    width,
    height,
    positions: normalize(map, scale === 'layer' ? range : valueRange(map, sign), sign),
    colormap: colours,
    silent: map.every((value) => value === 0),
  }));
  return { tiles, range, clipped, colormap: colours };
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

// Pixels of all tiles of a figure together, and shades of a tile: they keep an output near half a megabyte.
const budget = 300_000;
const shades = 63;

/** Shrinks large maps to what a place of `size` CSS pixels can show: two values to a pixel, or one where all tiles together would be too many. */
export function shrinkTiles(tiles: readonly Tile[], size: number): Tile[] {
  const area = (side: number): number => tiles.reduce((sum, { width, height }) => sum + Math.min(width, side) * Math.min(height, side), 0);
  const side = area(size * 2) <= budget ? size * 2 : size;
  return tiles.map((tile) => {
    const scale = tile.height === 1 ? 1 : Math.min(1, side / tile.width);
    if (scale === 1) return tile;
    const [width, height] = [Math.round(tile.width * scale), Math.max(1, Math.round(tile.height * scale))];
    return { ...tile, width, height, positions: shrink(tile.positions, tile.width, tile.height, width, height) };
  });
}

/**
 * One picture of tiles in a row, two pixels to a CSS pixel, each tile `width` x `height` CSS pixels with white between:
 * a row as one file is a third of what its tiles are alone.
 */
export function rowUri(tiles: readonly Tile[], width: number, height: number, gap: number): string {
  const [w, h, step] = [width * 2, height * 2, (width + gap) * 2];
  const total = step * tiles.length - gap * 2;
  const data = new Uint8ClampedArray(total * h * 4).fill(255);
  tiles.forEach((tile, at) => {
    const coloured = new Uint32Array(colorize(tile.positions.map((position) => Math.round(position * shades) / shades), tile.width, tile.height, tile.colormap).data.buffer);
    const pixels = new Uint32Array(data.buffer);
    for (let y = 0; y < h; y++) {
      const row = Math.floor((y * tile.height) / h) * tile.width;
      for (let x = 0; x < w; x++) pixels[y * total + at * step + x] = coloured[row + Math.floor((x * tile.width) / w)];
    }
  });
  return pngUri({ width: total, height: h, data });
}
