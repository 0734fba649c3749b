import { knownOptions, shown } from '../../src/check';
import type { LayerOutput } from '../../src/features/layerOutputs';
import type { Figure } from '../../src/figure/figure';
import type { Seen } from '../../src/figure/shown';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { checkModel, type Classifier } from '../../src/model/classifier';
import { layerRowsHtml } from '../layerRows';
import type { ModelViewData, NetworkData, OutputData } from './data';
import { drawModelView, start } from './draw';
import { totals } from './facts';
import { networkData } from './networkData';
import { openFolds, type OpenGroups } from './openFolds';
import { outputData } from './outputs';

/** Options of `modelView`. */
export interface ModelViewOptions {
  /** What layers put out for an image, from `cl.layerOutputs`: then blocks show their strongest channel, and their figures on hover. Default: none. */
  outputs?: Iterable<LayerOutput>;
  /**
   * Which groups are open at first: `'auto'` (default: all of a small network, few of a large one), `'all'`, `'none'`, or their names (a group opens
   * with those around it). Groups are nested models, numbered blocks ("block2a"), branches, and stages of one grid.
   */
  open?: OpenGroups;
}

/** Maps of a layer, and cells along the longer side of one: what keeps a network of 150 layers within half a megabyte. */
const mapSize = { maps: 4, side: 24 };

/**
 * A Figure of the network, drawn from the model itself: blocks as tall as their output grid and as wide as their channels, coloured by kind, with branches and
 * merges, parameters and multiply-adds; a table of all layers below. Repeated blocks and nested models are folded. In JupyterLab and in saved pages
 * groups open and fold, each block tells its shape, kernel, strides, parameters, multiply-adds and what it reads, and layers are found by name or kind;
 * with `outputs` also the mean, largest value, share of zeros and small maps of each layer.
 *
 * Multiply-adds are those of convolutions and dense layers for one image; pooling, normalisation, activations and merges count as 0.
 *
 * Options: `outputs` (from `cl.layerOutputs`; none), `open` ('auto', 'all', 'none' or names of groups; 'auto').
 *
 * @example
 * cl.modelView(model)
 * cl.modelView(model, { outputs: await cl.layerOutputs(model, photo) })
 */
export function modelView(model: Classifier, options: ModelViewOptions = {}): Figure {
  checkModel('modelView', model);
  knownOptions('modelView', options, ['outputs', 'open']);
  const table = model.layers();
  const network = networkData(table);
  const data: ModelViewData = { ...network, model: model.name, open: openFolds(network, options.open), ...outputsOf(network, options.outputs, model.name) };
  return widgetFigure({
    widget: 'modelView',
    data,
    start,
    draw: drawModelView,
    width: 900,
    caption: `${model.name} · ${totals(network).map(([name, value]) => `${name} ${value}`).join(' · ')}`,
    htmlAfter: layerRowsHtml(table.rows, false),
    values: { model: model.name, inputShape: table.inputShape, layers: table.rows, groups: network.folds.map(({ name, first, last }) => ({ name, first, last })) },
    reduce: fewerMaps,
  });
}

function outputsOf({ layers }: NetworkData, outputs: unknown, model: string): Pick<ModelViewData, 'image' | 'outputs'> {
  if (outputs === undefined) return {};
  if (outputs === null || typeof outputs !== 'object' || !(Symbol.iterator in outputs)) throw new TypeError(`outputs must be what cl.layerOutputs gives, got ${shown(outputs)}`);
  const given = [...(outputs as Iterable<LayerOutput>)];
  const place = new Map(layers.map(({ name }, at) => [name, at]));
  const list: (OutputData | null)[] = layers.map(() => null);
  for (const output of given) {
    const at = place.get(output?.layer);
    if (at === undefined) throw new RangeError(`outputs has layer ${shown(output?.layer)}, which ${model} does not have; give those of the same model`);
    list[at] = outputData(output, mapSize);
  }
  if (!given.length) throw new RangeError('outputs has no layer; give those of at least one');
  const { width, height, data, name } = given[0].image;
  return { outputs: list, image: { width, height, data, name } satisfies Seen };
}

/** The strongest maps alone. */
function fewerMaps(data: ModelViewData, detail: number): ModelViewData {
  const kept = Math.max(1, Math.round(mapSize.maps * detail));
  const outputs = data.outputs?.map((output) => output && { ...output, channels: output.channels.slice(0, kept), codes: output.codes.slice(0, kept * output.width * output.height) });
  return { ...data, outputs };
}
