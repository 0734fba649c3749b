import type { Pixels } from '../../src/image/canvas';
import { colorize } from '../../src/figure/colorize';
import type { Colormap } from '../../src/figure/colormap';
import { remembered } from '../../src/figure/memo';
import { normalize, type Range } from '../../src/figure/normalize';
import { cellOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import { greatest } from './codes';
import { type BrowserData, type BrowserLayer, type BrowserScale, type BrowserView, mapValues } from './data';
import type { ChannelOrder } from './keep';

export interface BrowserState {
  /** Which of the layers. */
  layer: number;
  order: ChannelOrder;
  scale: BrowserScale;
  view: BrowserView;
  /** Which of the tiles is shown large, by its place in the grid. */
  tile: number;
  /** Whether the large map shows so few cells that their values can be written into them. */
  values: boolean;
  /** The middle of those cells. */
  centre: Cursor;
  /** Where in the large map, or in the image, something is pointed at. */
  cursor?: Cursor;
  /** Whether the arrow keys move in the large map. */
  inMap: boolean;
  /** The tile, or the layer of the strip, that is pointed at. */
  overTile?: number;
  overLayer?: number;
}

export const start = ({ at, order, scale, view }: BrowserData): BrowserState => ({ layer: at, order, scale, view, tile: 0, values: false, centre: { u: 0.5, v: 0.5 }, inMap: false });

export const layerAt = ({ layers }: BrowserData, { layer }: BrowserState): BrowserLayer => layers[layer];

/** A layer without a grid has no channels to choose from. */
export const isVector = ({ shape }: BrowserLayer): boolean => shape.length === 1;

/** The tiles of a layer in the order asked for, as places in its `channels`. */
export const tilesOf = ({ orders }: BrowserLayer, { order }: BrowserState): number[] => orders[order] ?? orders.index ?? [0];

/** The channel that is shown large, as its place in the layer's `channels`. */
export function chosenChannel(data: BrowserData, state: BrowserState): number {
  const tiles = tilesOf(layerAt(data, state), state);
  return tiles[Math.min(state.tile, tiles.length - 1)];
}

/** One map to be shown: of an image, or the difference of two. */
export interface Pane {
  name: string;
  values: Float32Array;
  range: Range;
  colormap: Colormap;
  /** Whether the colours are symmetric about 0. */
  signed: boolean;
}

/** What is shown of a channel: one map, or one of each image. */
export function panesOf(data: BrowserData, state: BrowserState, channel: number): Pane[] {
  const layer = layerAt(data, state);
  const maps = layer.images.map((image) => mapValues(layer, image, channel));
  if (state.view === 'difference') {
    const [first, second] = maps;
    const away = remembered(first, 'difference', () => first.map((value, at) => value - second[at]));
    const range = differenceRange(data, state, away);
    return [{ name: `${data.photos[0].name} − ${data.photos[1].name}`, values: away, range, colormap: data.colormap === 'PuOr' ? 'PuOr' : 'RdBu', signed: true }];
  }
  const look = { range: rangeOf(data, state, channel), colormap: data.colormap ?? (layer.signed ? ('RdBu' as const) : ('viridis' as const)), signed: layer.signed };
  const all = maps.map((values, at) => ({ name: data.photos[at].name, values, ...look }));
  return state.view === 'second' ? all.slice(1) : state.view === 'first' ? all.slice(0, 1) : all;
}

/** The values of the first and the last colour: of this channel in all images, of the layer, or of all layers. */
function rangeOf(data: BrowserData, state: BrowserState, channel: number): Range {
  const { images, signed, range } = layerAt(data, state);
  if (state.scale === 'layer') return range;
  const top = state.scale === 'unit' ? Math.max(...images.map(({ tops }) => tops[channel])) : Math.max(...data.layers.map((layer) => layer.range[1]));
  return [signed ? -top : 0, top];
}

function differenceRange(data: BrowserData, state: BrowserState, away: Float32Array): Range {
  if (state.scale === 'layer') return layerAt(data, state).difference;
  const top = state.scale === 'unit' ? greatest(away) : Math.max(...data.layers.map(({ difference }) => difference[1]));
  return [-top, top];
}

/** A part of a map, in its cells. */
export interface Cells {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

export const wholeOf = ({ height, width }: BrowserLayer): Cells => ({ row: 0, column: 0, rows: height, columns: width });

/** The cell that is pointed at. */
export function cursorCell({ height, width }: BrowserLayer, { cursor }: BrowserState): Cells | undefined {
  if (!cursor) return undefined;
  const [row, column] = cellOf(cursor, [height, width]);
  return { row, column, rows: 1, columns: 1 };
}

/** Whether a cell lies in a part of the map. */
export const holds = (part: Cells, { row, column }: Cells): boolean => row >= part.row && row < part.row + part.rows && column >= part.column && column < part.column + part.columns;

/** So many cells of a map at most, each way, have room for their values; of two maps side by side fewer. */
const readableCells = { one: 8, two: 5 };

/** The part of the map that is shown large: all of it, or a few cells about the chosen place. */
export function windowOf(data: BrowserData, state: BrowserState): Cells {
  const layer = layerAt(data, state);
  if (!state.values) return wholeOf(layer);
  const { height, width } = layer;
  const most = readableCells[data.photos.length > 1 && state.view === 'both' ? 'two' : 'one'];
  const [rows, columns] = [Math.min(height, most), Math.min(width, most)];
  const first = (middle: number, all: number, kept: number): number => Math.max(0, Math.min(all - kept, Math.floor(middle * all) - Math.floor(kept / 2)));
  return { row: first(state.centre.v, height, rows), column: first(state.centre.u, width, columns), rows, columns };
}

/** The colours of a map, or of a part of it. */
export function pixelsOf({ values, range, colormap, signed }: Pane, { height, width }: BrowserLayer, part?: Cells): Pixels {
  const key = `${range} ${colormap}`;
  const whole = remembered(values, key, () => colorize(normalize(values, range, signed ? 'signed' : 'positive'), width, height, colormap));
  if (!part || (part.rows === height && part.columns === width)) return whole;
  return remembered(values, `${key} ${part.row} ${part.column} ${part.rows} ${part.columns}`, () => cut(whole, part));
}

function cut({ width, data }: Pixels, { row, column, rows, columns }: Cells): Pixels {
  const kept = new Uint8ClampedArray(rows * columns * 4);
  for (let y = 0; y < rows; y++) {
    const from = ((row + y) * width + column) * 4;
    kept.set(data.subarray(from, from + columns * 4), y * columns * 4);
  }
  return { width: columns, height: rows, data: kept };
}

/** Whether this channel is 0 everywhere, in one image or in all. */
export const isDead = ({ images, channels }: BrowserLayer, channel: number, at?: number): boolean =>
  channels[channel] >= 0 && (at === undefined ? images : [images[at]]).every(({ zeros }) => zeros[channel] === 1);
