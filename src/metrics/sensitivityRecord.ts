import { Attribution } from '../attribution/attribution';
import { Attributions } from '../attribution/attributions';
import { joined } from '../attribution/notes';
import type { Figure } from '../figure/figure';
import { Image } from '../image/image';
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
    const { width, height, data } = this.farthest.image;
    const noisy = new Image(width, height, data, `${this.map.image.name} with noise`);
    return new Attributions([this.map, new Attribution({ ...this.farthest, image: noisy, note: joined(this.farthest.note, this.finding) })]).toFigure();
  }

  /** What was found, in words. */
  get finding(): string {
    const { value, mean, each, radius, note } = this;
    return `the map changes by at most ${value.toFixed(3)} of itself, ${mean.toFixed(3)} in the mean, in ${each.length} images with noise up to ${radius} deviations${note ? `; ${note}` : ''}`;
  }

  override toString(): string {
    return `sensitivity of ${this.map.method} for ${this.map.target.label}: ${this.finding}`;
  }

  toJSON(): object {
    const { value, mean, each, map, radius, seed, note } = this;
    return { measure: 'sensitivity', method: map.method, target: map.target, image: map.image.name, value, mean, each, radius, seed, note };
  }
}

// The fields are the record's, told once, there.
export interface Sensitivity extends Readonly<SensitivityRecord> {}
