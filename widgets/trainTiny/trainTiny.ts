import type * as tf from '@tensorflow/tfjs';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { ready } from '../../src/backend';
import { between, knownOptions, shown, whole } from '../../src/check';
import type { Figure } from '../../src/figure/figure';
import { readable } from '../../src/figure/numbers';
import { resizeMap } from '../../src/image/resizeMap';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { Image } from '../../src/image/image';
import { longWork } from '../../src/longWork';
import { Classifier } from '../../src/model/classifier';
import { freeModel } from '../../src/model/freeModel';
import type { LongWorkOptions } from '../../src/progress';
import { checkClasses } from '../../src/scenes/scenes';
import { type SceneClass, sceneClasses } from '../../src/scenes/glyphs';
import { newPlace, Showable } from '../../src/show';
import { firstLayer, lastLayer, tinyNet } from '../../src/training/tinyNet';
import { type EpochLog, heldScene, tinyTraining } from '../../src/training/tinyTraining';
import type { Logs } from '../trainingView/data';
import { epochsHtml } from '../trainingView/epochsHtml';
import { Recording } from '../trainingView/recording';
import { momentOf } from '../trainingView/draw';
import type { TinyData, TinyMoment } from './data';
import { drawTinyTraining, start } from './draw';

/** Options of `trainTiny`. */
export interface TrainTinyOptions extends LongWorkOptions {
  /** Default 24. */
  epochs?: number;
  /** New scenes in an epoch. Default 1280. */
  scenes?: number;
  /** Scenes in a step. Default 32. */
  batchSize?: number;
  /** The highest learning rate of Adam; it rises to it over 20 steps and falls to 0 along half a cosine. Default 0.003. */
  learningRate?: number;
  /** What is told apart: names from `sceneClasses`, at least two. Default: all ten. */
  classes?: readonly SceneClass[];
  /** Of the first weights and of the scenes. Default 0. */
  seed?: number;
  /** Called after each epoch with its number (from 1), loss and accuracy, in training and on 200 scenes that are held out; it may be async. */
  onEpoch?: (log: TinyEpoch) => unknown;
}

/** What an epoch came to. */
export interface TinyEpoch extends EpochLog {
  /** From 1. */
  epoch: number;
}

const optionNames = ['epochs', 'scenes', 'batchSize', 'learningRate', 'classes', 'seed', 'onEpoch', 'signal', 'onProgress'] as const;

/** The net that `trainTiny` trained: a Classifier with the history of its training, whose `training` shows itself as the figure that was live. */
export class TinyClassifier extends Classifier {
  constructor(
    model: tf.LayersModel,
    labels: readonly string[],
    /** The training as it was recorded; as the last value of a cell it shows itself. */
    readonly training: TinyTraining,
  ) {
    super(model, { name: 'tiny', preprocess: 'tf', labels });
  }

  /** Loss and accuracy after each epoch; `val_` on scenes that were held out. */
  get history(): readonly Logs[] {
    return this.training.logs;
  }
}

/** A training of the tiny net: its curves, filters and maps after each epoch. */
export class TinyTraining extends Showable {
  /** @internal */
  readonly recording = new Recording<TinyMoment>(32);
  /** @internal */
  running = true;
  /** Whether it was ended before its last epoch. */
  stopped = false;

  /** @internal `trainTiny` makes one. */
  constructor(private readonly about: Pick<TinyData, 'seed' | 'scenes' | 'watched' | 'filterSide' | 'grid'>) {
    super();
  }

  /** Loss and accuracy after each epoch; `val_` on scenes that were held out. */
  get logs(): readonly Logs[] {
    return this.recording.logs;
  }

  override toFigure(): Figure {
    const { about, recording, running, stopped } = this;
    const data: TinyData = { ...about, model: 'tiny', layers: { first: firstLayer, last: lastLayer }, logs: recording.logs, running, stopped, snapshots: recording.snapshots };
    return widgetFigure({ widget: 'trainTiny', data, start, draw: drawTinyTraining, width: 900, caption: this.toString(), htmlAfter: epochsHtml(recording.logs), values: this.toJSON() });
  }

  override toString(): string {
    const { logs } = this;
    const last = Object.entries(logs[logs.length - 1] ?? {}).map(([name, value]) => `${name} ${readable(value)}`);
    return [`training of tiny, seed ${this.about.seed}`, momentOf(this.recording.snapshots.at(-1), { logs, running: this.running }), ...last].join(' · ');
  }

  toJSON(): object {
    return { model: 'tiny', seed: this.about.seed, stopped: this.stopped, logs: this.logs };
  }
}

/**
 * Trains a tiny net (four convolutions, 42,000 weights, 48 x 48 pixels) on painted scenes while you watch: one figure in the cell shows loss, accuracy, the
 * first layer's filters, and what Grad-CAM finds in three scenes after each epoch; at its end it has a slider over the epochs.
 * Gives the net as a Classifier with its `history`; `training` shows the figure again. Stopped, by `signal` or the interrupt button, it keeps what it has learnt.
 *
 * Options: `epochs` (24), `scenes` in an epoch, all new (1280), `batchSize` (32), `learningRate` (0.003), `classes` (all ten), `seed` (0), `onEpoch`, `signal`,
 * `onProgress`. The same seed gives the same scenes and first weights. Call `dispose()` on the result to free its memory.
 * @example
 * const tiny = await cl.trainTiny({ epochs: 8, onEpoch: ({ epoch, accuracy }) => console.log(epoch, accuracy) });
 * await cl.gradCam(tiny, await cl.loadImage('scene:cat+dog'), { target: 'cat' })
 */
export async function trainTiny(options: TrainTinyOptions = {}): Promise<TinyClassifier> {
  knownOptions('trainTiny', options, optionNames);
  const plan = {
    epochs: whole('epochs', options.epochs ?? 24, 1, 1000),
    scenes: whole('scenes', options.scenes ?? 1280),
    batchSize: whole('batchSize', options.batchSize ?? 32),
    learningRate: between('learningRate', options.learningRate ?? 0.003, 0, 1),
    classes: checkClasses(options.classes ?? sceneClasses),
    seed: whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
  };
  const { onEpoch } = options;
  if (plan.classes.length < 2) throw new RangeError(`classes must name at least two, got ${shown(plan.classes)}`);
  if (onEpoch !== undefined && typeof onEpoch !== 'function') throw new TypeError(`onEpoch must be a function, got ${shown(onEpoch)}`);
  options.signal?.throwIfAborted();
  // Made before the first await: the picture belongs to the cell that trains.
  const place = newPlace();
  await ready();
  const model = tinyNet(plan.classes.length, plan.seed);
  let net: TinyClassifier | undefined;
  try {
    const watched = [0, 1, 2].slice(0, plan.classes.length).map((at) => heldScene(plan, at));
    const grid = model.getLayer(lastLayer).outputShape.slice(1, 3) as [number, number];
    const training = new TinyTraining({
      seed: plan.seed, scenes: plan.scenes, grid, filterSide: model.getLayer(firstLayer).weights[0].shape[0] as number,
      watched: watched.map(({ width, height, data, name, masks }) => ({ image: { width, height, data, name }, label: masks[0].label as string, area: mean(masks[0].data) })),
    });
    const made = (net = new TinyClassifier(model, plan.classes, training));
    const show = (): void => place?.put(training.toFigure(), { live: !training.running });
    training.recording.add(await momentOfNet(made, watched, 0));
    show();
    const perEpoch = Math.ceil(plan.scenes / plan.batchSize) * plan.batchSize;
    await longWork('training', { total: plan.epochs * perEpoch, unit: 'scenes', signal: options.signal, onProgress: options.onProgress }, (job) =>
      tinyTraining(model, plan, job, async (log) => {
        training.recording.logs.push({ ...log });
        training.recording.add(await momentOfNet(made, watched, training.logs.length));
        if (training.logs.length < plan.epochs) show();
        await onEpoch?.({ epoch: training.logs.length, ...log });
      }),
    );
    training.running = false;
    training.stopped = training.logs.length < plan.epochs;
    show();
    return made;
  } catch (error) {
    // What was derived from its weights goes with it.
    if (net) net.dispose();
    else freeModel(model);
    throw error;
  }
}

/** What the net is like now: its first filters, and Grad-CAM and the likeliest class of each scene. */
async function momentOfNet(net: TinyClassifier, watched: readonly Image[], epoch: number): Promise<TinyMoment> {
  const filters = (net.model.getLayer(firstLayer).getWeights()[0].dataSync() as Float32Array).slice();
  const scenes: TinyMoment['scenes'][number][] = [];
  for (const image of watched) {
    const [mask] = image.masks;
    const { values, shape } = await gradCam(net, image, { target: mask.label as string, layer: lastLayer, resize: false });
    const [top] = await net.predict(image, { top: 1 });
    const large = resizeMap(values, [shape[0], shape[1]], [image.height, image.width]);
    const all = large.reduce((sum, value) => sum + value, 0);
    scenes.push({ map: values, inside: all > 0 ? large.reduce((sum, value, at) => sum + value * mask.data[at], 0) / all : null, top: { label: top.label, score: top.score } });
  }
  return { epoch, filters, scenes };
}

const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
