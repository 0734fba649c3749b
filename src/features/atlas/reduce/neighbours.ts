import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../../kernels/scoped';

/** For each vector its nearest, itself first, and how far they are. */
export interface Neighbours {
  indices: number[][];
  distances: number[][];
}

/** Values of a block of distances. */
const blockSize = 4e6;

/** The `count` nearest of each vector `[n, dims]` by cosine distance, found by comparing all: exact, and for some thousands faster than a search. Gives a part at a time. */
export function* nearestByCosine(vectors: Float32Array, dims: number, count: number): Generator<number, Neighbours> {
  const size = vectors.length / dims;
  const units = unitLength(vectors, dims);
  const rows = Math.max(1, Math.floor(blockSize / size));
  const found: Neighbours = { indices: [], distances: [] };
  for (let from = 0; from < size; from += rows) {
    const block = units.subarray(from * dims, Math.min(size, from + rows) * dims);
    const length = block.length / dims;
    const [values, indices] = scoped(() => {
      const likeness = tf.matMul(tf.tensor2d(block, [length, dims]), tf.tensor2d(units, [size, dims]), false, true);
      // A vector is its own nearest, also beside its like and where it is 0.
      const own = tf.oneHot(tf.range(from, from + length, 1, 'int32'), size, 2, 0, 'float32');
      const top = tf.topk(tf.add(likeness, own), count);
      return [top.values.dataSync(), top.indices.dataSync()];
    });
    for (let row = 0; row < length; row++) {
      const part = [row * count, (row + 1) * count] as const;
      found.indices.push(Array.from(indices.slice(...part)));
      found.distances.push(Array.from(values.slice(...part), (value, at) => (at === 0 ? 0 : Math.max(0, 1 - value))));
    }
    yield from + length;
  }
  return found;
}

function unitLength(vectors: Float32Array, dims: number): Float32Array {
  const units = new Float32Array(vectors.length);
  for (let from = 0; from < vectors.length; from += dims) {
    const length = Math.hypot(...vectors.subarray(from, from + dims));
    if (length > 0) for (let at = from; at < from + dims; at++) units[at] = vectors[at] / length;
  }
  return units;
}
