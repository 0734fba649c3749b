import { percent, quantity, readable } from '../../src/figure/numbers';
import { kindOf, kindsIn } from '../layerKinds';
import type { LayerData, ModelViewData, NetworkData } from './data';
import type { Block, Visible } from './visible';
import { fitsLabel } from './plan';
import { labelOf, nameWithin, times, whatOf } from './words';

/** What is counted of layers. */
export type Measure = 'params' | 'work';

export const sum = (layers: readonly LayerData[], what: Measure): number => layers.reduce((total, layer) => total + (layer[what] ?? 0), 0);

/** The layers of a block; none of the input. */
export const layersIn = ({ layers }: NetworkData, { first, last }: Block): readonly LayerData[] => (first < 0 ? [] : layers.slice(first, last + 1));

/** A block's whole name. */
export const nameOf = ({ layers, folds }: NetworkData, { first, fold }: Block): string => (first < 0 ? 'input' : fold === undefined ? layers[first].name : folds[fold].name);

/** The lines of a block's label: its name, what it is, what it puts out. */
export function labelLines(data: NetworkData, block: Block, group: string | undefined): string[] {
  const { first, last, fold } = block;
  const { layers, folds, inputShape } = data;
  if (first < 0) return ['input', 'one image', times(inputShape)];
  if (fold !== undefined) return [`▸ ${nameWithin(folds[fold].name, group)}`, `${last - first + 1} layers`, times(layers[last].shape)];
  const layer = layers[first];
  const name = labelOf(layer, group);
  // The activation is the first to go where there is no room.
  const what = [whatOf(layer), whatOf({ ...layer, activation: layer.kernel ? undefined : layer.activation })].find(fitsLabel) ?? whatOf(layer);
  return [name, ...(what === name ? [] : [what]), times(layer.shape)];
}

/** A block in a line of words. */
export function blockWords(data: NetworkData, block: Block): string {
  const own = layersIn(data, block);
  const amounts = own.length ? [`${quantity(sum(own, 'params'))} parameters`, `${quantity(sum(own, 'work'))} multiply-adds`] : [];
  return [nameOf(data, block), ...labelLines(data, block, undefined).slice(1), ...amounts].join(', ');
}

/** A fact with its name. */
export type Fact = readonly [name: string, value: string];

/** The model in numbers. */
export function totals({ layers, inputShape }: NetworkData): Fact[] {
  const uncounted = layers.filter(({ work }) => work === null).length;
  return [
    ['layers', String(layers.length)],
    ['input', times(inputShape)],
    ['parameters', count(sum(layers, 'params'))],
    ['multiply-adds', `${quantity(sum(layers, 'work'))}${uncounted ? `, ${uncounted} layer${uncounted > 1 ? 's' : ''} not counted` : ''}`],
  ];
}

/** What the model is made of, and where its weight lies. */
export function highlights({ layers }: NetworkData): Fact[] {
  const heaviest = (what: Measure): LayerData => layers.reduce((best, layer) => ((layer[what] ?? 0) > (best[what] ?? 0) ? layer : best));
  const told = (what: Measure): string => `${heaviest(what).name} (${percent((heaviest(what)[what] ?? 0) / (sum(layers, what) || 1))})`;
  return [['most parameters', told('params')], ['most multiply-adds', told('work')], ['kinds', kindsText(layers)]];
}

/** "3 convolution, 1 pooling" */
export const kindsText = (layers: readonly LayerData[]): string => kindsIn(layers).map((kind) => `${layers.filter((layer) => kindOf(layer) === kind).length} ${kind.name}`).join(', ');

/** All that is known of a block without an image. */
export function factsOf(data: NetworkData, visible: Visible, place: number): Fact[] {
  const block = visible.blocks[place];
  const read = visible.edges.filter(([, to]) => to === place).map(([from]) => nameOf(data, visible.blocks[from]));
  const readers = visible.edges.filter(([from]) => from === place).map(([, to]) => nameOf(data, visible.blocks[to]));
  const names = (list: readonly string[]): string => (list.length > 3 ? `${list.slice(0, 3).join(', ')} and ${list.length - 3} more` : list.join(', '));
  const facts: (Fact | false)[] = [['output', times(block.first < 0 ? data.inputShape : data.layers[block.last].shape)], ...ownFacts(data, block), read.length > 0 && ['reads', names(read)], readers.length > 0 && ['read by', names(readers)]];
  return facts.filter((fact): fact is Fact => fact !== false);
}

function ownFacts(data: NetworkData, block: Block): (Fact | false)[] {
  const own = layersIn(data, block);
  if (!own.length) return [];
  const share = (what: Measure): string => ` (${percent(sum(own, what) / (sum(data.layers, what) || 1))})`;
  const [params, work] = [sum(own, 'params'), sum(own, 'work')];
  const counted: Fact[] = [
    ['parameters', params ? count(params) + share('params') : 'none'],
    ['multiply-adds', own.every((layer) => layer.work === null) ? 'not counted' : work ? quantity(work) + share('work') : '0'],
  ];
  if (block.fold !== undefined) return [['layers', kindsText(own)], ...counted];
  const [{ activation, kernel, strides, padding, dilation }] = own;
  return [
    activation !== undefined && ['activation', activation],
    kernel !== undefined && [/pool/i.test(own[0].kind) ? 'pool' : 'kernel', times(kernel)],
    strides !== undefined && ['strides, padding', [times(strides), padding].filter(Boolean).join(', ')],
    dilation !== undefined && ['dilation', times(dilation)],
    ...counted,
  ];
}

/** What a layer put out, in numbers. */
export function outputFacts({ outputs }: ModelViewData, { first, last }: Block): Fact[] {
  const output = first < 0 ? undefined : outputs?.[last];
  if (!output) return [];
  return [
    ['mean', readable(output.mean)],
    ['least, most', `${readable(output.least)}, ${readable(output.most)}`],
    ['zeros', percent(output.zeros)],
  ];
}

const count = (value: number): string => value.toLocaleString('en');
