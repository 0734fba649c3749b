import * as tf from '@tensorflow/tfjs';
import { shown, whole } from '../../check';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import { forward } from '../../model/run';
import { type Found, type Method, method, type Subject, type TargetOptions } from '../method';
import { type Fill, fillOf } from './fill';
import { CoverageMean, type Window, windowsOf } from './windows';

/** Options of `occlusion`. */
export interface OcclusionOptions extends TargetOptions {
  /** The side of the square that is hidden, or `[height, width]`, in pixels of the network's input. Default: a seventh of the shorter side (32 of 224). */
  patch?: number | [number, number];
  /** How far the patch moves, or `[down, across]`. Default: half the patch. */
  stride?: number | [number, number];
  /** What the patch is filled with: a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'mean'` (the image's mean colour) or `'blur'`. Default `'mean'`. */
  fill?: Fill;
}

/**
 * A map of how much the score falls when a part of the image is hidden: for each pixel the mean, over the windows that cover it, of
 * f(x) - f(x with the window filled). Shape `[height, width]` of the input, in logits, signed: above 0 speaks for the target,
 * below 0 against it.
 *
 * Options: `target` (number, label, function of the logits; default the most likely class), `score` ('logit' or 'probability'), `patch` (pixels
 * or [height, width]; 32 at 224), `stride` (half the patch), `fill` (a number or [r, g, b] in 0..255, 'mean', 'blur'; 'mean'), `batchSize`,
 * `signal` and the kernel's interrupt button (both keep the map so far), `onProgress`. The last window is cropped at the edge.
 * Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks", arXiv 1311.2901.
 *
 * @example
 * await cl.occlusion(model, photo, { patch: 32, stride: 16, fill: 'mean' })
 */
export const occlusion: Method<OcclusionOptions> = method<OcclusionOptions>({
  name: 'occlusion',
  method: 'occlusion',
  options: ['patch', 'stride', 'fill'],
  unit: 'windows',
  count: (model, options) => placed(model, options).windows.length,
  async find(subject, options) {
    const { model, aims } = subject;
    const [height, width] = model.inputShape;
    const { patch, stride, windows } = placed(model, options);
    const { fill = 'mean' } = options;
    const hidden = fillOf(fill, model, subject.input, subject.x, subject.image);
    const { maps, done } = await drops(subject, hidden, windows, options);
    return aims.map((_, i): Found => ({
      values: maps[i],
      shape: [height, width],
      signed: true,
      unit: options.score === 'probability' ? 'fall of the probability' : 'fall of the logit',
      options: { patch, stride, fill, windows: windows.length },
      note: done < windows.length ? `stopped after ${done} of ${windows.length} windows; what none of them covered is 0` : undefined,
    }));
  },
});

function placed({ inputShape: [height, width] }: Classifier, options: OcclusionOptions): { patch: [number, number]; stride: [number, number]; windows: Window[] } {
  const patch = sizes('patch', options.patch ?? Math.max(1, Math.round(Math.min(height, width) / 7)));
  const stride = sizes('stride', options.stride ?? ([Math.ceil(patch[0] / 2), Math.ceil(patch[1] / 2)]));
  if (patch[0] > height || patch[1] > width) throw new RangeError(`patch ${patch.join(' x ')} is larger than the network's input, ${height} x ${width}`);
  return { patch, stride, windows: windowsOf(height, width, patch, stride) };
}

/** A map for each aim: the windows' scores come from one pass for all. */
async function drops(subject: Subject, hidden: Float32Array, windows: Window[], { batchSize }: OcclusionOptions): Promise<{ maps: Float32Array[]; done: number }> {
  const { model, x, of, aims, job } = subject;
  const [height, width, channels] = model.inputShape;
  const clean = x.dataSync() as Float32Array;
  const scores = (batch: tf.Tensor4D): Float32Array[] =>
    scoped(() => {
      const [value] = forward(model.graph, batch, [of]);
      return aims.map((aim) => {
        aim.see(value);
        return aim.scores(value).dataSync() as Float32Array;
      });
    });
  const whole = scores(x).map(([score]) => score);
  const maps = aims.map(() => new CoverageMean(height, width));
  let done = 0;
  // Batches that take less than half a second: long enough to be efficient, short enough to be stopped.
  let size = batchSize ?? 4;
  while (done < windows.length && !job.signal.aborted) {
    const batch = windows.slice(done, done + size);
    const start = performance.now();
    const hiddenX = hiddenBatch(clean, hidden, batch, [height, width, channels]);
    const found = scores(hiddenX);
    hiddenX.dispose();
    maps.forEach((map, i) => batch.forEach((window, k) => map.add(window, whole[i] - found[i][k])));
    done += batch.length;
    const each = (performance.now() - start) / batch.length;
    size = batchSize ?? Math.max(1, Math.min(32, Math.round(400 / each)));
    await job.add(batch.length);
  }
  return { maps: maps.map((map) => map.values()), done };
}

/** Copies of the input, each with one window taken from `hidden`. */
function hiddenBatch(clean: Float32Array, hidden: Float32Array, windows: Window[], [height, width, channels]: [number, number, number]): tf.Tensor4D {
  const batch = new Float32Array(windows.length * clean.length);
  windows.forEach(({ top, left, bottom, right }, i) => {
    const start = i * clean.length;
    batch.set(clean, start);
    for (let row = top; row < bottom; row++) {
      const from = (row * width + left) * channels;
      batch.set(hidden.subarray(from, (row * width + right) * channels), start + from);
    }
  });
  return tf.tensor4d(batch, [windows.length, height, width, channels]);
}

function sizes(name: string, value: unknown): [number, number] {
  const [rows, columns] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  if (Array.isArray(value) && value.length !== 2) throw new RangeError(`${name} must be a number or [height, width], got ${shown(value)}`);
  return [whole(name, rows), whole(name, columns)];
}
