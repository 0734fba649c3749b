import * as tf from '@tensorflow/tfjs';
import { rowsThatFit } from '../attribution/budget';
import type { Graph } from '../model/graph';
import type { AxisField, ReceptiveField } from '../model/receptive/receptiveField';
import { gradient } from '../model/run';
import type { Rectangle } from '../model/window/spans';

/** A place in a layer's map. */
export type Cell = readonly [row: number, column: number];

/** What one cell really looks at in one image. */
export interface EffectiveField {
  cell: Cell;
  /** The size of the gradient of the cell with respect to each pixel, the mean over the input's channels; `[height, width]` flat. */
  map: Float32Array;
  /** The smallest box that holds most of it; null where the gradient is 0 everywhere, as of a channel that a ReLU has switched off. */
  box: EffectiveBox | null;
}

/** A box clipped to the image; its edges lie between pixels, or inside one where the field is not square. */
export interface EffectiveBox extends Rectangle {
  /** How much of the whole it holds. */
  share: number;
}

/** How much of the gradient an effective box holds. */
export const massShare = 0.95;

/**
 * The effective receptive fields of cells: the gradient of a cell (its mean over the channels, or one of them) with respect to the image.
 * Luo, Li, Urtasun & Zemel 2016, "Understanding the effective receptive field in deep convolutional neural networks". Batch by batch.
 */
export function* effectiveFields(graph: Graph, x: tf.Tensor4D, field: ReceptiveField, cells: readonly Cell[], channel?: number): Generator<EffectiveField[]> {
  const size = rowsThatFit(graph);
  for (let at = 0; at < cells.length; at += size) {
    const batch = cells.slice(at, at + size);
    const maps = gradientMaps(graph, x, field, batch, channel);
    yield batch.map((cell, i): EffectiveField => ({ cell, map: maps[i], box: massBox(maps[i], x.shape[2], field, cell) }));
  }
}

function gradientMaps(graph: Graph, x: tf.Tensor4D, { value, map }: ReceptiveField, cells: readonly Cell[], channel: number | undefined): Float32Array[] {
  const sizes = tf.tidy(() => {
    const { grads } = gradient(graph, x, { of: value, wrt: [graph.input], seed: () => seedOf(cells, map, channel) });
    return tf.mean(tf.abs(grads[0]), 3);
  });
  try {
    const values = sizes.dataSync() as Float32Array;
    const length = values.length / cells.length;
    return cells.map((_, i) => values.slice(i * length, (i + 1) * length));
  } finally {
    sizes.dispose();
  }
}

/** A row for each cell: 1 at that cell of the channel, or its part of 1 in every channel. */
const seedOf = (cells: readonly Cell[], [rows, columns, channels]: readonly [number, number, number], channel: number | undefined): tf.Tensor =>
  tf.tidy(() => {
    const places = tf.oneHot(cells.map(([row, column]) => row * columns + column), rows * columns);
    const weights = channel === undefined ? tf.fill([channels], 1 / channels) : tf.oneHot([channel], channels);
    return tf.mul(tf.reshape(tf.cast(places, 'float32'), [cells.length, rows, columns, 1]), tf.reshape(tf.cast(weights, 'float32'), [1, 1, 1, channels]));
  });

/**
 * The smallest box around the centre of a cell's theoretical field, in its proportions, that holds `share` of a map: the high-contribution
 * area of Ding et al. 2022, "Scaling up your kernels to 31x31", for one cell.
 */
export function massBox(map: Float32Array, width: number, { rows, columns }: Pick<ReceptiveField, 'rows' | 'columns'>, [row, column]: Cell, share = massShare): EffectiveBox | null {
  const height = map.length / width;
  const down = distances(rows, row, height);
  const across = distances(columns, column, width);
  const held = [...map.keys()].filter((at) => map[at] > 0).map((at) => ({ mass: map[at], reach: Math.max(down[Math.floor(at / width)], across[at % width]) }));
  const total = held.reduce((sum, { mass }) => sum + mass, 0);
  if (!total) return null;
  held.sort((a, b) => a.reach - b.reach);
  let sum = 0;
  let reach = 0;
  for (const each of held) {
    // All pixels at one distance belong to the box, not only the first that fill the share.
    if (sum >= share * total && each.reach > reach) break;
    sum += each.mass;
    reach = each.reach;
  }
  const [top, bottom] = edges(rows, row, reach, height);
  const [left, right] = edges(columns, column, reach, width);
  return { top, left, bottom, right, share: sum / total };
}

/** Where a field ends that was scaled about its centre. Free of the last digits that scaling leaves. */
function edges(axis: AxisField, cell: number, scale: number, length: number): [number, number] {
  const exact = (place: number): number => Math.round(place * 1000) / 1000;
  const [centre, half] = [centreOf(axis, cell), (scale * axis.size) / 2];
  return [Math.max(0, exact(centre - half)), Math.min(length, exact(centre + half))];
}

/** The middle of a cell's theoretical field, in pixels from the first edge. */
export const centreOf = ({ offset, size, jump }: AxisField, cell: number): number => offset + cell * (jump ?? 0) + size / 2;

/** How far the field must be scaled to hold each pixel whole. */
function distances(axis: AxisField, cell: number, length: number): Float64Array {
  const centre = centreOf(axis, cell);
  return Float64Array.from({ length }, (_, at) => (Math.abs(at + 0.5 - centre) + 0.5) / (axis.size / 2));
}

/** At most `side` x `side` cells spread evenly over a map. */
export function lattice([rows, columns]: readonly number[], side: number): Cell[] {
  const spread = (length: number): number[] => {
    const count = Math.min(side, length);
    return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count));
  };
  return spread(rows).flatMap((row) => spread(columns).map((column): Cell => [row, column]));
}

/** The one of `cells` that is nearest to a place, the first of several. */
export const nearestCell = (cells: readonly Cell[], [row, column]: Cell): number => {
  const far = cells.map((cell) => Math.hypot(cell[0] - row, cell[1] - column));
  return far.indexOf(Math.min(...far));
};
