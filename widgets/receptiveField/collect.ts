import * as tf from '@tensorflow/tfjs';
import { type Cell, lattice } from '../../src/features/effective/cells';
import { effectiveFields } from '../../src/features/effective/effectiveField';
import type { Graph } from '../../src/model/graph';
import { type AxisField, boxOf, type ReceptiveField } from '../../src/model/receptive/field';
import { forward } from '../../src/model/run';
import { coded, type EffectiveCell, type LayerField, type ReceptiveData } from './data';

/** How many layers are looked at by their gradients unless told, and at how many cells a side. */
const keyCount = 7;
const latticeSide = 5;

/** The most values a side that are kept of a layer's output, and of a gradient. */
const outputSide = 28;
const gradientSide = 32;

/** Layers spread over the depth: the last of each size of map, and more where the field grows most between two of these. */
export function keyLayers(fields: readonly ReceptiveField[]): ReceptiveField[] {
  const size = ({ map }: ReceptiveField): string => `${map[0]} ${map[1]}`;
  const ends = fields.flatMap((field, at) => (at === fields.length - 1 || size(field) !== size(fields[at + 1]) ? [at] : []));
  const keys = ends.length <= keyCount ? ends : Array.from({ length: keyCount }, (_, i) => ends[Math.round((i * (ends.length - 1)) / (keyCount - 1))]);
  const side = (at: number): number => Math.log(fields[at].rows.size + fields[at].columns.size);
  while (keys.length < keyCount) {
    // The layer that divides the largest leap best.
    const between = fields.map((_, at) => {
      const next = keys.find((key) => key >= at) as number;
      const before = keys.findLast((key) => key < at) ?? 0;
      return keys.includes(at) ? 0 : Math.min(side(at) - side(before), side(next) - side(at));
    });
    const best = between.lastIndexOf(Math.max(...between));
    if (!(between[best] > 0)) break;
    keys.push(best);
    keys.sort((a, b) => a - b);
  }
  return keys.map((at) => fields[at]);
}

/** All layers with what they put out for the image, and their fields, each kept once. `one`: the layer of which one channel is shown. */
export function layerFields(graph: Graph, x: tf.Tensor4D, fields: readonly ReceptiveField[], one?: { field: ReceptiveField; channel: number }): Pick<ReceptiveData, 'layers' | 'axes'> {
  const axes = new Map<string, { at: number; axis: AxisField }>();
  const axisAt = (axis: AxisField): number => {
    const key = JSON.stringify(axis);
    const found = axes.get(key) ?? { at: axes.size, axis };
    axes.set(key, found);
    return found.at;
  };
  const outputs = tf.tidy(() =>
    forward(graph, x, fields.map(({ value }) => value)).map((output, at) => {
      const chosen = one?.field === fields[at] ? tf.slice(output, [0, 0, 0, one.channel], [-1, -1, -1, 1]) : output;
      return tf.mean(chosen, 3);
    }),
  );
  try {
    const layers = fields.map(({ layer: name, kind, map, rows, columns }, at): LayerField => {
      const values = outputs[at].dataSync() as Float32Array;
      return {
        name,
        kind,
        map,
        rows: axisAt(rows),
        columns: axisAt(columns),
        output: coded(values, map[0], map[1], outputSide),
        strongest: strongestOf(values, fields[at], x.shape),
        channel: one?.field === fields[at] ? one.channel : undefined,
      };
    });
    return { layers, axes: [...axes.values()].map(({ axis }) => axis) };
  } finally {
    tf.dispose(outputs);
  }
}

/** The cell that put out most, of those whose whole field lies within the image, if there are any: padding makes the others odd. */
function strongestOf(values: Float32Array, { map, rows, columns }: ReceptiveField, [, height, width]: readonly number[]): Cell {
  const cells = [...values.keys()].map((at): Cell => [Math.floor(at / map[1]), at % map[1]]);
  const within = ({ offset, size, jump }: AxisField, cell: number, length: number): boolean => offset + cell * (jump ?? 0) >= 0 && offset + cell * (jump ?? 0) + size <= length;
  const whole = cells.filter(([row, column]) => within(rows, row, height) && within(columns, column, width));
  const output = ([row, column]: Cell): number => Math.abs(values[row * map[1] + column]);
  return (whole.length ? whole : cells).reduce((best, cell) => (output(cell) > output(best) ? cell : best));
}

/** The cells whose effective fields are computed: some spread over the map, and the strongest. */
export function cellsFor({ map, strongest: [row, column] }: LayerField): Cell[] {
  const spread = lattice(map, latticeSide);
  return spread.some((cell) => cell[0] === row && cell[1] === column) ? spread : [...spread, [row, column]];
}

/** Effective fields, batch by batch, cut to what the cells can see and in blocks of pixels. */
export function* effectiveCells(graph: Graph, x: tf.Tensor4D, field: ReceptiveField, cells: readonly Cell[], channel?: number): Generator<EffectiveCell[]> {
  const width = x.shape[2];
  for (const batch of effectiveFields(graph, x, field, cells, channel)) {
    yield batch.map(({ cell, map, box }): EffectiveCell => {
      const part = boxOf(field, ...cell);
      const [rows, columns] = [part.bottom - part.top, part.right - part.left];
      const inside = new Float32Array(rows * columns);
      for (let row = 0; row < rows; row++) inside.set(map.subarray((part.top + row) * width + part.left, (part.top + row) * width + part.right), row * columns);
      return { cell, box, part, map: coded(inside, rows, columns, gradientSide) };
    });
  }
}
