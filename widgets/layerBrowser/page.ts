import { shorten } from '../../src/figure/text';
import { live } from '../page/live';
import type { Point } from '../page/pointing';
import { cellAt, cursorAt } from '../shared/cells';
import { type Cursor, movedCursor } from '../shared/crossHair';
import { type BrowserData, mapValues } from './data';
import { drawBrowser } from './draw';
import type { ChannelOrder } from './keep';
import { type BrowserState, chosenChannel, isVector, layerAt, start, tilesOf, windowOf } from './state';
import { nearestLayer } from './strip';
import { orderTexts, statusOf } from './words';

const nothing = { overTile: undefined, overLayer: undefined };

/** Another layer; the tile keeps its place in the grid. */
function atLayer(layer: number, data: BrowserData, state: BrowserState): Partial<BrowserState> | undefined {
  const next = Math.max(0, Math.min(data.layers.length - 1, layer));
  return next === state.layer ? {} : { layer: next, cursor: undefined, inMap: false };
}

function atTile(tile: number, data: BrowserData, state: BrowserState): Partial<BrowserState> {
  return { tile: Math.max(0, Math.min(tilesOf(layerAt(data, state), state).length - 1, tile)), ...nothing };
}

/** The place in the whole map that the pointer is at in the part that is shown. */
function inMap({ u, v }: Point, data: BrowserData, state: BrowserState): Cursor {
  const { height, width } = layerAt(data, state);
  const part = windowOf(data, state);
  return { u: (part.column + u * part.columns) / width, v: (part.row + v * part.rows) / height };
}

const spotOf = ({ spot }: Point): [kind: string, at: number] => {
  const [kind, at = '0'] = spot.name.split(' ');
  return [kind, Number(at)];
};

export const wake = live<BrowserData, BrowserState>({
  start,
  draw: drawBrowser,
  controls(ui, data) {
    if (data.layers.length > 1) ui.slider('layer', { label: 'layer', min: 0, max: data.layers.length - 1, text: (at) => `${at + 1} of ${data.layers.length}` });
    const orders = (Object.keys(orderTexts) as ChannelOrder[]).filter((order) => order !== 'difference' || data.photos.length > 1);
    const grid = (state: BrowserState): boolean => !isVector(layerAt(data, state));
    ui.select('order', { label: 'sorted by', options: orders.map((value) => ({ value, text: orderTexts[value] })), shown: grid });
    ui.select('scale', { label: 'colour scale', options: [{ value: 'unit', text: 'each map' }, { value: 'layer', text: 'the layer' }, { value: 'global', text: 'all layers' }] });
    if (data.photos.length > 1) {
      const [first, second] = data.photos.map(({ name }) => shorten(name, 90, 13));
      ui.choice('view', { label: 'images', options: [{ value: 'both', text: 'both' }, { value: 'first', text: first }, { value: 'second', text: second }, { value: 'difference', text: 'difference' }] });
    }
    ui.toggle('values', { label: 'zoom to values' });
  },
  point(at, state, data) {
    const [kind, tile] = spotOf(at);
    if (kind === 'strip') {
      const overLayer = nearestLayer(data, at.u * at.spot.width, at.spot.width);
      return at.pressed ? { ...atLayer(overLayer, data, state), overLayer } : { overLayer, overTile: undefined };
    }
    if (kind === 'tile') return { overTile: tile, overLayer: undefined };
    if (kind === 'photo' && isVector(layerAt(data, state))) return nothing;
    return { cursor: kind === 'map' ? inMap(at, data, state) : { u: at.u, v: at.v }, ...nothing };
  },
  leave: (state) => ({ ...nothing, cursor: state.inMap ? state.cursor : undefined }),
  press(at, state, data) {
    const [kind, tile] = spotOf(at);
    if (kind === 'tile') return { ...atTile(tile, data, state), centre: { u: at.u, v: at.v } };
    if (kind === 'photo') return { centre: { u: at.u, v: at.v } };
    return undefined;
  },
  key(key, state, data) {
    const layer = layerAt(data, state);
    if (key === 'v') return { values: !state.values };
    if (state.inMap) {
      const shape = [layer.height, layer.width];
      if (key === 'Escape' || key === 'Enter') return { inMap: false, cursor: undefined };
      if (key === 'Home') {
        const values = mapValues(layer, layer.images[state.view === 'second' ? 1 : 0], chosenChannel(data, state));
        const cursor = cursorAt(values.reduce((best, value, at) => (value > values[best] ? at : best), 0), shape);
        return { cursor, centre: cursor };
      }
      // One cell at a time: each has a value to be read.
      const moved = movedCursor(key.startsWith('Shift+') ? key.slice(6) : `Shift+${key}`, state.cursor, shape);
      return moved?.cursor && { cursor: moved.cursor, centre: moved.cursor };
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) return atTile(state.tile + step, data, state);
    const stride = { ArrowUp: -1, PageUp: -1, ArrowDown: 1, PageDown: 1 }[key];
    if (stride) return { ...atLayer(state.layer + stride, data, state), ...nothing };
    if (key === 'Home' || key === 'End') return atTile(key === 'Home' ? 0 : Infinity, data, state);
    if (key === 'Enter') {
      const [rows, columns] = [layer.height, layer.width];
      const cursor = cursorAt(cellAt(state.centre, [rows, columns]), [rows, columns]);
      return { inMap: true, cursor, ...nothing };
    }
    return undefined;
  },
  status: statusOf,
  help: 'left and right: channel; up and down: layer; Enter: into the large map, where arrow keys go from cell to cell, Home to the greatest value, Escape back; v: zoom to values. Click a map to see it large',
  // A place among values without a grid is no place of the image.
  links: { cursor: { tell: (state, data) => (isVector(layerAt(data, state)) ? undefined : state.cursor), hear: (cursor, state, data) => (isVector(layerAt(data, state)) ? undefined : { cursor }) } },
});
