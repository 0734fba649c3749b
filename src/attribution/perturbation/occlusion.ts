import { shown, whole } from '../../check';
import type { Classifier } from '../../model/classifier';
import { type Found, type Method, method, type Subject, type TargetOptions } from '../method';
import { type Fill, fillOf } from './fill';
import { windowFalls } from './windowScores';
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
 * Where a window changes only a part of the early feature maps, only that part is computed again, with the same result (the record's `options.computed` tells):
 * Nakandala, Kumar & Papakonstantinou 2019, "Incremental and approximate inference for faster occlusion-based deep CNN explanations".
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
    const { maps, done, way } = await drops(subject, hidden, windows, options);
    return aims.map((_, i): Found => ({
      values: maps[i],
      shape: [height, width],
      signed: true,
      unit: options.score === 'probability' ? 'fall of the probability' : 'fall of the logit',
      options: { patch, stride, fill, windows: windows.length, computed: way },
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
async function drops(subject: Subject, hidden: Float32Array, windows: Window[], { batchSize }: OcclusionOptions): Promise<{ maps: Float32Array[]; done: number; way: string }> {
  const [height, width] = subject.model.inputShape;
  const maps = subject.aims.map(() => new CoverageMean(height, width));
  let done = 0;
  let way = '';
  for await (const { windows: some, falls } of windowFalls(subject, hidden, windows, batchSize, (text) => (way = text))) {
    maps.forEach((map, i) => some.forEach((window, k) => map.add(window, falls[i][k])));
    done += some.length;
  }
  return { maps: maps.map((map) => map.values()), done, way };
}

function sizes(name: string, value: unknown): [number, number] {
  const [rows, columns] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  if (Array.isArray(value) && value.length !== 2) throw new RangeError(`${name} must be a number or [height, width], got ${shown(value)}`);
  return [whole(name, rows), whole(name, columns)];
}
