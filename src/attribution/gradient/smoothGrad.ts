import * as tf from '@tensorflow/tfjs';
import { between, knownOptions, oneOf, shown, whole } from '../../check';
import { scoped } from '../../kernels/scoped';
import { normalDraws } from '../../model/random';
import { forward } from '../../model/run';
import { rowsThatFit } from '../budget';
import { commonOptions, type Method, method, type Subject } from '../method';
import { joined } from '../notes';
import { deconvnet } from './deconvnet';
import type { GradientOptions } from './gradientMethod';
import { guidedBackprop } from './guidedBackprop';
import { inputXGradient } from './inputXGradient';
import { integratedGradients, type IntegratedGradientsOptions } from './integratedGradients';
import { foundOf, type Look } from './look';
import { Moments, type SmoothForm, smoothForms } from './moments';
import { saliency } from './saliency';
import { type Attributor, type Wrappable, wrappableOf } from './wrappable';

const named = { saliency, inputXGradient, guidedBackprop, deconvnet, integratedGradients };

/** Options of `smoothGrad`; those of the wrapped method (`channels`, `abs`, `layer`, `steps`, `baseline`, ...) go to it. */
export interface SmoothGradOptions extends GradientOptions, Pick<IntegratedGradientsOptions, 'steps' | 'quadrature' | 'baseline' | 'multiply'> {
  /** The gradient method that is smoothed: a method, or its name. Default `cl.saliency`. */
  method?: Method | keyof typeof named;
  /** How many noisy copies of the image. Default 25. */
  samples?: number;
  /** The noise's standard deviation, as a share of max - min of the network's input. Default 0.15. */
  noise?: number;
  /** What is kept of the samples: `'signed'` their mean, `'absolute'` the mean of their magnitudes, `'squared'` the mean of their squares, `'variance'` their variance. Default `'signed'`. */
  form?: SmoothForm;
  /** Of the noise: the same seed gives the same map. Default 0. */
  seed?: number;
}

const own = ['method', 'samples', 'noise', 'form', 'seed'] as const;
const inner = [...new Set(Object.values(named).flatMap((each) => (wrappableOf(each) as Wrappable).options))];

/** Lists of normal draws of a deviation, one after another. */
export type Draws = (size: number, deviation: number) => Float32Array;

/** SmoothGrad with noise from a source of one's own. */
export const smoothGradWith = (drawsOf: (seed: number) => Draws): Method<SmoothGradOptions> =>
  method<SmoothGradOptions>({
    name: 'smoothGrad',
    method: 'SmoothGrad',
    options: [...own, ...inner],
    unit: 'samples',
    count: (_, options) => settings(options).samples,
    async find(subject, options) {
      const { model, aims, x } = subject;
      const { wrapped, samples, noise, form, seed } = settings(options);
      const attributor = wrapped.start(subject, options);
      settle(subject);
      const [low, high] = scoped(() => [tf.min(x), tf.max(x)].map((each) => each.dataSync()[0]));
      const noisy = source(x, noise * (high - low), drawsOf(seed));
      const atOnce = options.batchSize ?? rowsThatFit(model.graph);
      const { moments, shape, done } = await sampled(attributor, noisy, form, samples, aims.length > 1 ? 1 : atOnce, subject);
      const look = lookAfter(attributor.look, form);
      const notes = [
        done < samples ? `stopped after ${done} of ${samples} samples` : undefined,
        low === high && noise > 0 ? 'the input is the same everywhere, so that the noise, a share of its range, is 0' : undefined,
      ];
      return moments.map((each) => {
        const found = foundOf(each.values(), shape, model, attributor.site, look, { method: wrapped.name, samples, noise, form, ...attributor.about });
        return { ...found, method: `SmoothGrad of ${wrapped.method}`, signed: form === 'signed' && found.signed, seed, note: joined(...notes, found.note) };
      });
    },
  });

/**
 * A map with less of the grain that a gradient has: the mean of a gradient method over copies of the image to which noise was added.
 * Shape and unit are the wrapped method's: with saliency, `[height, width]`, the largest magnitude over the colour channels of the mean gradient.
 *
 * Options: `method` (cl.saliency unless told; inputXGradient, guidedBackprop, deconvnet, integratedGradients, or a name), `samples` (25), `noise` (0.15: the
 * deviation as a share of max - min of the network's input), `form` ('signed', as the paper; 'absolute' takes magnitudes before the mean, as tf-keras-vis and
 * Captum over its Saliency; 'squared'; 'variance', known as VarGrad), `seed` (0), and all that the wrapped method takes: `channels`, `abs`, `layer`, `steps`, ...
 * The noise depends on the seed alone, not on `batchSize` or the targets. Lists of images or targets give a set of maps. The interrupt button and `signal` keep
 * the mean so far. Throws for noise below 0, no samples, a method that is no gradient.
 * Smilkov et al. 2017, "SmoothGrad: removing noise by adding noise", arXiv 1706.03825; the variance: Adebayo et al. 2018, "Sanity checks for saliency maps", arXiv 1810.03292.
 *
 * @example
 * await cl.smoothGrad(model, photo, { method: cl.guidedBackprop, samples: 50 })
 */
export const smoothGrad: Method<SmoothGradOptions> = smoothGradWith(normalDraws);

interface Settings {
  wrapped: Wrappable;
  samples: number;
  noise: number;
  form: SmoothForm;
  seed: number;
}

function settings(options: SmoothGradOptions): Settings {
  const wrapped = wrappedBy(options.method ?? saliency);
  knownOptions(`smoothGrad of ${wrapped.name}`, options, [...commonOptions, ...own, ...wrapped.options]);
  const form = oneOf('form', options.form ?? 'signed', smoothForms);
  return {
    wrapped,
    form,
    samples: whole(form === 'variance' ? 'samples for a variance' : 'samples', options.samples ?? 25, form === 'variance' ? 2 : 1),
    noise: between('noise', options.noise ?? 0.15, 0),
    seed: whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
  };
}

function wrappedBy(given: unknown): Wrappable {
  const names = Object.keys(named) as (keyof typeof named)[];
  const found = wrappableOf(typeof given === 'string' ? named[oneOf('method', given, names)] : given);
  if (!found) throw new TypeError(`method must be a gradient method (${names.map((name) => `cl.${name}`).join(', ')}), got ${shown(typeof given === 'function' ? `cl.${given.name}` : given)}`);
  return found;
}

/** Lets the aims see the image as it is, before its noisy copies. */
function settle({ model, x, of, aims }: Subject): void {
  scoped(() => {
    const [value] = forward(model.graph, x, [of]);
    for (const aim of aims) aim.see(value);
  });
}

/** Gives so many noisy copies of an image at a time, each with draws of its own. */
const source = (x: tf.Tensor4D, deviation: number, draw: Draws) => (count: number): tf.Tensor4D =>
  tf.tidy(() => tf.add(x, tf.stack(Array.from({ length: count }, () => tf.tensor3d(draw(x.size, deviation), x.shape.slice(1) as [number, number, number])))));

interface Sampled {
  /** One for each aim. */
  moments: Moments[];
  shape: readonly number[];
  done: number;
}

async function sampled({ attribute }: Attributor, noisy: (count: number) => tf.Tensor4D, form: SmoothForm, samples: number, atOnce: number, { aims, job }: Subject): Promise<Sampled> {
  let moments: Moments[] | undefined;
  let shape: readonly number[] = [];
  let done = 0;
  while (done < samples && !(job.signal.aborted && moments)) {
    job.signal.throwIfAborted();
    const count = Math.min(atOnce, samples - done);
    const x = noisy(count);
    try {
      const rows = await attribute(x);
      shape = rows.shape;
      moments ??= aims.map(() => new Moments(rows.values[0].length, form));
      rows.values.forEach((row, i) => moments?.[Math.floor(i / count)].add(row));
      done += count;
    } catch (error) {
      if (!job.signal.aborted || !moments) throw error;
      break;
    } finally {
      x.dispose();
    }
    await job.add(count);
  }
  return { moments: moments as Moments[], shape, done };
}

function lookAfter({ channels, abs, unit }: Look, form: SmoothForm): Look {
  if (form === 'signed') return { channels, abs, unit };
  const [, bare, logits = ''] = /^\|?(.*?)\|?( \(logits\))?$/.exec(unit) as RegExpExecArray;
  return { channels, abs: true, unit: { absolute: `|${bare}|${logits}`, squared: `(${bare})²`, variance: `variance of ${bare}` }[form] };
}
