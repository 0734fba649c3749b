import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import { encode } from '../../image/canvas';
import type { Image } from '../../image/image';
import { plainNumbers } from '../../json';
import { Showable } from '../../show';

/** A picture on its way: after how many steps, what it reaches as it stands, and how it looked. */
export interface VisualizationMoment {
  step: number;
  value: number;
  image: Image;
}

/** One optimised picture. */
export interface VisualizedFeature {
  /** What it was made for: "block3_conv1 channel 5", "tabby". */
  label: string;
  /** The best picture. */
  image: Image;
  /** After how many steps it was the best. */
  step: number;
  /** What it reaches: the activation, or of an inversion the relative error. */
  value: number;
  /** What the noise reaches from which it started. */
  start: number;
  /** What an even grey picture reaches. */
  grey: number;
  /** What each step saw: the picture as it was moved about. */
  seen: Float32Array;
  /** What the picture reached as it stood, at some steps. */
  checked: readonly { step: number; value: number }[];
  /** Pictures on the way, the first and the last among them. */
  snapshots: readonly VisualizationMoment[];
  /** The layer, where it is one. */
  layer?: string;
  /** The channel, where it is one. */
  channel?: number;
  /** The seed of the noise that it started from. */
  seed: number;
  /** Anything that a reader of the picture must know: that the filter never fired. */
  note?: string;
}

/** The fields of a `FeatureVisualization`, and what `new FeatureVisualization` takes. */
export interface FeatureVisualizationRecord {
  /** "activation maximisation" or "feature inversion". */
  method: string;
  /** A picture for each channel, direction or class; of an inversion for each layer. */
  features: readonly VisualizedFeature[];
  /** What the values are: "mean activation", "logit", "relative error". */
  unit: string;
  /** Whether a larger value is better. */
  rising: boolean;
  /** The model's name. */
  model: string;
  /** The image whose features were inverted. */
  original?: Image;
  /** The options that made it, defaults filled in. */
  options: Record<string, unknown>;
  seed: number;
  /** How long it took. */
  seconds: number;
  /** The backend that computed it: native, wasm or cpu. */
  backend: string;
  /** Anything that a reader must know, as that it was stopped. */
  note?: string;
}

/**
 * What `maximizeActivation` and `invertFeatures` return: optimised pictures, what they reach, and how they came to be. Iterable, a picture at a time.
 * As the last value of a cell it shows itself as tiles with a slider over the steps; `.images` are the pictures alone; `.save('dream.png')` keeps it.
 */
export class FeatureVisualization extends Showable implements Iterable<VisualizedFeature> {
  constructor(record: FeatureVisualizationRecord) {
    super();
    Object.assign(this, record);
  }

  [Symbol.iterator](): Iterator<VisualizedFeature> {
    return this.features[Symbol.iterator]();
  }

  /** The best pictures, in order. */
  get images(): Image[] {
    return this.features.map(({ image }) => image);
  }

  /** How many pictures. */
  get length(): number {
    return this.features.length;
  }

  override toFigure(): Figure {
    return draw.featureVisualization(this);
  }

  override toString(): string {
    const lines = this.features.map(({ label, value, start, step, note }) => `${label}: ${this.unit} ${short(value)} after ${step} steps, of the noise ${short(start)}${note ? `; ${note}` : ''}`);
    return [`${this.method} of ${this.model}, ${this.seconds.toFixed(1)} s${this.note ? `; ${this.note}` : ''}`, ...lines].join('\n');
  }

  /** The record; pictures as PNG data URIs. */
  toJSON(): object {
    const features = this.features.map((feature) => ({ ...feature, image: uri(feature.image), seen: plainNumbers(feature.seen), snapshots: feature.snapshots.map((each) => ({ ...each, image: uri(each.image) })) }));
    return { ...this, features, original: this.original && uri(this.original) };
  }
}

// The fields are the record's, told once, there.
export interface FeatureVisualization extends Readonly<FeatureVisualizationRecord> {}

const uri = (image: Image): string => `data:image/png;base64,${encode(image, 'png').toString('base64')}`;

const short = (value: number): string => String(Number(value.toPrecision(3)));
