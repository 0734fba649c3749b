import type { Attribution, AttributionTarget } from '../../attribution/attribution';
import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import type { Pixels } from '../../image/canvas';
import type { Image } from '../../image/image';
import type { Score } from '../../model/target';
import { Showable } from '../../show';

/** What a map's order of the pixels does to the score. */
export interface RemovalCurve {
  /** The map. */
  map: Attribution;
  /** What is scored. */
  target: AttributionTarget;
  /** The score after each of the result's `shares`, the strongest pixels first; NaN where it was not computed. */
  scores: readonly number[];
  /** Of ROAD: the same with the weakest pixels first. */
  weakest?: readonly number[];
  /** The area under the curve, or what ROAD makes of the two; NaN where there are too few points. */
  value: number;
  /** The same of random maps like this one, where they were asked for. */
  random?: RandomCurves;
  /** @internal For each pixel of the image the place in `shares` from which on it is changed: strongest first, and for ROAD weakest first. */
  steps: { strongest: Uint16Array; weakest?: Uint16Array };
}

/** Curves of random maps that are as coarse or fine as a map, to hold it against. */
export interface RandomCurves {
  /** For each random map its scores, as in `RemovalCurve`. */
  scores: readonly (readonly number[])[];
  /** Of ROAD: the same with the weakest pixels first. */
  weakest?: readonly (readonly number[])[];
  /** What each gives. */
  values: readonly number[];
}

/** Which of the three measures. */
export type RemovalMeasure = 'deletion' | 'insertion' | 'ROAD';

/** What `new Removal` takes. */
export interface RemovalRecord {
  /** Which of the three. */
  measure: RemovalMeasure;
  /** The share of the pixels that is changed at each point, from 0 up. */
  shares: readonly number[];
  /** One for each map, in the order given. */
  curves: readonly RemovalCurve[];
  /** What is scored: the probability after softmax, or the logit before it. */
  score: Score;
  /** What the network saw. */
  image: Image;
  /** @internal What pixels are hidden with; ROAD fills in from their neighbours. */
  cover?: Pixels;
  /** The model's name. */
  model: string;
  /** The options that made it, defaults filled in. */
  options: Record<string, unknown>;
  /** Of the random choices: the order of equal values, random maps, noise. */
  seed: number;
  /** How long it took. */
  seconds: number;
  /** The backend that computed it: native, wasm or cpu. */
  backend: string;
  /** Anything that a reader must know. */
  note?: string;
}

/**
 * What `deletion`, `insertion` and `road` return: how the score changes as pixels go (or come), in the order in which one or several maps rank them. `value` is the first map's number, `values` that of each;
 * iterating gives the curves. As the last value of a cell it shows itself as a figure that can be worked; `cl.faithfulness([deletion, insertion])` shows several together.
 */
export class Removal extends Showable implements Iterable<RemovalCurve> {
  constructor(record: RemovalRecord) {
    super();
    Object.assign(this, record);
  }

  /** The number of the first map: the area under its curve (deletion: lower is better; insertion: higher), or ROAD's (weakest first - strongest first) / 2 (higher is better). */
  get value(): number {
    return this.curves[0].value;
  }

  /** The number of each map. */
  get values(): number[] {
    return this.curves.map(({ value }) => value);
  }

  [Symbol.iterator](): Iterator<RemovalCurve> {
    return this.curves[Symbol.iterator]();
  }

  override toFigure(): Figure {
    return draw.removal(this);
  }

  override toString(): string {
    const { measure, curves, score, image, note } = this;
    const better = measure === 'deletion' ? 'lower' : 'higher';
    const told = curves.map(({ map, target, value, random }) => `${map.method} for ${target.label} ${value.toFixed(3)}${random ? ` (random maps like it ${span(random.values)})` : ''}`);
    return `${measure} on ${image.name}, ${measure === 'ROAD' ? '(weakest first - strongest first) / 2' : 'area under the curve'} of the ${score} (${better} is better): ${told.join(', ')}${note ? `; ${note}` : ''}`;
  }

  toJSON(): object {
    const { measure, shares, curves, score, image, model, options, seed, seconds, backend, note } = this;
    const told = curves.map(({ map, steps: _, ...curve }) => ({ method: map.method, layer: map.layer, ...curve }));
    return { measure, image: image.name, model, score, options, seed, shares, curves: told, seconds, backend, note };
  }
}

// The fields are the record's, told once, there.
export interface Removal extends Readonly<RemovalRecord> {}

const span = (values: readonly number[]): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(3));
  return low === high ? low : `${low} to ${high}`;
};
