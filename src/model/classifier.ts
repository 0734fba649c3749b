import * as tf from '@tensorflow/tfjs';
import { ready } from '../backend';
import { knownOptions, shown, whole } from '../check';
import { Image } from '../image/image';
import { freeModel } from './freeModel';
import { prepareFused } from './fuse';
import { type Graph, graphOf } from './graph';
import { type LayerTable, layerTable } from './layers';
import { pixelsOf, type Preprocess, preprocessed, toPixels } from './preprocess';
import { type Prediction, Predictions } from './predictions';
import { forward } from './run';
import { type Head, headOf, labelOf, probabilities } from './target';

/** What `new Classifier` takes beside the model. */
export interface ClassifierSettings {
  /** What the captions call it. */
  name: string;
  /** How pixels become the network's input. */
  preprocess: Preprocess;
  /** Height and width, for a network that takes any size. Default: the network's own, else 224 x 224. */
  inputSize?: [number, number];
  /** A label for each class; synonyms are separated by commas. */
  labels?: readonly string[];
}

/** An image, or an input that is preprocessed already: `[1, height, width, channels]`. */
export type ImageInput = Image | tf.Tensor4D;

/** What the network is given, and what it saw. */
export interface Prepared {
  /** The network's input, `[1, height, width, channels]`. */
  x: tf.Tensor4D;
  /** What the network saw, at its input size. */
  image: Image;
}

/** Options of `model.predict`. */
export interface PredictOptions {
  /** How many classes to give. Default 5. */
  top?: number;
}

/** An image classifier: a TensorFlow.js model with its preprocessing and labels. `loadModel` makes one. The model is never changed. */
export class Classifier {
  /** What captions call it. */
  readonly name: string;
  /** How pixels become its input. */
  readonly preprocess: Preprocess;
  /** A label for each class, in the order of the outputs; undefined when none were given. */
  readonly labels?: readonly string[];
  /** The TensorFlow.js model itself. */
  readonly model: tf.LayersModel;
  /** What the network takes: `[height, width, channels]`. */
  readonly inputShape: [number, number, number];
  /** @internal The model as a list of steps. */
  readonly graph: Graph;
  /** @internal Where its scores are. */
  readonly head: Head;

  constructor(model: tf.LayersModel, { name, preprocess, inputSize, labels }: ClassifierSettings) {
    const [, height, width, channels] = model.inputs[0].shape;
    this.model = model;
    this.name = name;
    this.preprocess = preprocess;
    this.labels = labels;
    this.inputShape = [height ?? inputSize?.[0] ?? 224, width ?? inputSize?.[1] ?? 224, channels ?? 3];
    this.graph = graphOf(model, this.inputShape);
    this.head = headOf(this.graph);
    if (labels && labels.length !== this.head.classes) {
      throw new RangeError(labelCount(labels.length, this.head.classes));
    }
    prepareFused(this.graph);
  }

  /**
   * The classes that the network finds most likely, the first one first: index, label, probability (`score`) and logit.
   * @param image an image, or a preprocessed tensor `[1, height, width, channels]`
   * @param options `top`: how many, 5 unless told
   * @example
   * await model.predict(await cl.loadImage('cat'), { top: 3 })
   */
  async predict(image: ImageInput, options: PredictOptions = {}): Promise<Predictions> {
    knownOptions('predict', options, ['top']);
    const top = whole('top', options.top ?? 5);
    await ready();
    const { x, image: seen } = this.prepare(image);
    try {
      const { logits, chances } = this.scores(x);
      const order = [...logits.keys()].sort((a, b) => logits[b] - logits[a]).slice(0, top);
      const rated = (index: number): Prediction => ({ index, label: this.label(index), score: chances[index], logit: logits[index] });
      return new Predictions(order.map(rated), seen, this.name, logits.length, rated);
    } finally {
      x.dispose();
    }
  }

  /** The layers in the order in which they run: name, kind, output shape, parameters, and whether Grad-CAM fits. Shows itself as a table. */
  layers(): LayerTable {
    return layerTable(this.graph, this.name);
  }

  /** The first name of a class by its number: "tabby"; "class 281" without labels. */
  label(index: number): string {
    return labelOf(this.labels, index);
  }

  /** The network's input for an image, and the picture of what it sees. The caller disposes `x`. */
  prepare(input: ImageInput): Prepared {
    this.mustLive();
    const [height, width, channels] = this.inputShape;
    if (input instanceof Image) {
      const image = input.fitTo(height, width);
      const x = tf.tidy(() => preprocessed(toPixels(image), this.preprocess, channels));
      try {
        this.mustFit(x, 'preprocess gives');
      } catch (error) {
        x.dispose();
        throw error;
      }
      return { x, image };
    }
    if (!isTensor(input)) throw new TypeError(`image must be an Image (cl.loadImage) or a tensor [1, ${height}, ${width}, ${channels}], got ${shown(input)}`);
    if (input.isDisposed) throw new Error('the image tensor is disposed');
    this.mustFit(input, 'the image tensor is');
    return { x: tf.clone(input) as tf.Tensor4D, image: pixelsOf(input, this.preprocess) };
  }

  /** @internal The network's input for several images as one tensor `[n, height, width, channels]`, and the picture of what it sees of each. The caller disposes `x`. */
  prepareAll(inputs: readonly ImageInput[]): { x: tf.Tensor4D; images: Image[] } {
    const each: Prepared[] = [];
    try {
      for (const input of inputs) each.push(this.prepare(input));
      return { x: each.length === 1 ? tf.clone(each[0].x) : (tf.concat(each.map(({ x }) => x)) as tf.Tensor4D), images: each.map(({ image }) => image) };
    } finally {
      tf.dispose(each.map(({ x }) => x));
    }
  }

  /** Logits and probabilities of a batch, flat. */
  private scores(x: tf.Tensor4D): { logits: Float32Array; chances: Float32Array } {
    this.mustLive();
    const [logits, chances] = tf.tidy(() => {
      const [value] = forward(this.graph, x, [this.head.logits]);
      const flat = tf.reshape(value, [-1, this.head.classes]) as tf.Tensor2D;
      return [flat, probabilities(flat, this.head.ending)];
    });
    try {
      return { logits: logits.dataSync() as Float32Array, chances: chances.dataSync() as Float32Array };
    } finally {
      tf.dispose([logits, chances]);
    }
  }

  /** Frees the model's memory. Calls after this fail with a clear line. */
  dispose(): void {
    this.graph.derived.dispose();
    if (!this.disposed) freeModel(this.model);
  }

  /** Whether the model's memory was freed. */
  get disposed(): boolean {
    return this.model.weights.some(isDisposed);
  }

  toString(): string {
    const [height, width, channels] = this.inputShape;
    const { rows, params } = this.layers();
    return `${this.name}: ${height} x ${width} x ${channels} in, ${this.head.classes} classes, ${rows.length} layers, ${(params / 1e6).toFixed(1)} M parameters`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** @internal Throws when the model's memory was freed. */
  mustLive(): void {
    if (this.disposed) throw new Error(`model ${JSON.stringify(this.name)} is disposed; load it again`);
  }

  private mustFit(x: tf.Tensor, what: string): void {
    const [height, width, channels] = this.inputShape;
    const [n, h, w, c] = x.shape;
    if (x.rank === 4 && n === 1 && c === channels && h === height && w === width) return;
    if (x.rank === 4 && n > 1 && c === channels && h === height && w === width) throw new RangeError(`${what} a batch of ${n}; give a list of images: tf.split(tensor, ${n})`);
    throw new RangeError(`${what} [${x.shape.join(', ')}], the model takes [1, ${height}, ${width}, ${channels}]`);
  }
}

/** Refuses what is no model: the commonest slip is to give the image first. */
export function checkModel(method: string, model: unknown): asserts model is Classifier {
  if (!(model instanceof Classifier)) throw new TypeError(`${method} takes a model from cl.loadModel first, got ${shown(model)}`);
}

/** A layer's variable has no public word for this: reading it throws. */
function isDisposed(weight: { read(): tf.Tensor }): boolean {
  try {
    return weight.read().isDisposed;
  } catch {
    return true;
  }
}

const labelCount = (labels: number, classes: number): string =>
  classes === 1
    ? `labels has ${labels} names, the model has one output; give one label, of the class whose score is near 1`
    : `labels has ${labels} names, the model has ${classes} classes`;

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
