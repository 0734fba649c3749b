import * as tf from '@tensorflow/tfjs';
import { oneOf, truth, whole } from '../../check';
import { type Method, method, type Subject } from '../method';
import { joined } from '../notes';
import type { Fill } from '../perturbation/fill';
import { siteOf } from '../site';
import { baselinesOf, countBaselines } from './baseline';
import { type GradientOptions, gradientOptions } from './gradientMethod';
import { foundOf, isLinear, type Look, lookOf } from './look';
import { type Completeness, type Integral, integrals, type Path } from './pathIntegral';
import { type Quadrature, quadratures, ruleOf } from './quadrature';
import { wrappable } from './wrappable';

/** Options of `integratedGradients`: `target`, `score`, `channels` (`'sum'` unless told), `abs` (false unless told), `layer`, and these. */
export interface IntegratedGradientsOptions extends GradientOptions {
  /** How many places on the way from the baseline to the image are looked at. Default 50. */
  steps?: number;
  /** How they are placed and weighed; the weights add up to 1. Default `'gauss-legendre'`. */
  quadrature?: Quadrature;
  /**
   * Where the way begins: a number or `[r, g, b]` (0..255 for an image, the tensor's own units for a tensor), `'black'`, `'mean'`, `'blur'`, an image, a preprocessed tensor,
   * or a list of these, for the mean over them. Default 0.
   */
  baseline?: Fill | readonly Fill[];
  /** False gives the mean gradient along the way, not multiplied by image - baseline. Default true. */
  multiply?: boolean;
}

const common = { name: 'integratedGradients', method: 'integrated gradients', options: [...gradientOptions, 'steps', 'quadrature', 'baseline', 'multiply'] };

/**
 * A map of what each pixel adds to the score on the way from a baseline to the image: image - baseline, times the mean gradient of the target's logit along
 * the straight way between the two, summed over the colour channels. Shape `[height, width]` of the input, in logits, signed. The values add up to the
 * score's difference between image and baseline: `options.completeness` gives `{ sum, expected, gap }`, and above 5 % a note says so.
 *
 * Options: `target` (number, label, `{ contrast: [a, b] }`, `{ layer, channel }`, function of the logits, or a list; default the most likely class),
 * `score` ('logit' or 'probability'), `steps` (50), `quadrature` ('gauss-legendre', 'trapezoid', 'left', 'right', 'middle'), `baseline` (0: black pixels; [r, g, b],
 * 'mean', 'blur', an image, a tensor, or a list), `multiply` (true), `channels` ('sum', 'mean', 'max', or 'keep' for `[height, width, channels]`), `abs` (false),
 * `layer` (a layer's output in place of the input). Lists of images or targets give a set of maps. A way that was stopped gives no map.
 * Captum's baseline is 0 of the preprocessed input: give tensors, for which 0 means that, or `baseline: tf.zeros([1, 224, 224, 3])`. Its 'riemann_trapezoid' has weights
 * that add up to (steps - 1) / steps. Throws for no steps, a baseline of another shape, an unknown target or option.
 * Sundararajan, Taly & Yan 2017, "Axiomatic attribution for deep networks", arXiv 1703.01365.
 *
 * @example
 * await cl.integratedGradients(model, photo, { target: 'tabby', baseline: ['black', 'blur'] })
 */
export const integratedGradients: Method<IntegratedGradientsOptions> = wrappable(
  method<IntegratedGradientsOptions>({
    ...common,
    linear: (options) => isLinear(mapLook(options)),
    unit: 'steps',
    count: (_, { steps, baseline }) => stepsOf(steps) * countBaselines(baseline),
    async find(subject, given) {
      const { path, look, multiply, about } = prepared(subject, given);
      const { shape, each } = await integrals(path, subject.x);
      return each.map((integral) => {
        const found = foundOf(chosen(integral, multiply), shape, subject.model, path.site, look, { ...about, completeness: integral.completeness });
        return { ...found, note: integral.moves ? joined(found.note, gapNote(integral.completeness)) : 'the baseline is the input itself: there is no way between them' };
      });
    },
  }),
  {
    ...common,
    start(subject, given: IntegratedGradientsOptions) {
      const { path, look, multiply, about } = prepared(subject, given);
      const { job } = path;
      // What SmoothGrad counts are samples.
      const quiet: Path = { ...path, job: { signal: job.signal, add: () => job.add(0) } };
      return {
        site: path.site,
        look,
        about,
        async attribute(x) {
          const rows = tf.split(x, x.shape[0]) as tf.Tensor4D[];
          try {
            const found: Awaited<ReturnType<typeof integrals>>[] = [];
            for (const row of rows) found.push(await integrals(quiet, row));
            return { shape: found[0].shape, values: path.aims.flatMap((_, aim) => found.map(({ each }) => chosen(each[aim], multiply))) };
          } finally {
            tf.dispose(rows);
          }
        },
      };
    },
  },
);

interface PreparedPath {
  path: Path;
  look: Look;
  multiply: boolean;
  about: Record<string, unknown>;
}

function prepared(subject: Subject, { channels, abs, layer, batchSize, ...given }: IntegratedGradientsOptions): PreparedPath {
  const { model, of, aims, job } = subject;
  const steps = stepsOf(given.steps);
  const quadrature = oneOf('quadrature', given.quadrature ?? 'gauss-legendre', quadratures);
  const multiply = truth('multiply', given.multiply ?? true);
  const baselines = baselinesOf(given.baseline ?? 0, subject);
  const path = { model, of, aims, job, batchSize, site: siteOf(model.graph, of, layer), starts: baselines.map(({ values }) => values), rule: ruleOf(quadrature, steps) };
  return { path, look: mapLook({ channels, abs, multiply }), multiply, about: { steps, quadrature, baseline: baselines.length > 1 ? baselines.map(({ told }) => [told].flat().join(' ')).join(', ') : baselines[0].told, multiply } };
}

function mapLook({ channels, abs, multiply }: Pick<IntegratedGradientsOptions, 'channels' | 'abs' | 'multiply'>): Look {
  const unit = multiply ?? true ? 'integrated gradient (logits)' : 'mean d score / d input';
  return lookOf({ channels: 'sum', abs: false, unit: (absolute) => (absolute ? `|${unit}|` : unit) }, { channels, abs });
}

const stepsOf = (steps: unknown): number => whole('steps', steps ?? 50);

const chosen = ({ product, gradient }: Integral, multiply: boolean): Float32Array => (multiply ? product : gradient);

function gapNote({ sum, expected, gap }: Completeness): string | undefined {
  if (gap <= 0.05) return undefined;
  return `the way adds up to ${sum.toPrecision(3)}, the score changed by ${expected.toPrecision(3)}: a gap of ${(gap * 100).toFixed(0)} %, which more steps make smaller`;
}
