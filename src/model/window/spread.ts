import * as tf from '@tensorflow/tfjs';
import { type CleanMap, cleanPatches, cut, type Patch } from '../../kernels/patches';
import type { Frame, Pads, Slide } from '../../kernels/window';
import type { WindowStep } from './steps';

/**
 * A convolution on windows by what changes: the change of the input, convolved with zeros around it, is the change of the output.
 * A patch with its unchanged surroundings would cost more: around the changes TensorFlow's library skips the zeros.
 */
export function spreadOver({ rule, slides }: WindowStep, changed: Patch, before: CleanMap, after: CleanMap, frame: Frame): tf.Tensor4D {
  return tf.tidy(() => {
    const rows = zerosFor(changed.frame.tops, changed.frame.size[0], frame.tops, frame.size[0], slides[0]);
    const columns = zerosFor(changed.frame.lefts, changed.frame.size[1], frame.lefts, frame.size[1], slides[1]);
    const pads: Pads = [rows.pads, columns.pads];
    const changes = rule.spread!(tf.sub(changed.tensor, cleanPatches(before, changed.frame)), pads);
    const reached: Patch = { tensor: changes, frame: { tops: rows.starts, lefts: columns.starts, size: [changes.shape[1], changes.shape[2]] } };
    // Where a box is wider than what its window reaches, nothing changes.
    const nowhere: CleanMap = { height: 0, width: 0, channels: after.channels, cells: tf.zeros([1, after.channels]) };
    return tf.add(cut(nowhere, reached, frame, 'zeros'), cleanPatches(after, frame)) as tf.Tensor4D;
  });
}

/** The fewest zeros before and after the changes for which the result covers the wanted boxes, as far as changes reach; and where the result starts. */
function zerosFor(starts: Int32Array, length: number, wanted: Int32Array, size: number, { reach, before }: Slide): { pads: [number, number]; starts: Int32Array } {
  const ahead = starts.map((start, i) => start + before - wanted[i]);
  const behind = ahead.map((zeros) => size + reach - 1 - length - zeros);
  const fitting = (zeros: Int32Array): number => Math.max(0, Math.min(reach - 1, Math.max(...zeros)));
  const pads: [number, number] = [fitting(ahead), fitting(behind)];
  return { pads, starts: starts.map((start) => start + before - pads[0]) };
}
