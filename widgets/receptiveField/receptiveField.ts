import { ready } from '../../src/backend';
import { knownOptions, shown, whole } from '../../src/check';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { longWork } from '../../src/longWork';
import { checkModel, type Classifier, type ImageInput } from '../../src/model/classifier';
import { mustBeFinite } from '../../src/model/finiteWeights';
import { findLayer } from '../../src/model/layers';
import type { ReceptiveField } from '../../src/model/receptive/field';
import { receptiveFields } from '../../src/model/receptive/receptiveField';
import type { LongWorkOptions } from '../../src/progress';
import { cellsFor, effectiveCells, keyLayers, layerFields } from './collect';
import { reduceFields, type ReceptiveData } from './data';
import { captionOf, draw, start } from './draw';
import { fieldTable } from './table';

/** Options of `receptiveField`. */
export interface ReceptiveFieldOptions extends LongWorkOptions {
  /** The layer that is shown first, by name or by its place in `model.layers()`. Default: the deepest whose field still lies within the image. */
  layer?: string | number;
  /** The layers whose effective fields are computed. Default: six, spread over the depth. `layer` is always among them. */
  layers?: readonly (string | number)[];
  /** The channel of `layer` whose gradient is taken. Default: the mean of all channels. */
  channel?: number;
}

/**
 * A Figure of where the cells of each layer look: the box of the image that a cell can depend on (worked out from kernels, strides, dilations and paddings),
 * the part of it that it does depend on for this image (the gradient of the cell; the dashed box holds 95 % of it), and the reverse: the cells of each layer that see a
 * pixel. For every layer with a grid the size of the field, the jump from cell to cell and the offset of the first cell, in pixels.
 * In JupyterLab and in saved pages: point at a cell or at a pixel, or use the arrow keys; a slider goes through the layers.
 *
 * Gradients are computed for a few layers, at up to 25 cells spread over the map and the most active one; other cells show the nearest of these, and say so. Theoretical fields are those of Araujo et
 * al. 2019, effective fields those of Luo et al. 2016 (arXiv 1701.04128), the 95 % box is that of Ding et al. 2022, for one cell.
 *
 * Options: `layer`, `layers` (names or numbers), `channel` (of `layer`; default the mean of all), `signal`, `onProgress`.
 * Throws for an unknown layer (naming the nearest), one without a grid, and a channel that it does not have.
 *
 * @example
 * await cl.receptiveField(model, photo)
 * await cl.receptiveField(model, photo, { layer: 'block5b_add', channel: 12 })
 */
export async function receptiveField(model: Classifier, photo: ImageInput, options: ReceptiveFieldOptions = {}): Promise<Figure> {
  checkModel('receptiveField', model);
  knownOptions('receptiveField', options, ['layer', 'layers', 'channel', 'signal', 'onProgress']);
  const { layer, layers, channel, signal, onProgress } = options;
  if (layers !== undefined && !Array.isArray(layers)) throw new TypeError(`layers must be a list of names or numbers, got ${shown(layers)}`);
  if (channel !== undefined && layer === undefined) throw new TypeError('channel needs the layer that it belongs to: give { layer, channel }');
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const fields = receptiveFields(model.graph, model.inputShape);
  if (!fields.length) throw new RangeError(`${model.name} has no layer with a grid; receptive fields need one`);
  const first = layer === undefined ? undefined : fieldNamed(model, fields, layer);
  if (first && channel !== undefined) whole(`channel of ${JSON.stringify(first.layer)}`, channel, 0, first.map[2] - 1);
  const keys = new Set(layers ? layers.map((each) => fieldNamed(model, fields, each)) : keyLayers(fields));
  if (first) keys.add(first);
  const begin = first ?? deepestWithin([...keys].sort((a, b) => fields.indexOf(a) - fields.indexOf(b)), model.inputShape) ?? fields[fields.length - 1];

  const { x, image } = model.prepare(photo);
  try {
    const data: ReceptiveData = {
      model: model.name,
      image: { width: image.width, height: image.height, data: image.data, name: image.name },
      ...layerFields(model.graph, x, fields, channel === undefined ? undefined : { field: begin, channel }),
      start: fields.indexOf(begin),
    };
    const wanted = fields.flatMap((field, at) => (keys.has(field) ? [{ field, layer: data.layers[at], cells: cellsFor(data.layers[at]) }] : []));
    const total = wanted.reduce((sum, { cells }) => sum + cells.length, 0);
    await longWork('receptive fields', { total, unit: 'cells', signal, onProgress }, async (job) => {
      let done = 0;
      for (const { field, layer: target, cells } of wanted) {
        const found = [];
        for (const batch of effectiveCells(model.graph, x, field, cells, target.channel)) {
          found.push(...batch);
          await job.advance((done += batch.length));
          if (job.signal.aborted) break;
        }
        target.effective = found;
        if (job.signal.aborted) break;
      }
      if (done < total) data.note = `stopped: effective fields of ${done} of ${total} cells`;
    });
    return widgetFigure({ widget: 'receptiveField', data, start, draw, width: 900, caption: captionOf(data), htmlAfter: fieldTable(data), values: valuesOf(data), reduce: reduceFields });
  } finally {
    x.dispose();
  }
}

function fieldNamed(model: Classifier, fields: readonly ReceptiveField[], layer: string | number): ReceptiveField {
  const { name, kind } = findLayer(model.graph, layer);
  const field = fields.find((each) => each.layer === name);
  if (field) return field;
  throw new RangeError(`layer ${shown(name)} (${kind}) has no grid; receptiveField takes ${fields.length > 6 ? `one of ${fields.length} layers with one, from ${fields[0].layer} to ${fields[fields.length - 1].layer}` : fields.map((each) => each.layer).join(', ')}`);
}

/** The deepest whose field still lies within the image; else the first. */
const deepestWithin = (fields: readonly ReceptiveField[], [height, width]: readonly number[]): ReceptiveField | undefined =>
  fields.findLast(({ rows, columns }) => rows.size <= height && columns.size <= width) ?? fields[0];

/** What `save('x.json')` writes: the numbers without the maps. */
const valuesOf = ({ model, layers, axes }: ReceptiveData): unknown =>
  layers.map(({ name, kind, map, rows, columns, channel, effective }) => ({
    model,
    layer: name,
    kind,
    map,
    rows: axes[rows],
    columns: axes[columns],
    channel,
    effective: effective?.map(({ cell, box }) => ({ cell, box })),
  }));
