import { joinParts } from '../../src/figure/caption';
import { needsPower, percent, readable } from '../../src/figure/numbers';
import { shorten } from '../../src/figure/text';
import { cellOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import { greatest, stepOf } from './codes';
import { type BrowserData, type BrowserLayer, mapValues } from './data';
import type { ChannelOrder } from './keep';
import { isLength, measureText } from './strip';
import { type BrowserState, chosenChannel, isDead, isVector, layerAt, type Pane, tilesOf } from './state';

/** How an order is named in the bar and in sentences. */
export const orderTexts: Record<ChannelOrder, string> = { index: 'index', mean: 'mean', max: 'greatest value', variance: 'variance', difference: 'difference' };

/** An image's name in a sentence. */
export const nameOf = ({ photos }: BrowserData, at: number): string => shorten(photos[at].name, 130, 12);

const short = (value: number): string => readable(Number(value.toPrecision(3)));

/** `28 × 28 × 40`, or `1000 values`. */
export const shapeOf = (layer: BrowserLayer): string => (isVector(layer) ? `${layer.shape[0]} values` : layer.shape.join(' × '));

/** What is beside a layer's name: kind, output, how many channels are dead. */
export function layerFacts(data: BrowserData, layer: BrowserLayer): string {
  const dead = layer.images.map((image) => image.dead);
  const what = isVector(layer) ? 'values' : 'channels';
  const counted = data.photos.length > 1 ? dead.map((count, at) => `${count} (${nameOf(data, at)})`).join(' and ') : String(dead[0]);
  return joinParts([layer.kind, shapeOf(layer), dead.some(Boolean) && `${counted} of ${layer.given} ${what} ${isVector(layer) ? 'are 0' : 'dead (all 0)'}`]);
}

/** Above the small maps: how many of how many, and what stands below each. */
export function tilesTitle(data: BrowserData, state: BrowserState): [title: string, subtitle: string] {
  const layer = layerAt(data, state);
  const count = tilesOf(layer, state).length;
  const sorted = orderTexts[state.order];
  return [count < layer.given ? `${count} of ${layer.given} channels` : `all ${count} channels`, state.order === 'index' ? 'by number' : `by ${sorted}${ofFirst(data, state)}${state.order === 'difference' ? '' : ', told below each'}`];
}

/** Of two images, whose statistics the channels are sorted by. */
export const ofFirst = (data: BrowserData, { order }: BrowserState): string => (data.photos.length > 1 && order !== 'index' && order !== 'difference' ? ` of ${nameOf(data, 0)}` : '');

export const channelTitle = (layer: BrowserLayer, channel: number): string => (isVector(layer) ? `${layer.given < layer.shape[0] ? `${layer.given} of ` : 'its '}${layer.shape[0]} values, row by row` : `channel ${layer.channels[channel]} of ${layer.shape[2]}`);

/** A line of numbers for each image. */
export function factsOf(data: BrowserData, state: BrowserState, channel: number): string[] {
  const layer = layerAt(data, state);
  return layer.images.map((image, at) => {
    const name = data.photos.length > 1 ? `${nameOf(data, at)}: ` : '';
    const zeros = (share: number): string | false => share > 0 && `${percent(share)} zeros`;
    if (isVector(layer)) return name + joinParts([`greatest ${topValues(layer, at)}`, `mean ${short(image.whole.mean)}`, zeros(image.whole.zeros)]);
    if (isDead(layer, channel, at)) return `${name}0 everywhere: a dead map for this image`;
    const lowest = image.min[channel] < 0 && `lowest ${short(image.min[channel])}`;
    return name + joinParts([`mean ${short(image.mean[channel])}`, lowest, `greatest ${short(image.max[channel])}`, `variance ${short(image.variance[channel])}`, zeros(image.zeros[channel])]);
  });
}

/** The three greatest values of a layer without a grid, each with its number: `0.41 (285), 0.31 (282), 0.1 (281)`. */
function topValues(layer: BrowserLayer, image: number): string {
  const values = mapValues(layer, layer.images[image], 0).subarray(0, layer.given);
  const text = valueText({ values, signed: layer.signed });
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, 3);
  return order.map((at) => `${text(values[at])} (${layer.units?.[at] ?? at})`).join(', ');
}

/** Values of a map as texts with the decimals that its codes bear, as `0.73`; tiny and huge ones in powers of ten. Only what is exactly 0 is written `0`. */
export function valueText({ values, signed }: Pick<Pane, 'values' | 'signed'>): (value: number) => string {
  const top = greatest(values);
  const exponent = needsPower(top) ? Math.floor(Math.log10(top)) : 0;
  const decimals = exponent ? 1 : Math.min(4, Math.max(0, Math.ceil(-Math.log10(2 * stepOf(top || 1, signed)))));
  const power = exponent ? `e${minus(String(exponent))}` : '';
  return (value) => (!Number.isFinite(value) ? '–' : value === 0 ? '0' : `${minus((value / 10 ** exponent).toFixed(decimals))}${power}`);
}

const minus = (text: string): string => text.replace('-', '−');

/** What is pointed at, in words and numbers. */
export function statusOf(state: BrowserState, data: BrowserData): string {
  const layer = layerAt(data, state);
  if (state.overLayer !== undefined) return layerStatus(data, data.layers[state.overLayer]);
  if (state.overTile !== undefined) {
    const tiles = tilesOf(layer, state);
    const channel = tiles[Math.min(state.overTile, tiles.length - 1)];
    return [channelTitle(layer, channel), ...factsOf(data, state, channel)].join('; ');
  }
  return state.cursor ? cellStatus(data, state, state.cursor) : layerStatus(data, layer);
}

/** The value under the cursor, and where it is. */
export function cellStatus(data: BrowserData, state: BrowserState, cursor: Cursor): string {
  const layer = layerAt(data, state);
  const channel = chosenChannel(data, state);
  const [row, column] = cellOf(cursor, [layer.height, layer.width]);
  const at = row * layer.width + column;
  if (isVector(layer) && at >= layer.given) return 'no value here';
  const told = layer.images.map((image, which) => {
    const values = mapValues(layer, image, channel);
    return { name: nameOf(data, which), value: values[at], text: valueText({ values, signed: layer.signed })(values[at]) };
  });
  const where = isVector(layer) ? `value ${layer.units?.[at] ?? at}` : `row ${row}, column ${column}${layer.factor > 1 ? ` (mean of ${layer.factor} × ${layer.factor} cells)` : ''}`;
  if (told.length === 1) return `${told[0].text} at ${where}`;
  return `${told.map(({ name, text }) => `${name} ${text}`).join(', ')}, difference ${readable(Number((told[0].value - told[1].value).toPrecision(2)))} at ${where}`;
}

/** `block3b_add (layer 7 of 20): Add, 28 × 28 × 40; texture 0.77, layout within 7 px`. */
function layerStatus(data: BrowserData, layer: BrowserLayer): string {
  const told = (['texture', 'layout'] as const).flatMap((name) => (layer[name] === null ? [] : [`${name} ${isLength(data, name) ? 'kept to within ' : ''}${measureText(data, name, layer[name])}`])).join(', ');
  return `${shorten(layer.name, 300, 13)} (layer ${data.layers.indexOf(layer) + 1} of ${data.layers.length}): ${layerFacts(data, layer)}${told && `; ${told}`}`;
}
