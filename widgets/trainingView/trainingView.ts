import { knownOptions } from '../../src/check';
import { layerOutputs } from '../../src/features/layerOutputs';
import type { Figure } from '../../src/figure/figure';
import { readable } from '../../src/figure/numbers';
import type { Seen } from '../../src/figure/shown';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { checkModel, type Classifier, type ImageInput } from '../../src/model/classifier';
import { weightNorms } from '../../src/model/weightNorms';
import { newPlace, type Place, Showable } from '../../src/show';
import type { NetworkData } from '../modelView/data';
import { networkData } from '../modelView/networkData';
import { openFolds, type OpenGroups } from '../modelView/openFolds';
import { outputData } from '../modelView/outputs';
import { visibleOf } from '../modelView/visible';
import type { Logs, Snapshot, TrainingData } from './data';
import { drawTrainingView, momentOf, start } from './draw';
import { epochsHtml } from './epochsHtml';
import { Recording } from './recording';

/** Options of `trainingView`. */
export interface TrainingViewOptions {
  /** Which groups of the network are open at first, as in `modelView`. Default `'auto'`. */
  open?: OpenGroups;
}

/** What `model.fit` calls. */
export interface TrainingCallbacks {
  onTrainBegin(): Promise<void>;
  onEpochEnd(epoch: number, logs?: Record<string, number>): Promise<void>;
  onTrainEnd(): Promise<void>;
}

/** Moments that are kept, layers that are watched, and cells along the longer side of their maps: together about a third of a megabyte. */
const kept = { moments: 32, layers: 16, side: 20 };

/** Milliseconds between two pictures at least; drawing them may take a fifth of the time. */
const pause = 300;
const drawingShare = 0.2;

/** A training as it goes on: give `callbacks` to `model.fit`, and show it afterwards. It changes nothing in the model. */
export class TrainingView extends Showable {
  /** For `model.fit(x, y, { callbacks })`. */
  readonly callbacks: TrainingCallbacks = {
    onTrainBegin: () => this.begin(),
    onEpochEnd: (_epoch, logs) => this.epochEnd(logs),
    onTrainEnd: async () => this.end(),
  };
  private readonly recording = new Recording(kept.moments);
  private readonly network: NetworkData;
  private readonly open: number[];
  /** The layers whose maps are kept, and which channel of each. */
  private readonly watched: string[];
  private readonly channels = new Map<string, readonly number[]>();
  private readonly seen?: Seen;
  private place?: Place;
  private running = false;
  private nextPicture = 0;

  /** @internal `trainingView` makes one. */
  constructor(
    private readonly model: Classifier,
    private readonly image: ImageInput | undefined,
    open: OpenGroups | undefined,
  ) {
    super();
    this.network = networkData(model.layers());
    this.open = openFolds(this.network, open);
    this.watched = watchedLayers(this.network, this.open);
    this.seen = image && whatIsSeen(model, image);
  }

  /** What was logged after each epoch: loss, accuracy, ... */
  get logs(): readonly Logs[] {
    return this.recording.logs;
  }

  override toFigure(): Figure {
    const { network, open, seen, recording } = this;
    const data: TrainingData = { ...network, model: this.model.name, open, image: seen, logs: recording.logs, running: this.running, snapshots: recording.snapshots };
    return widgetFigure({ widget: 'trainingView', data, start, draw: drawTrainingView, width: 900, caption: this.toString(), htmlAfter: epochsHtml(recording.logs), values: { model: this.model.name, logs: recording.logs }, reduce: fewerMoments });
  }

  override toString(): string {
    const { logs } = this.recording;
    const last = Object.entries(logs[logs.length - 1] ?? {}).map(([name, value]) => `${name} ${readable(value)}`);
    return [`training of ${this.model.name}`, momentOf(this.recording.snapshots.at(-1), { logs, running: this.running }), ...last].join(' · ');
  }

  toJSON(): object {
    return { model: this.model.name, logs: this.logs };
  }

  private async begin(): Promise<void> {
    // Made before the first await: the picture belongs to the cell that trains.
    this.place = newPlace();
    this.nextPicture = 0;
    this.running = true;
    if (!this.recording.snapshots.length) this.recording.add(await this.snapshot());
  }

  private async epochEnd(logs: Record<string, number> = {}): Promise<void> {
    this.recording.logs.push({ ...logs });
    this.recording.add(await this.snapshot());
    const now = performance.now();
    if (!this.place || now < this.nextPicture) return;
    this.place.put(this.toFigure(), { live: false });
    const end = performance.now();
    this.nextPicture = end + Math.max(pause, (end - now) / drawingShare);
  }

  private end(): void {
    this.running = false;
    this.place?.put(this.toFigure(), { live: true });
    this.place = undefined;
  }

  private async snapshot(): Promise<Snapshot> {
    const { model, image, network, recording } = this;
    const norms = weightNorms(model.model);
    const moment = { epoch: recording.epochs, norms: network.layers.map(({ name }) => norms.get(name.replace(/#\d+$/, '')) ?? null) };
    if (!image) return moment;
    const predictions = [...(await model.predict(image, { top: 4 }))].map(({ label, score }) => ({ label, score }));
    if (!this.watched.length) return { ...moment, predictions };
    const found = new Map([...(await layerOutputs(model, image, { layers: this.watched }))].map((output) => [output.layer, output]));
    const outputs = network.layers.map(({ name }) => {
      const output = found.get(name);
      if (!output) return null;
      const small = outputData(output, { maps: 1, side: kept.side }, this.channels.get(name));
      // One and the same channel through all epochs.
      this.channels.set(name, small.channels);
      return small;
    });
    return { ...moment, predictions, outputs };
  }
}

/**
 * Watches a training: a TrainingView whose `callbacks` go to `model.model.fit`. While it runs, one picture in the running cell is redrawn (a few times
 * a second at most) with the curves of loss and metrics, the network with what it makes of the image, the norms of its weights and the classes that it
 * finds likeliest; at its end this is a widget with a slider over the epochs. In plain Node nothing is shown. Show or save the view at any time.
 *
 * @param image what the network is watched on; without one there are the curves and the norms alone
 * @param options `open`: which groups of the network are open at first ('auto', 'all', 'none' or names; 'auto')
 * @example
 * const training = cl.trainingView(model, photo);
 * await model.model.fit(x, y, { epochs: 20, validationSplit: 0.2, callbacks: training.callbacks });
 */
export function trainingView(model: Classifier, image?: ImageInput, options: TrainingViewOptions = {}): TrainingView {
  checkModel('trainingView', model);
  knownOptions('trainingView', options, ['open']);
  return new TrainingView(model, image, options.open);
}

/** The last layers of the visible blocks, as far as they have a grid. */
function watchedLayers(network: NetworkData, open: readonly number[]): string[] {
  const ends = visibleOf(network, new Set(open)).blocks.flatMap(({ first, last }) => (first >= 0 && network.layers[last].shape.length === 3 ? [network.layers[last].name] : []));
  return ends.length <= kept.layers ? ends : Array.from({ length: kept.layers }, (_, at) => ends[Math.round((at * (ends.length - 1)) / (kept.layers - 1))]);
}

/** What the network sees of an image: a wrong one is told before the training begins. */
function whatIsSeen(model: Classifier, image: ImageInput): Seen {
  const { x, image: seen } = model.prepare(image);
  x.dispose();
  const { width, height, data, name } = seen;
  return { width, height, data, name };
}

/** Every second moment, every fourth, ...; the newest stays. */
function fewerMoments(data: TrainingData, detail: number): TrainingData {
  const step = Math.round(1 / detail);
  const { length } = data.snapshots;
  return { ...data, snapshots: data.snapshots.filter((_, at) => (length - 1 - at) % step === 0) };
}
