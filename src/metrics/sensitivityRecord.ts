import type { Attribution } from '../attribution/attribution';
import { Attributions } from '../attribution/attributions';
import { joined } from '../attribution/notes';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';

/** What `new Sensitivity` takes. */
export interface SensitivityRecord {
  /** The change of the map in each noisy image: the norm of the difference over the norm of the map. */
  each: readonly number[];
  /** The map of the image as it is. */
  map: Attribution;
  /** The map that is farthest from it. */
  farthest: Attribution;
  /** The largest change of a value of the input, as a share of their deviation. */
  radius: number;
  /** How many noisy images were asked for; there are fewer where it was stopped. */
  samples: number;
  /** Of the noise. */
  seed: number;
}

/** How far a map moves when the image hardly changes. Shows itself as the map beside the one that is farthest from it. */
export class Sensitivity extends Showable {
  constructor(record: SensitivityRecord) {
    super();
    Object.assign(this, record);
  }

  /** The largest change, 0 for a map that stays. NaN for a map that is 0 everywhere. */
  get value(): number {
    return Math.max(...this.each);
  }

  /** The mean change. */
  get mean(): number {
    return this.each.reduce((sum, change) => sum + change, 0) / this.each.length;
  }

  /** Anything that a reader must know. */
  get note(): string | undefined {
    const { each, samples } = this;
    return joined(each.length < samples ? `stopped after ${each.length} of ${samples} samples` : undefined, each.some(Number.isNaN) ? 'the map is 0 everywhere, or has no value somewhere' : undefined);
  }

  override toFigure(): Figure {
    return new Attributions([this.map, this.farthest]).toFigure();
  }

  override toString(): string {
    const { value, mean, each, map, radius, note } = this;
    return `sensitivity of ${map.method} for ${map.target.label}: the map changes by at most ${value.toFixed(3)} of itself, ${mean.toFixed(3)} in the mean, in ${each.length} images with noise up to ${radius} deviations${note ? `; ${note}` : ''}`;
  }

  toJSON(): object {
    const { value, mean, each, map, radius, seed, note } = this;
    return { measure: 'sensitivity', method: map.method, target: map.target, image: map.image.name, value, mean, each, radius, seed, note };
  }
}

// The fields are the record's, told once, there.
export interface Sensitivity extends Readonly<SensitivityRecord> {}
