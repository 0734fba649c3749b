import type { Attribution } from '../attribution/attribution';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import { onGrid, planeOf } from './plane';
import { type Regions, regionOf } from './regionOf';

/** How much of a map's positive evidence lies in a region. */
export class EnergyInside extends Showable {
  constructor(
    /** The map. */
    readonly map: Attribution,
    /** The region on `map.image`, row by row: 1 inside. */
    readonly region: Uint8Array,
    /** The share of the positive evidence that lies inside, 0 to 1; NaN for a map without any. */
    readonly share: number,
    /** The region's share of the image: what a map that knows nothing would give. */
    readonly area: number,
  ) {
    super();
  }

  /** How many times as much evidence lies inside as chance would put there. */
  get lift(): number {
    return this.share / this.area;
  }

  override toFigure(): Figure {
    return draw.localisation(this);
  }

  override toString(): string {
    const { map, share, area, lift } = this;
    const told = Number.isNaN(share) ? 'no positive evidence' : `${percent(share)} of the positive evidence lies inside the region, which is ${percent(area)} of the image: ${lift.toFixed(1)} times as much as by chance`;
    return `energy inside, ${map.method} for ${map.target.label}: ${told}`;
  }

  toJSON(): object {
    const { map, share, area, lift } = this;
    return { measure: 'energy inside', method: map.method, target: map.target, image: map.image.name, share, area, lift };
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/**
 * How much of a map's positive evidence lies on the thing it explains, the energy-based pointing game: an EnergyInside with `share` (0 to 1), the region's own share of the image, `area`, and
 * how many times as much as by chance that is, `lift`. Negative evidence and places without a value (NaN) do not count; of several channels the greatest size does; a map on
 * a layer's own grid is enlarged first. `share` is NaN for a map without positive evidence.
 *
 * @param region as `pointingGame` takes it. Default: what `map.image.masks` has with the target's label
 * Throws for a region that has no pixel of the image, and where there is none for the target.
 * Wang et al. 2020, "Score-CAM", arXiv 1910.01279.
 *
 * @example
 * cl.energyInside(await cl.gradCam(model, photo), { x: 60, y: 20, width: 110, height: 150 }).share
 */
export function energyInside(map: Attribution, region?: Regions): EnergyInside {
  const plane = planeOf('energyInside', map);
  const inside = regionOf('energyInside', map, region);
  const values = onGrid(plane, map.image.height, map.image.width);
  let [within, total, pixels] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    pixels += inside[at];
    if (!(values[at] > 0)) continue;
    total += values[at];
    if (inside[at]) within += values[at];
  }
  return new EnergyInside(map, inside, within / total, pixels / inside.length);
}
