import { between, hint, knownOptions, oneOf, shown, whole } from '../../src/check';
import { chooseLayers } from '../../src/features/chooseLayers';
import { channelAt, LayerOutput, LayerOutputs } from '../../src/features/layerOutputs';
import { type Colormap, colorTable } from '../../src/figure/colormap';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { StripRow } from '../layerStrip';
import type { BrowserData, BrowserScale, BrowserView } from './data';
import { drawBrowser } from './draw';
import { captionOf } from './explain';
import type { ChannelOrder } from './keep';
import { browserLayers } from './layers';
import { reduceBrowser } from './reduce';
import { start } from './state';
import { browserTable } from './table';

/** Options of `layerBrowser`. */
export interface LayerBrowserOptions {
  /** How many channels of a layer are shown at a time (default 16), or which, by number. */
  channels?: number | readonly number[];
  /** What they are sorted by: `'variance'` over the positions (default), `'mean'`, `'max'`, `'index'`, and for two images `'difference'`. */
  order?: ChannelOrder;
  /** Whose greatest value gets the last colour: `'layer'` (default), `'unit'`: each map its own, `'global'`: that of all layers. */
  scale?: BrowserScale;
  /** The layer that is shown first, by name or by its place among the outputs. Default: the first. */
  layer?: string | number;
  /** How many layers at most; of more, so many are taken, evenly spread, activations, merges and poolings first. Default 20, for two images 12. */
  maxLayers?: number;
  /** Of two images: `'both'` side by side (default), `'first'`, `'second'`, or `'difference'`. */
  view?: BrowserView;
  /** The colour scale. Default `'viridis'`, and `'RdBu'` for a layer with negative values. */
  colormap?: Colormap;
  /** Side of a small map in CSS pixels. Default 76, more where there are few. */
  size?: number;
}

const names = ['channels', 'order', 'scale', 'layer', 'maxLayers', 'view', 'colormap', 'size'];

// Cells of all maps together, of which each is a byte: they keep an output near half a megabyte.
const budget = 200_000;

/**
 * A Figure for walking through the layers of a network: a strip of its architecture, the chosen layer's channels as small maps, one of them large with its values.
 * In JupyterLab and in saved pages: layer by slider or arrow keys, channels sorted by index, mean, greatest value or variance, one colour scale for a map, a layer or all,
 * zoom until the numbers stand in the cells. Channels that are 0 everywhere are crossed out and counted. Two curves along the strip tell which layers hold texture
 * and which keep the layout, the question of neural style transfer (Gatys, Ecker & Bethge 2016); the caption explains them. A list of two outputs
 * compares two images at the same layers: side by side, or their difference.
 *
 * Large maps are kept as means of cells, so that the output stays near half a megabyte; the caption says so. Name fewer layers in `layerOutputs` for finer maps.
 *
 * Options: `channels` (16, or a list of numbers), `order` ('variance', 'mean', 'max', 'index', 'difference'; 'variance'), `scale` ('layer', 'unit' or 'global'; 'layer'), `layer` (the first),
 * `maxLayers` (20; 12 for two images), `view` ('both', 'first', 'second' or 'difference'; 'both'), `colormap` ('viridis'; 'RdBu' where values are negative), `size` (76 CSS pixels).
 * Throws for a layer or a channel that is not there, and for two outputs that are not of the same layers.
 *
 * @example
 * cl.layerBrowser(await cl.layerOutputs(model, photo), { layer: 'block4b_add', order: 'mean' })
 * cl.layerBrowser([await cl.layerOutputs(model, cat), await cl.layerOutputs(model, lynx)])
 */
export function layerBrowser(outputs: LayerOutputs | LayerOutput | readonly [LayerOutputs, LayerOutputs], options: LayerBrowserOptions = {}): Figure {
  knownOptions('layerBrowser', options, names);
  const { colormap, size } = options;
  const sets = setsOf(outputs);
  const two = sets.length > 1;
  const order = oneOf('order', options.order ?? 'variance', ['index', 'mean', 'max', 'variance', 'difference']);
  const scale = oneOf('scale', options.scale ?? 'layer', ['unit', 'layer', 'global']);
  const view = oneOf('view', options.view ?? 'both', ['both', 'first', 'second', 'difference']);
  for (const [option, value] of Object.entries({ order, view })) if (!two && ['difference', 'first', 'second'].includes(value)) throw new RangeError(`${option} ${JSON.stringify(value)} is of two images; give layerBrowser a list of two outputs`);
  if (colormap !== undefined) colorTable(colormap);
  if (size !== undefined) between('size', size, 24, 400);

  const [first] = sets;
  const channels = options.channels ?? 16;
  const begin = startLayer(options.layer, first);
  const chosen = withLayer(chooseLayers(first.items, whole('maxLayers', options.maxLayers ?? (two ? 12 : 20))), begin, first);
  const images = sets.map(({ items }) => chosen.map((each) => withChannels(items[first.items.indexOf(each)], channels)));
  const strip: readonly StripRow[] = first.network?.rows ?? chosen.map(({ layer, kind, shape, depth }) => ({ name: layer, kind, outputShape: [null, ...shape.slice(0, -1), depth], inputs: [] }));
  const placeOf = new Map(strip.map(({ name }, at) => [name, at]));
  const count = typeof channels === 'number' ? whole('channels', channels) : Math.max(...images[0].map((each) => each.channels.length));
  const data: BrowserData = {
    model: first.model,
    photos: sets.map(({ image: { width, height, data: pixels, name } }) => ({ width, height, data: pixels, name })),
    strip: strip.map(({ name, kind, outputShape }) => ({ name, kind, outputShape, inputs: [] })),
    layers: browserLayers({ images, count, places: chosen.map(({ layer }) => placeOf.get(layer) as number) }, budget),
    outOf: first.length,
    count,
    order,
    scale,
    view,
    at: begin ? chosen.indexOf(begin) : 0,
    colormap,
    size,
  };
  const state = start(data);
  return widgetFigure({
    widget: 'layerBrowser',
    data,
    start,
    draw: drawBrowser,
    width: 900,
    caption: captionOf(data, state),
    htmlAfter: browserTable(data),
    values: measuresOf(data),
    reduce: reduceBrowser,
  });
}

/** One image's outputs, or those of two at the same layers. */
function setsOf(given: unknown): LayerOutputs[] {
  const list = Array.isArray(given) ? given : [given];
  const sets = list.map((each) => (each instanceof LayerOutput ? new LayerOutputs([each], each.image, each.model) : each));
  if (!sets.length || !sets.every((each) => each instanceof LayerOutputs)) throw new TypeError(`layerBrowser takes what cl.layerOutputs gave, or a list of two of these, got ${shown(given)}`);
  if (sets.length > 2) throw new RangeError(`layerBrowser shows one image or compares two, got ${sets.length}`);
  if (!sets[0].length) throw new RangeError('layerBrowser needs the output of at least one layer, got none');
  const [first, second = first] = sets;
  const order = 'the two outputs must be of the same layers in the same order';
  first.items.forEach((each, at) => {
    const other = second.items[at];
    const place = `layer ${at}: ${JSON.stringify(each.layer)}`;
    if (other && other.layer !== each.layer) throw new RangeError(`${order}; ${place} of the first is ${JSON.stringify(other.layer)} in the second`);
    if (other && (String(other.shape) !== String(each.shape) || String(other.channels) !== String(each.channels))) throw new RangeError(`the two outputs must have the same shapes and channels; ${place} is ${each.shape.join(' x ')} and ${other.shape.join(' x ')}`);
  });
  if (first.length !== second.length) throw new RangeError(`${order}; the first has ${first.length}, the second ${second.length}`);
  return sets;
}

/** The output with these channels only, where they were named by number. */
function withChannels(output: LayerOutput, wanted: number | readonly number[]): LayerOutput {
  if (!Array.isArray(wanted)) return output;
  const places = wanted.map((channel) => channelAt(output, channel));
  if (!places.length) throw new RangeError('channels names no channel; give at least one');
  const own = output.channels.length;
  const values = Float32Array.from({ length: (output.values.length / own) * places.length }, (_, at) => output.values[Math.floor(at / places.length) * own + places[at % places.length]]);
  return new LayerOutput(output.layer, output.kind, [...output.shape.slice(0, -1), places.length], values, output.image, output.model, wanted, output.depth);
}

/** The layer to begin with, where one was asked for. */
function startLayer(layer: unknown, outputs: LayerOutputs): LayerOutput | undefined {
  if (layer === undefined) return undefined;
  if (typeof layer === 'number') return outputs.items[whole('layer', layer, 0, outputs.length - 1)];
  const list = outputs.items.map((each) => each.layer);
  const found = outputs.items[list.indexOf(layer as string)];
  if (found) return found;
  throw new RangeError(`layer ${shown(layer)} is not among the ${list.length} of these outputs${typeof layer === 'string' ? hint(layer, list) : ''}`);
}

/** The layers with one more, in the order in which they run. */
const withLayer = (layers: readonly LayerOutput[], more: LayerOutput | undefined, { items }: LayerOutputs): readonly LayerOutput[] =>
  more && !layers.includes(more) ? items.filter((each) => each === more || layers.includes(each)) : layers;

/** What `save('x.json')` writes: the numbers of each layer, without the pictures. */
const measuresOf = ({ layers, photos }: BrowserData): object[] =>
  layers.map(({ name, kind, shape, channels, images, texture, layout }) => ({
    layer: name,
    kind,
    shape,
    texture,
    layout,
    images: images.map(({ dead, whole, mean, min, max, variance, zeros }, at) => ({ image: photos[at].name, dead, ...whole, channels: { index: channels, mean, min, max, variance, zeros } })),
  }));
