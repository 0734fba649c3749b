import * as tf from '@tensorflow/tfjs';
import { truth } from '../../check';
import { scoped } from '../../kernels/scoped';
import type { Classifier, ImageInput } from '../../model/classifier';
import type { FoundLayer } from '../../model/layers';
import { gradient } from '../../model/run';
import type { Attribution } from '../attribution';
import { type Method, method, type OneMap, type Subject, type TargetOptions } from '../method';
import { ownSeeds, type Seed } from '../seeds';
import { camLayers } from './camLayers';
import { camFound, lookOf, mapsOf, sumOf } from './camMaps';
import type { Combine } from './combine';
import { finishNames, type FinishOptions } from './finish';
import { augmentedViews, plainView } from './views';

/** Options of the class activation maps. */
export interface CamOptions extends TargetOptions, FinishOptions {
  /** The layer to look at, by name or by its place in `model.layers()` (-1 is the last), or a list of layers for a map of each. Default: the last convolution, after its activation. */
  layer?: string | number | readonly (string | number)[];
  /**
   * Makes one map of a list of layers, each resized and divided by its largest value: their `'mean'`, the `'max'` at each place, or their `'product'`.
   * With `normalize: 'minmax'` the mean is what pytorch-grad-cam gives for several layers.
   */
  combine?: Combine;
  /** `'eigen'` takes the first principal component of the channels' shares in place of their sum, which leaves out what few channels see. Default `'none'`: the sum. */
  smooth?: 'none' | 'eigen';
  /** True: the mean of six maps, of the image and its mirror image, each times .9, 1 and 1.1 (after preprocessing). Six times the work for a calmer map. Default false. */
  augment?: boolean;
}

export const camOptions = ['layer', 'combine', 'smooth', 'augment', ...finishNames] as const;

/** A class activation map: as any method, and one map of several layers where they are combined. */
export interface CamMethod<Options extends TargetOptions = CamOptions> extends Method<Options> {
  (model: Classifier, image: ImageInput, options: CombinedMap<Options>): Promise<Attribution>;
}

/** The options of one map of several layers. */
export type CombinedMap<Options> = OneMap<Omit<Options, 'layer' | 'combine'>> & { layer: readonly (string | number)[]; combine: Combine };

/** A layer's output A for each image, and the gradient of each target's score with respect to it: `[n, height, width, channels]`. */
export interface Evidence {
  activations: tf.Tensor4D;
  gradients: tf.Tensor4D;
}

/** What a class activation map's own file says of it. */
export interface CamSpec<Options extends CamOptions> {
  name: string;
  method: string;
  /** What a value of the map is, for the colour bar. */
  unit: string;
  /** The names of its options, where they are not those of all. */
  options?: readonly string[];
  /** The layers, where they are not those that were named. */
  layers?(subject: Subject, options: Options): FoundLayer[];
  /** What each channel adds to the map of each layer, `[n, height, width, channels]`. Settles the aims. */
  parts(subject: Subject, x: tf.Tensor4D, layers: readonly FoundLayer[], options: Options): tf.Tensor4D[];
  /** True where the parts of a difference of two scores are the difference of their parts. */
  linear?: true;
  /** True where the first component of the parts is the method itself. */
  eigen?: true;
  /** What the caption tells of its own options. */
  told?(options: Options): Record<string, unknown>;
  note?: string;
  /** Why the map may be empty. */
  empty?: string;
}

/** A class activation map that takes one pass for each view of the image. */
export const camMethod = <Options extends CamOptions>(spec: CamSpec<Options>): CamMethod<Options> =>
  method<Options>({
    name: spec.name,
    method: spec.method,
    options: spec.options ?? camOptions,
    linear: ({ relu, smooth = 'none', normalize = 'none', combine }) => spec.linear === true && relu === false && smooth === 'none' && normalize === 'none' && combine === undefined,
    find(subject, options) {
      const layers = spec.layers?.(subject, options) ?? camLayers(subject, options.layer, spec.method);
      const look = lookOf(options);
      const augment = truth('augment', options.augment ?? false);
      const [height, width] = subject.model.inputShape;
      const telling = { unit: spec.unit, told: { ...spec.told?.(options), ...(augment && { augment }) }, note: spec.note, empty: spec.empty };
      return scoped(() => {
        const views = (augment ? augmentedViews : plainView).map((view) =>
          tf.tidy(() => {
            const sums = spec.parts(subject, view.of(subject.x), layers, options).map((parts) => sumOf(parts, spec.eigen ?? look.eigen));
            return mapsOf(sums, [height, width], look).map(view.back);
          }),
        );
        const maps = views[0].map((_, layer) => (augment ? tf.div(tf.addN(views.map((view) => view[layer])), views.length) : views[0][layer]));
        return camFound(maps as tf.Tensor4D[], layers, look, telling);
      });
    },
  }) as CamMethod<Options>;

/** Parts that come from the layers' outputs and the gradients there. */
export const byGradient =
  <Options extends CamOptions>(part: (evidence: Evidence, options: Options) => tf.Tensor): CamSpec<Options>['parts'] =>
  (subject, x, layers, options) =>
    evidenceAt(subject, x, layers, ownSeeds(subject.aims)).map((evidence) => part(evidence, options) as tf.Tensor4D);

/** What the layers put out and the gradients there, from one pass. */
export function evidenceAt({ model, of }: Pick<Subject, 'model' | 'of'>, x: tf.Tensor4D, layers: readonly FoundLayer[], seed: Seed): Evidence[] {
  const values = layers.map(({ value }) => value);
  const { grads, also } = gradient(model.graph, x, { of, wrt: values, seed, also: values });
  return layers.map((_, i) => ({ activations: also[i] as tf.Tensor4D, gradients: grads[i] as tf.Tensor4D }));
}
