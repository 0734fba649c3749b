import * as tf from '@tensorflow/tfjs';
import { rowsThatFit } from '../../attribution/budget';
import type { Graph } from '../../model/graph';
import type { ReceptiveField } from '../../model/receptive/field';
import { gradient } from '../../model/run';
import type { Cell } from './cells';
import { type EffectiveBox, massBox } from './massBox';

/** What one cell really looks at in one image. */
export interface EffectiveField {
  cell: Cell;
  /** The size of the gradient of the cell with respect to each pixel, the mean over the input's channels; `[height, width]` flat. */
  map: Float32Array;
  /** The smallest box that holds most of it; null where the gradient is 0 everywhere, as of a channel that a ReLU has switched off. */
  box: EffectiveBox | null;
}

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
