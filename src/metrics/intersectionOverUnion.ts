import type { Attribution } from '../attribution/attribution';
import { between, knownOptions } from '../check';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import { quantileSorted } from '../quantileSorted';
import { onGrid, planeOf } from './plane';
import { type Regions, regionOf } from './regionOf';

/** Options of `intersectionOverUnion`: one of the two. */
export interface IntersectionOverUnionOptions {
  /** A place belongs to the map's own region from this share of its greatest value on, 0 to 1. Default 0.2, as in the CAM paper. */
  threshold?: number;
  /** Or from this percentile of its values on, 0 to 100: 90 is the strongest tenth of the image. */
  percentile?: number;
}

/** How well the strong part of a map and a region cover each other. */
export class IntersectionOverUnion extends Showable {
  /** As captions call it. */
  readonly measure = 'intersection over union';

  constructor(
    /** The map. */
    readonly map: Attribution,
    /** The region on `map.image`, row by row: 1 inside. */
    readonly region: Uint8Array,
    /** The strong part of the map, in the same way. */
    readonly strong: Uint8Array,
    /** The pixels that both have over those that either has, 0 to 1. */
    readonly value: number,
    /** The value from which on a place is strong; NaN for a map without positive evidence. */
    readonly level: number,
    /** How that was told: `'at 20 % of the greatest value'`. */
    readonly cut: string,
  ) {
    super();
  }

  override toFigure(): Figure {
    return draw.localisation(this);
  }

  /** What was found, in words. */
  get finding(): string {
    const { value, strong, cut, level } = this;
    const share = (100 * strong.reduce((sum, each) => sum + each, 0)) / strong.length;
    return `${value.toFixed(3)}; ${Number.isNaN(level) ? 'no positive evidence' : `the part ${cut} is ${share.toFixed(1)} % of the image`}`;
  }

  override toString(): string {
    return `${this.measure}, ${this.map.method} for ${this.map.target.label}: ${this.finding}`;
  }

  toJSON(): object {
    const { measure, map, value, level, cut } = this;
    return { measure, method: map.method, target: map.target, image: map.image.name, value, level, cut };
  }
}

/**
 * How well the strong part of a map covers the thing it explains: an IntersectionOverUnion whose `value` is the pixels that both have over those that either has, from 0 (apart) to 1 (the same).
 * A place is strong from a share of the greatest value on, or from a percentile of the values on, and only where its value is positive. Of several channels the greatest size counts; a map on a
 * layer's own grid is enlarged first. A map without positive evidence gives 0.
 *
 * @param region as `pointingGame` takes it. Default: what `map.image.masks` has with the target's label
 * @param options `threshold` (0.2 of the greatest value, as Zhou et al. 2016, "Learning deep features for discriminative localization", arXiv 1512.04150, cut their maps) or `percentile`
 * Throws for a region that has no pixel of the image, and where there is none for the target.
 *
 * @example
 * cl.intersectionOverUnion(await cl.gradCam(model, photo), box, { percentile: 90 }).value
 */
export function intersectionOverUnion(map: Attribution, region?: Regions, options: IntersectionOverUnionOptions = {}): IntersectionOverUnion {
  knownOptions('intersectionOverUnion', options, ['threshold', 'percentile']);
  const { threshold, percentile } = options;
  if (threshold !== undefined && percentile !== undefined) throw new TypeError('intersectionOverUnion takes a threshold or a percentile, not both');
  const plane = planeOf('intersectionOverUnion', map);
  const inside = regionOf('intersectionOverUnion', map, region);
  const values = onGrid(plane, map.image.height, map.image.width);
  const share = between('threshold', threshold ?? 0.2, 0, 1);
  const level = percentile === undefined ? share * greatest(values) : quantileSorted(known(values), between('percentile', percentile, 0, 100) / 100);
  const cut = percentile === undefined ? `from ${Math.round(share * 100)} % of the greatest value on` : `from percentile ${percentile} on`;
  const strong = Uint8Array.from(values, (value) => Number(value > 0 && value >= level));
  let [both, either] = [0, 0];
  for (let at = 0; at < inside.length; at++) {
    both += inside[at] & strong[at];
    either += inside[at] | strong[at];
  }
  return new IntersectionOverUnion(map, inside, strong, both / either, strong.includes(1) ? level : NaN, cut);
}

const known = (values: Float32Array): Float32Array => values.filter((value) => !Number.isNaN(value)).sort();

const greatest = (values: Float32Array): number => values.reduce((most, value) => (value > most ? value : most), 0);
