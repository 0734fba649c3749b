import { knownOptions, oneOf, shown, truth, whole } from '../../check';
import { ready } from '../../backend';
import { scoped } from '../../kernels/scoped';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import type { Step } from '../../model/graph';
import { findLayer, onlyReader } from '../../model/layers';
import { clusterOrder } from '../clusterOrder';
import { folded, hasKernels, type Kernels, kernelsOf, normsOf, pickFilters } from './kernels';
import { type FilterOrder, Filters, type FiltersRecord } from './result';
import { kernelDistances } from './similarity';

/** Options of `filters`. */
export interface FiltersOptions {
  /** The layer, by name or by its place in `model.layers()`. Default: the first convolution. */
  layer?: string | number;
  /** The filters to keep, by number. Default: all. */
  channels?: readonly number[];
  /** Their order: `'number'` (default), `'norm'` (the greatest L2 norm first), `'similarity'` (those with like kernels together). */
  sort?: FilterOrder;
  /** How many filters are drawn, the first in their order; the result holds all. Default 64 tiles; where each filter reads many channels 24 rows of tiles, or 48 of single weights. */
  max?: number;
  /** How many input channels are drawn, those with the greatest weights. Default 24, or 64 of kernels of 1 x 1. */
  maxInputs?: number;
  /** Whether the batch normalisation that follows is taken into the weights: what both do together. Default false. */
  fold?: boolean;
}

/**
 * The kernels of a layer, as `Filters`: `weights` (`[rows, columns, inputs, filters]`), `norms` (`l1` and `l2` of each filter), `kernel(number)`. Shows itself as tiles on one scale, symmetric about 0:
 * the first layer's in colour, red, green and blue about grey, in the order in which the network takes them; deeper ones with a tile for each input channel; kernels of 1 x 1 and dense layers as a matrix
 * of filters by inputs; depthwise layers with a tile for each channel.
 *
 * Options: `layer` (default the first convolution), `channels` (numbers; default all), `sort` ('number', 'norm' or 'similarity'; 'number'), `max` and `maxInputs` (how many are drawn), `fold` (false; true takes the
 * batch normalisation that follows into the weights). Throws for an unknown layer (naming the nearest), one without kernels (naming one that has), and a filter that it does not have.
 *
 * @example
 * await cl.filters(model)
 * await cl.filters(model, { layer: 'block2_conv1', sort: 'norm', max: 16 })
 */
export async function filters(model: Classifier, options: FiltersOptions = {}): Promise<Filters> {
  checkModel('filters', model);
  knownOptions('filters', options, ['layer', 'channels', 'sort', 'max', 'maxInputs', 'fold']);
  const order = oneOf('sort', options.sort ?? 'number', ['number', 'norm', 'similarity'] as const);
  const fold = truth('fold', options.fold ?? false);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const step = stepWithKernels(model, options.layer);
  const kernels = kernelsOf(step) as Kernels;
  const depth = kernels.shape[3];
  const chosen = channelsOf(step, options.channels, depth);
  const after = normalisationAfter(model, step);
  if (fold && !after) throw new RangeError(`layer ${JSON.stringify(step.layer)} is followed by no batch normalisation to fold; leave fold out`);
  const all = fold && after ? withNormalisation(kernels, after) : kernels;
  const unordered = pickFilters(all, chosen);
  const places = orderOf(unordered, order);
  const kept = pickFilters(unordered, places);
  const colours = colourOf(model, step, kept);
  const rows = kept.shape[2] > 1 && !colours;
  const pointwise = kept.shape[0] * kept.shape[1] === 1;
  return new Filters({
    model: model.name,
    layer: step.layer,
    kind: step.kind,
    weights: kept.values,
    shape: kept.shape,
    bias: kept.bias,
    channels: places.map((at) => chosen[at]),
    depth,
    norms: normsOf(kept),
    multiplier: kept.multiplier,
    colours,
    normalisation: after && { layer: after.layer, folded: fold },
    order,
    max: whole('max', options.max ?? (rows ? (pointwise ? 48 : 24) : 64)),
    maxInputs: whole('maxInputs', options.maxInputs ?? (pointwise ? 64 : 24)),
    note: [kept.note, colours && colours !== 'grey' && typeof model.preprocess === 'function' && 'taken to read red, green, blue: its preprocessing is a function'].filter(Boolean).join(' · ') || undefined,
  });
}

/** The layer's step; the first convolution's where none is named. */
function stepWithKernels({ graph, name: model }: Classifier, layer: FiltersOptions['layer']): Step {
  const able = graph.steps.filter(hasKernels);
  if (layer === undefined) {
    const first = able.find(({ kind }) => kind !== 'Dense') ?? able[0];
    if (first) return first;
    throw new Error(`${model} has no layer with kernels`);
  }
  const { name, kind } = findLayer(graph, layer);
  const found = able.find((step) => step.layer === name);
  if (found) return found;
  const at = graph.steps.findIndex((step) => step.layer === name);
  const near = able.findLast((step) => graph.steps.indexOf(step) < at) ?? able[0];
  throw new RangeError(`layer ${shown(name)} (${kind}) has no kernels${near ? `; the nearest that has is ${shown(near.layer)}` : ''}`);
}

function channelsOf({ layer }: Step, channels: unknown, depth: number): number[] {
  if (channels === undefined) return [...Array(depth).keys()];
  if (!Array.isArray(channels) || !channels.length) throw new TypeError(`channels must be a list of numbers from 0 to ${depth - 1}, got ${shown(channels)}`);
  return [...new Set(channels.map((each) => whole(`channel of layer ${JSON.stringify(layer)}`, each, 0, depth - 1)))];
}

/** The batch normalisation that alone reads what a convolution puts out, no activation between. */
function normalisationAfter({ graph }: Classifier, step: Step): Step | undefined {
  const next = onlyReader(graph.steps, step.outputs[0]);
  return next?.kind === 'BatchNormalization' && next.op.affine ? next : undefined;
}

function withNormalisation(kernels: Kernels, { op }: Step): Kernels {
  const [scale, shift] = scoped(() => [op.affine?.scale(), op.affine?.shift()].map((tensor) => tensor?.dataSync() as Float32Array));
  return folded(kernels, scale, shift);
}

/** What lies between the image and its first layer without mixing its channels. */
const passing = new Set(['ZeroPadding2D', 'Dropout', 'Rescaling', 'Normalization', 'Cropping2D', 'BatchNormalization']);

/** The order of the colours that a layer reads, where it reads the image. */
function colourOf({ graph, preprocess, inputShape }: Classifier, step: Step, { shape }: Kernels): FiltersRecord['colours'] {
  let value = step.inputs[0];
  for (let before: Step | undefined; value !== graph.input; value = before.inputs[0]) {
    before = graph.steps.find(({ outputs }) => outputs.includes(value));
    if (!before || !passing.has(before.kind)) return undefined;
  }
  if (shape[2] === 1 && inputShape[2] === 1) return 'grey';
  return shape[2] === 3 && step.kind !== 'Dense' ? (preprocess === 'caffe' ? 'bgr' : 'rgb') : undefined;
}

/** The places of the filters in the order asked for. */
function orderOf(kernels: Kernels, order: FilterOrder): number[] {
  const places = [...Array(kernels.shape[3]).keys()];
  if (order === 'similarity') return clusterOrder(kernelDistances(kernels), places.length);
  if (order === 'number') return places;
  const { l2 } = normsOf(kernels);
  return places.sort((a, b) => l2[b] - l2[a] || a - b);
}
