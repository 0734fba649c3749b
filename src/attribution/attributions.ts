import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import type { Attribution } from './attribution';

/** Several maps of one call, in the order images, targets, layers. Iterable; shows itself as a grid on one scale. */
export class Attributions extends Showable implements Iterable<Attribution> {
  constructor(
    /** The maps. */
    readonly items: readonly Attribution[],
    /** The length of a row, where the maps vary in two ways, as images and targets; undefined for a plain list. */
    readonly columns?: number,
  ) {
    super();
  }

  [Symbol.iterator](): Iterator<Attribution> {
    return this.items[Symbol.iterator]();
  }

  /** How many maps. */
  get length(): number {
    return this.items.length;
  }

  /** The map at a place; negative counts from the end. */
  at(index: number): Attribution | undefined {
    return this.items.at(index);
  }

  /** What `make` gives for each map, as a plain list. */
  map<T>(make: (map: Attribution, index: number) => T): T[] {
    return this.items.map(make);
  }

  override toFigure(): Figure {
    return draw.attributions(this);
  }

  override toString(): string {
    return this.items.map(String).join('\n');
  }

  toJSON(): readonly Attribution[] {
    return this.items;
  }
}
