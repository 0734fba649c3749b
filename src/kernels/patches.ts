import * as tf from '@tensorflow/tfjs';
import { nativeOp } from './native';
import type { Frame, WindowRule } from './window';

/** A feature map that patches are cut from: its cells row by row, then one cell of zeros and one of the lowest number, which stand outside it. */
export interface CleanMap {
  height: number;
  width: number;
  channels: number;
  /** On the native backend. */
  cells?: tf.Tensor2D;
  /** On the others, where JavaScript copies faster than they gather. */
  values?: Float32Array;
}

/** Patches that replace parts of a clean map. */
export interface Patch {
  tensor: tf.Tensor4D;
  frame: Frame;
}

const lowest = -3.4028234663852886e38;

/** A map `[1, height, width, channels]` to cut from. */
export function cleanMap(x: tf.Tensor4D): CleanMap {
  const [, height, width, channels] = x.shape;
  const cells = tf.tidy(() => tf.concat2d([tf.reshape(x, [-1, channels]) as tf.Tensor2D, tf.zeros([1, channels]), tf.fill([1, channels], lowest)], 0));
  if (tf.getBackend() === 'tensorflow') return { height, width, channels, cells };
  const values = cells.dataSync() as Float32Array;
  cells.dispose();
  return { height, width, channels, values };
}

/** The patches that lie at `frame`: from `changed` where that reaches, from the clean map elsewhere. */
export function cut(clean: CleanMap, changed: Patch, frame: Frame, outside: WindowRule['outside']): tf.Tensor4D {
  if (sameFrame(changed.frame, frame)) return tf.clone(changed.tensor);
  return clean.cells ? stitched(clean, clean.cells, changed, frame, outside) : copied(clean, clean.values as Float32Array, changed, frame, outside);
}

/** The clean map's own cells at `frame`, which lies inside it; the map once where each patch is all of it. On the native backend only. */
export function cleanPatches({ height, width, channels, cells }: CleanMap, { tops, lefts, size: [rows, columns] }: Frame): tf.Tensor4D {
  if (rows === height && columns === width) return tf.tidy(() => tf.reshape(tf.slice(cells as tf.Tensor2D, [0, 0], [height * width, channels]), [1, height, width, channels]));
  const indices = new Int32Array(tops.length * rows * columns);
  let at = 0;
  tops.forEach((top, i) => {
    for (let y = top; y < top + rows; y++) for (let x = lefts[i]; x < lefts[i] + columns; x++) indices[at++] = y * width + x;
  });
  return tf.tidy(() => tf.reshape(tf.gather(cells as tf.Tensor2D, tf.tensor1d(indices, 'int32')), [tops.length, rows, columns, channels]));
}

const sameFrame = (a: Frame, b: Frame): boolean =>
  a.size[0] === b.size[0] && a.size[1] === b.size[1] && a.tops.every((top, i) => top === b.tops[i]) && a.lefts.every((left, i) => left === b.lefts[i]);

/** Two gathers and one interleaving, all in the library. */
function stitched(clean: CleanMap, cells: tf.Tensor2D, { tensor, frame: from }: Patch, frame: Frame, outside: WindowRule['outside']): tf.Tensor4D {
  const { height, width, channels } = clean;
  const beyond = height * width + (outside === 'zeros' ? 0 : 1);
  const [rows, columns] = frame.size;
  const [fromRows, fromColumns] = from.size;
  const count = frame.tops.length;
  const total = count * rows * columns;
  const kept = new Int32Array(total);
  const keptAt = new Int32Array(total);
  const fresh = new Int32Array(total);
  const freshAt = new Int32Array(total);
  let keptCount = 0;
  let freshCount = 0;
  for (let at = 0, i = 0; i < count; i++) {
    const dy = frame.tops[i] - from.tops[i];
    const dx = frame.lefts[i] - from.lefts[i];
    for (let row = 0; row < rows; row++) {
      const y = frame.tops[i] + row;
      const inRow = row + dy >= 0 && row + dy < fromRows;
      for (let column = 0; column < columns; column++, at++) {
        if (inRow && column + dx >= 0 && column + dx < fromColumns) {
          fresh[freshCount] = (i * fromRows + row + dy) * fromColumns + column + dx;
          freshAt[freshCount++] = at;
          continue;
        }
        const x = frame.lefts[i] + column;
        kept[keptCount] = y >= 0 && y < height && x >= 0 && x < width ? y * width + x : beyond;
        keptAt[keptCount++] = at;
      }
    }
  }
  return tf.tidy(() => {
    const list = (indices: Int32Array, size: number): tf.Tensor1D => tf.tensor1d(indices.subarray(0, size), 'int32');
    const changed = tf.reshape(tensor, [-1, channels]);
    // Every changed cell is used, in order, unless the patch leaves some out.
    const used = freshCount === changed.shape[0] ? changed : tf.gather(changed, list(fresh, freshCount));
    if (keptCount === 0) return tf.reshape(used, [count, rows, columns, channels]) as tf.Tensor4D;
    const rest = tf.gather(cells, list(kept, keptCount));
    if (freshCount === 0) return tf.reshape(rest, [count, rows, columns, channels]) as tf.Tensor4D;
    return tf.reshape(nativeOp('DynamicStitch', [list(keptAt, keptCount), list(freshAt, freshCount), rest, used], { N: 2 }) as tf.Tensor, [count, rows, columns, channels]) as tf.Tensor4D;
  });
}

/** The same, row by row in JavaScript. */
function copied(clean: CleanMap, values: Float32Array, { tensor, frame: from }: Patch, frame: Frame, outside: WindowRule['outside']): tf.Tensor4D {
  const { height, width, channels } = clean;
  const [rows, columns] = frame.size;
  const [fromRows, fromColumns] = from.size;
  const changed = tensor.dataSync() as Float32Array;
  const patches = new Float32Array(frame.tops.length * rows * columns * channels);
  if (outside === 'lowest') patches.fill(lowest);
  frame.tops.forEach((top, i) => {
    const left = frame.lefts[i];
    const copy = (source: Float32Array, start: number, y: number, firstX: number, lastX: number, sourceLeft: number): void => {
      const first = Math.max(left, firstX);
      const last = Math.min(left + columns, lastX);
      if (first >= last) return;
      const cell = (start + first - sourceLeft) * channels;
      patches.set(source.subarray(cell, cell + (last - first) * channels), (((i * rows + y - top) * columns) + first - left) * channels);
    };
    const fromTop = from.tops[i];
    const fromLeft = from.lefts[i];
    for (let y = Math.max(0, top); y < Math.min(height, top + rows); y++) copy(values, y * width, y, 0, width, 0);
    for (let y = Math.max(fromTop, top); y < Math.min(fromTop + fromRows, top + rows); y++) {
      copy(changed, (i * fromRows + y - fromTop) * fromColumns, y, fromLeft, fromLeft + fromColumns, fromLeft);
    }
  });
  return tf.tensor4d(patches, [frame.tops.length, rows, columns, channels]);
}
