import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import type { Image } from '../image/image';
import { Showable } from '../show';

/** One class and how sure the network is of it. */
export interface Prediction {
  /** The class's number, its place in the network's output. */
  index: number;
  /** The class's first name. */
  label: string;
  /** The probability, 0..1. */
  score: number;
  /** The score before softmax: what the attribution methods explain. */
  logit: number;
}

/** The classes that a network finds most likely, the first one first. Iterable; shows itself as a bar chart. */
export class Predictions extends Showable implements Iterable<Prediction> {
  constructor(
    /** The classes, the likeliest first. */
    readonly items: readonly Prediction[],
    /** What the network saw. */
    readonly image: Image,
    /** The model's name. */
    readonly model: string,
    /** How many classes there are in all. */
    readonly classes: number,
    /** @internal Any class by its number, those that are not told too. */
    readonly rated?: (index: number) => Prediction,
  ) {
    super();
  }

  [Symbol.iterator](): Iterator<Prediction> {
    return this.items[Symbol.iterator]();
  }

  /** How many classes are told. */
  get length(): number {
    return this.items.length;
  }

  /** The most likely class. */
  get best(): Prediction {
    return this.items[0];
  }

  override toFigure(): Figure {
    return draw.predictions(this);
  }

  override toString(): string {
    const rows = this.items.map(({ index, label, score, logit }) => `${(score * 100).toFixed(1).padStart(5)} %  ${label} (${index}), logit ${logit.toFixed(2)}`);
    return rows.join('\n');
  }

  toJSON(): readonly Prediction[] {
    return this.items;
  }
}
