import { oneOf, shown, whole } from '../../check';
import type { Classifier } from '../../model/classifier';
import { type Found, type Method, method } from '../method';
import { coverOf, type Fill, fillName, fillOf } from './fill';
import { paceOf, perturb, type PerturbationOptions, perturbationOptions } from './perturb';
import { WindowLog } from './windowLog';
import { windowScorer } from './windowScores';
import { coverage, CoverageMean, type Window, windowsOf } from './windows';

/** Options of `occlusion`. */
export interface OcclusionOptions extends PerturbationOptions {
  /** The side of the square that is hidden, or `[height, width]`, in pixels of the network's input. Default: a seventh of the shorter side (32 of 224). */
  patch?: number | [number, number];
  /** How far the patch moves, or `[down, across]`. Default: half the patch. */
  stride?: number | [number, number];
  /** What the patch is filled with: a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'black'`, `'mean'` (the image's mean colour), `'blur'`, another image, or a tensor as the network takes it. Default `'mean'`. */
  fill?: Fill;
  /** What a pixel gets of the windows that cover it: their `'mean'` (as Captum) or their `'sum'` (as xplique and PAIR's saliency). Default `'mean'`. */
  reduce?: 'mean' | 'sum';
}

/**
 * A map of how much the score falls when a part of the image is hidden: for each pixel the mean, over the windows that cover it, of
 * f(x) - f(x with the window filled). Shape `[height, width]` of the input, in logits, signed: above 0 speaks for the target,
 * below 0 against it.
 *
 * Options: `target` (as every method; a list costs hardly more than one), `score` ('logit' or 'probability'), `patch` (pixels
 * or [height, width]; 32 at 224), `stride` (half the patch), `fill` (a number or [r, g, b] in 0..255, 'black', 'mean', 'blur', an image or a tensor; 'mean'),
 * `reduce` ('mean' or 'sum'), `budgetMs`, `live` (true: the cell shows the map so far), `onUpdate`, `batchSize`, `signal`, `onProgress`.
 * The last window in each direction is cropped at the edge. Windows far apart come first: stopped early, by `budgetMs`, `signal` or the kernel's interrupt
 * button, it gives a coarser map of the whole picture, in which what no window covered has the value found nearest (0 far from all of them), and a note says how far it came.
 * Where a window changes only a part of the early feature maps, only that part is computed again, with the same result (the record's `options.computed` tells):
 * Nakandala, Kumar & Papakonstantinou 2019, "Incremental and approximate inference for faster occlusion-based deep CNN explanations".
 * What each window gave, its score and the likeliest classes with it covered, is in the record's `windows`; `cl.occlusionExplorer(map)` shows it.
 * Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks", arXiv 1311.2901.
 *
 * @example
 * await cl.occlusion(model, photo, { patch: 32, stride: 16, fill: 'mean', budgetMs: 20000 })
 */
export const occlusion: Method<OcclusionOptions> = method<OcclusionOptions>({
  name: 'occlusion',
  method: 'occlusion',
  options: ['patch', 'stride', 'fill', 'reduce', ...perturbationOptions],
  linear: () => true,
  unit: 'windows',
  count: (model, options) => placed(model, options).windows.length,
  async find(subject, options) {
    const { model, aims } = subject;
    const [height, width] = model.inputShape;
    const { patch, stride, windows } = placed(model, options);
    const { fill = 'mean' } = options;
    const reduce = oneOf('reduce', options.reduce ?? 'mean', ['mean', 'sum'] as const);
    const pace = paceOf(subject, options);
    const scorer = windowScorer(subject, windows, fillOf(fill, model, subject.input, subject.x, subject.image), options.batchSize);
    // Half of what lies between two of the windows that come first, down and across.
    const reach = 4 * (stride[0] + stride[1]);
    const maps = aims.map(() => new CoverageMean(height, width, reach));
    const covered = coverage(height, width, windows);
    const bare = covered.filter((times) => times === 0).length / covered.length;
    try {
      const log = new WindowLog(subject, scorer, { patch, stride, total: windows.length, cover: coverOf(fill, model, subject.input, subject.x, subject.image) });
      return await perturb(subject, pace, options, {
        method: 'occlusion',
        unit: 'windows',
        count: windows.length,
        scorer,
        take(some, scores, logits) {
          maps.forEach((map, aim) => some.forEach((window, i) => map.add(window, scorer.whole[aim] - scores[aim][i])));
          log.take(some, scores, logits);
        },
        found: (aim, left): Found => ({
          values: reduce === 'mean' ? maps[aim].values() : maps[aim].values().map((mean, pixel) => mean * covered[pixel]),
          shape: [height, width],
          signed: true,
          unit: options.score === 'probability' ? 'fall of the probability' : 'fall of the logit',
          options: { patch, stride, fill: fillName(fill, subject.input), windows: windows.length, reduce, computed: scorer.way },
          note: left ? `${left}: a coarser map` : bare > 0 ? `no window covers ${(bare * 100).toPrecision(2)} % of the picture, which takes the values found nearest: the stride is larger than the patch` : undefined,
          windows: log.of(aim),
        }),
      });
    } finally {
      scorer.dispose();
    }
  },
});

function placed({ inputShape: [height, width] }: Classifier, options: OcclusionOptions): { patch: [number, number]; stride: [number, number]; windows: Window[] } {
  const patch = sizes('patch', options.patch ?? Math.max(1, Math.round(Math.min(height, width) / 7)));
  const stride = sizes('stride', options.stride ?? ([Math.ceil(patch[0] / 2), Math.ceil(patch[1] / 2)]));
  if (patch[0] > height || patch[1] > width) throw new RangeError(`patch ${patch.join(' x ')} is larger than the network's input, ${height} x ${width}`);
  return { patch, stride, windows: windowsOf(height, width, patch, stride) };
}

function sizes(name: string, value: unknown): [number, number] {
  const [rows, columns] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  if (Array.isArray(value) && value.length !== 2) throw new RangeError(`${name} must be a number or [height, width], got ${shown(value)}`);
  return [whole(name, rows), whole(name, columns)];
}
