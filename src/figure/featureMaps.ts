import type { LayerOutput, LayerOutputs } from '../features/layerOutputs';
import { chooseLayers } from '../features/chooseLayers';
import { knownOptions, oneOf, whole } from '../check';
import { channelTiles, pickChannels, rowUri, shrinkTiles, type Tile, type TileScale, type TileSet } from './channelTiles';
import type { Colormap } from './colormap';
import { Figure } from './figure';
import { drawLyingScale, type Ends, lyingScaleWidth } from './lyingScale';
import { readable } from './numbers';
import { faintInk, hairline, newSvg, softInk, svgText, type Drawing } from './svg';
import { captionLines, drawLines, heightOf, styles } from './textBlock';
import { roomFor, shorten } from './text';

/** Options of `featureMaps` and of `outputs.grid`. */
export interface FeatureMapOptions {
  /** How many channels of each layer, or which (by number). Default 16. */
  channels?: number | readonly number[];
  /** Which come first, when a count is given: `'index'` (default) or `'strongest'` (greatest mean size). */
  order?: 'index' | 'strongest';
  /** `'layer'` (default): one scale for all maps of a layer; `'unit'`: each map has its own, weak ones look as strong as others. */
  scale?: TileScale;
  /** The colour scale. Default `'viridis'`, and `'RdBu'` for a layer with negative values. */
  colormap?: Colormap;
  /** Maps in a row. Default 16 for several layers, 8 for one. */
  columns?: number;
  /** How many layers at most; of more, so many are taken, evenly spread, activations, merges and poolings first. Default 20. */
  maxLayers?: number;
}

const margin = 16;
const gap = 4;
const inner = 876;

/**
 * A Figure of the channels of one or several layers as small maps: a title for each layer with its shape, each map with
 * its channel's number. A map that is zero everywhere is crossed out. A layer without a grid is a strip of its values.
 *
 * Options: `channels` (16, or a list of numbers), `order` ('index' or 'strongest'; 'index'), `scale` ('layer': one for all maps of a layer, or 'unit':
 * each its own; 'layer'), `colormap` ('viridis'; 'RdBu' where values are negative), `columns` (16; 8 for one layer), `maxLayers` (20).
 *
 * @example
 * cl.featureMaps(await cl.layerOutputs(model, photo), { channels: 8, order: 'strongest' })
 */
export function featureMaps(outputs: LayerOutputs | LayerOutput | Iterable<LayerOutput>, options: FeatureMapOptions = {}): Figure {
  knownOptions('featureMaps', options, ['channels', 'order', 'scale', 'colormap', 'columns', 'maxLayers']);
  const scale = oneOf('scale', options.scale ?? 'layer', ['layer', 'unit']);
  const all = Symbol.iterator in outputs ? [...outputs] : [outputs];
  const layers = chooseLayers(all, whole('maxLayers', options.maxLayers ?? 20));
  if (!layers.length) throw new RangeError('featureMaps needs the output of at least one layer, got none');
  const sets = layers.map((layer) => channelTiles(layer, pickChannels(layer, options.channels ?? 16, options.order), { scale, colormap: options.colormap }));
  const most = Math.max(...sets.map((set) => set.tiles.length));
  const columns = whole('columns', options.columns ?? (layers.length > 1 && most > 8 ? 16 : 8), 1, 64);
  // Whole pixels: a viewer need not resample.
  const tile = Math.max(8, Math.min(160, Math.floor((inner - gap * (columns - 1)) / columns)));
  const small = shrinkTiles(sets.flatMap((set) => set.tiles), tile);

  const { name } = layers[0].image;
  const heading = layers.length > 1 ? `Outputs of ${layers.length}${all.length > layers.length ? ` of ${all.length}` : ''} layers` : `Output of ${layers[0].layer}`;
  const details = [layers[0].model, name, scale === 'layer' ? 'one colour scale for each layer' : 'each map has its own colour scale'].filter(Boolean).join(' · ');
  const below = captionLines(inner, heading, details);
  const heights = sets.map((set) => blockHeight(set.tiles, columns, tile));
  const width = inner + 2 * margin;
  const height = Math.ceil(2 * margin + heights.reduce((a, b) => a + b, 0) + heightOf(below));
  const svg = newSvg(width, height);
  let y = margin;
  let drawn = 0;
  sets.forEach((set, at) => {
    const silent = set.tiles.filter((each) => each.silent).length;
    const facts = [layers[at].kind, shapeText(layers[at]), silent && `${silent} of these ${set.tiles.length} zero everywhere`].filter(Boolean).join(' · ');
    const ends: Ends = scale === 'layer' ? endsOf(set) : ['lowest', 'highest'];
    const title = shorten(layers[at].layer, inner - roomFor(facts, 11) - lyingScaleWidth(ends) - 24, 12, true);
    drawLines(svg, [{ ...styles.title, text: title }], margin, y);
    svg.append('text').attr('x', margin + roomFor(title, 12, true) + 8).attr('y', y + 13).attr('font-size', 11).attr('fill', softInk).text(facts);
    drawLyingScale(svg, set.colormap, ends, margin + inner, y + 4);
    drawTiles(svg, small.slice(drawn, drawn + set.tiles.length), columns, tile, y + 22);
    drawn += set.tiles.length;
    y += heights[at];
  });
  drawLines(svg, below, margin, y);
  const told = sets.map((set, at) => `${layers[at].layer} (${layers[at].shape.join(' by ')}): ${isStrip(set.tiles) ? 'a strip of its values' : `${set.tiles.length} map${set.tiles.length > 1 ? 's' : ''}`}${scale === 'layer' ? `, values ${set.range.map(readable).join(' to ')}` : ''}`);
  return new Figure({ svg: svgText(svg), width, height, alt: `Feature maps on ${name}. ${told.join('; ')}.`, caption: `${heading} · ${details}`, data: sets.map((set, at) => ({ layer: layers[at].layer, shape: layers[at].shape, channels: set.tiles.map((each) => each.channel), range: set.range })) });
}

const isStrip = (tiles: readonly Tile[]): boolean => tiles[0].channel < 0;
/** The map's own proportions, but neither a hairline nor a tower. */
const tileHeight = (tiles: readonly Tile[], tile: number): number => (isStrip(tiles) ? 28 : Math.max(8, Math.min(4 * tile, Math.round((tile * tiles[0].height) / tiles[0].width))));
const blockHeight = (tiles: readonly Tile[], columns: number, tile: number): number => 22 + Math.ceil(tiles.length / columns) * (tileHeight(tiles, tile) + 15) + 6;

function drawTiles(svg: Drawing, tiles: readonly Tile[], columns: number, size: number, top: number): void {
  const strip = isStrip(tiles);
  const [width, height] = [strip ? inner : size, tileHeight(tiles, size)];
  for (let start = 0; start < tiles.length; start += columns) {
    const row = tiles.slice(start, start + columns);
    const y = top + (start / columns) * (height + 15);
    svg.append('image').attr('x', margin).attr('y', y).attr('width', row.length * (width + gap) - gap).attr('height', height).attr('preserveAspectRatio', 'none').attr('href', rowUri(row, width, height, gap));
    // One element for all frames, crosses and numbers of a row: with an element each, the markup would outweigh the pictures.
    const places = row.map((_, at) => margin + at * (size + gap));
    const crosses = places.filter((_, at) => row[at].silent).map((x) => `M${x},${y}l${width},${height}m0,${-height}l${-width},${height}`);
    svg.append('path').attr('d', places.map((x) => `M${x},${y}h${width}v${height}h${-width}z`).join('')).attr('fill', 'none').attr('stroke', hairline).attr('stroke-width', 0.75);
    if (crosses.length) svg.append('path').attr('d', crosses.join('')).attr('stroke', '#fff').attr('stroke-opacity', 0.55);
    if (strip) continue;
    const numbers = svg.append('text').attr('y', y + height + 10).attr('text-anchor', 'middle').attr('font-size', 9).attr('fill', faintInk);
    row.forEach(({ channel }, at) => numbers.append('tspan').attr('x', places[at] + width / 2).text(channel));
  }
}

/** The values of the first and the last colour; beyond them there may be more. */
function endsOf({ range: [low, high], clipped }: TileSet): Ends {
  return clipped ? [low < 0 ? `≤ ${readable(low)}` : readable(low), `≥ ${readable(high)}`] : [readable(low), readable(high)];
}

/** The shape of the whole layer, and how much of it is kept where that is not all. */
function shapeText({ shape, channels, depth }: LayerOutput): string {
  if (shape.length === 1) return `${shape[0]} values`;
  const whole = [...shape.slice(0, -1), depth].join(' × ');
  return channels.length < depth ? `${whole}, ${channels.length} of the channels` : whole;
}
