import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Classifier, ImageInput } from '../../model/classifier';
import type { FoundLayer } from '../../model/layers';
import { forward } from '../../model/run';
import { Aim } from '../aim';
import { type Found, method, type Subject } from '../method';
import { joined } from '../notes';
import { paceOf, perturb, type PerturbationOptions, perturbationOptions } from '../perturbation/perturb';
import { wholeScores } from '../perturbation/scorer';
import { camLayers } from './camLayers';
import { camFound, lookOf, mapsOf, sumOf } from './camMaps';
import { type CamMethod, camOptions, type CamOptions } from './camMethod';
import { type Channel, channelScorer, type Trial } from './channelScorer';

/** Options of the maps that try a layer's channels one by one. */
export interface ChannelOptions extends Omit<CamOptions, 'augment'>, PerturbationOptions {}

/** What such a map's own file says of it. */
export interface ChannelSpec<Options extends ChannelOptions> {
  name: string;
  method: string;
  unit: string;
  /** The names of its own options. */
  options: readonly string[];
  told(options: Options, input: ImageInput): Record<string, unknown>;
  /** How many channels of a layer are tried; all unless told. */
  tries?(layer: FoundLayer, options: Options): number;
  trial(subject: Subject, layer: FoundLayer, activations: tf.Tensor4D, options: Options): Trial;
  /** The weight of each channel, from its score, which is NaN where it was not tried, and the score of the image itself. */
  weights(scores: Float32Array, whole: number, options: Options): ArrayLike<number>;
  note?(whole: number): string | undefined;
}

const channelsOf = ({ shape }: FoundLayer): number => shape[3] as number;

/** A class activation map whose weights come from trials, one for each channel: scored for all targets at once, in batches, until done, stopped or out of budget. */
export function channelCam<Options extends ChannelOptions>(spec: ChannelSpec<Options>): CamMethod<Options> {
  const layersOf = (place: { model: Classifier; of: number }, options: Options): FoundLayer[] => camLayers(place, options.layer, spec.method);
  const countOf = (layers: readonly FoundLayer[], options: Options): number => layers.reduce((sum, layer) => sum + (spec.tries?.(layer, options) ?? channelsOf(layer)), 0);
  return method<Options>({
    name: spec.name,
    method: spec.method,
    options: [...camOptions.filter((name) => name !== 'augment'), ...perturbationOptions, ...spec.options],
    unit: 'channels',
    count(model, options) {
      const [target] = [options.target].flat() as [CamOptions['target'] & (string | undefined)];
      return countOf(layersOf({ model, of: new Aim(model, target, 'logit').of }, options), options);
    },
    async find(subject, options) {
      const { model, x, of, aims } = subject;
      const [height, width] = model.inputShape;
      const look = lookOf(options);
      const layers = layersOf(subject, options);
      const pace = paceOf(subject, options);
      const [value, ...outputs] = forward(model.graph, x, [of, ...layers.map((layer) => layer.value)]) as [tf.Tensor, ...tf.Tensor4D[]];
      const trials: Trial[] = [];
      try {
        const whole = wholeScores(aims, value);
        layers.forEach((layer, i) => trials.push(spec.trial(subject, layer, outputs[i], options)));
        const scores = aims.map(() => layers.map((layer) => new Float32Array(channelsOf(layer)).fill(NaN)));
        let unfinished: string | undefined;
        const mapsFor = (aim: number): Found[] =>
          scoped(() => {
            const sums = outputs.map((output, i) => sumOf(tf.mul(output, tf.tensor1d(Array.from(spec.weights(scores[aim][i], whole[aim], options)))), look.eigen));
            const stopped = unfinished && `${unfinished}: those that vary most came first, the others count nothing`;
            // An unfinished map that is empty needs no other reason.
            const empty = stopped && '';
            return camFound(mapsOf(sums, [height, width], look), layers, look, { empty, unit: spec.unit, told: spec.told(options, subject.input), note: joined(stopped, spec.note?.(whole[aim])) });
          });
        await perturb<Channel>(subject, pace, options, {
          method: spec.method,
          unit: 'channels',
          count: countOf(layers, options),
          scorer: channelScorer(subject, trials, options.batchSize),
          take: (channels, found) => found.forEach((each, aim) => channels.forEach(({ layer, channel }, i) => (scores[aim][layer][channel] = each[i]))),
          found(aim, left) {
            unfinished = left;
            return mapsFor(aim)[0];
          },
        });
        return aims.flatMap((_, aim) => mapsFor(aim));
      } finally {
        tf.dispose([value, ...outputs]);
        trials.forEach((trial) => trial.dispose());
      }
    },
  }) as CamMethod<Options>;
}
