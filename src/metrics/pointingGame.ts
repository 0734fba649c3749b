import type { Attribution } from '../attribution/attribution';
import { between, knownOptions, truth } from '../check';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import { planeOf } from './plane';
import { type Regions, regionOf } from './regionOf';

/** Options of `pointingGame`. */
export interface PointingGameOptions {
  /** How far beside the region the strongest place may lie and still hit, in pixels of what the network saw. Default 15, as in the paper. */
  tolerance?: number;
  /** Whether the tolerance is meant for a picture whose longer side is 500 pixels, as the paper's are, and shrinks with smaller ones: 15 is 7 of 224, and 2 of 64. Default false. */
  scaled?: boolean;
}

/** The paper's pictures (PASCAL VOC) have this many pixels along the longer side. */
const voc = 500;

/** Whether the strongest place of a map lies in a region. */
export class PointingGame extends Showable {
  constructor(
    /** The map. */
    readonly map: Attribution,
    /** The region on `map.image`, row by row: 1 inside. */
    readonly region: Uint8Array,
    /** Whether the strongest place lies in the region, or no farther from it than the tolerance. */
    readonly hit: boolean,
    /** The strongest place, in pixels from the left of `map.image`; NaN where there is none. */
    readonly x: number,
    /** The same from the top. */
    readonly y: number,
    /** How far that is from the region's nearest pixel; 0 inside. NaN where there is no strongest place. */
    readonly distance: number,
    /** How far it might have been, in pixels. */
    readonly tolerance: number,
    /** Anything that a reader must know. */
    readonly note?: string,
  ) {
    super();
  }

  override toFigure(): Figure {
    return draw.localisation(this);
  }

  override toString(): string {
    const { map, hit, x, y, distance, tolerance, note } = this;
    const place = Number.isNaN(x) ? 'it has no strongest place' : `it is strongest at (${x}, ${y}), ${distance ? `${distance.toFixed(1)} pixels outside the region` : 'inside the region'}`;
    return `pointing game, ${map.method} for ${map.target.label}: ${hit ? 'hit' : 'miss'}; ${place} (tolerance ${Number(tolerance.toFixed(1))})${note ? `; ${note}` : ''}`;
  }

  toJSON(): object {
    const { map, hit, x, y, distance, tolerance, note } = this;
    return { measure: 'pointing game', method: map.method, target: map.target, image: map.image.name, hit, x, y, distance, tolerance, note };
  }
}

/**
 * Whether the strongest place of a map lies on the thing it explains: a PointingGame with `hit`, the place `x`, `y` and its `distance` from the region, in pixels of `map.image`.
 * Over many images the share of hits rates a method. Of several channels the greatest size counts; of a map on a layer's own grid the middle of the strongest cell.
 * A map that is the same everywhere misses; of several equal greatest values the first counts, and a note says so.
 *
 * @param region a mask `{ width, height, data }`, a box `{ x, y, width, height }` in pixels of `map.image`, or a list of them. Default: what `map.image.masks` has with the target's label, as painted scenes do
 * @param options `tolerance` (15 pixels), `scaled` (false; true: the tolerance is for a picture of 500 pixels)
 * Throws for a region that has no pixel of the image, and where there is none for the target.
 * Zhang, Lin, Brandt, Shen & Sclaroff 2016, "Top-down neural attention by excitation backprop", arXiv 1608.00507.
 *
 * @example
 * cl.pointingGame(await cl.gradCam(model, photo), { x: 60, y: 20, width: 110, height: 150 }).hit
 */
export function pointingGame(map: Attribution, region?: Regions, options: PointingGameOptions = {}): PointingGame {
  knownOptions('pointingGame', options, ['tolerance', 'scaled']);
  const given = between('tolerance', options.tolerance ?? 15, 0);
  const { values, height, width } = planeOf('pointingGame', map);
  const { image } = map;
  const tolerance = truth('scaled', options.scaled ?? false) ? (given * Math.max(image.width, image.height)) / voc : given;
  const inside = regionOf('pointingGame', map, region);
  const { at, least, ties } = strongest(values);
  if (at < 0 || values[at] === least) return new PointingGame(map, inside, false, NaN, NaN, NaN, tolerance, at < 0 ? 'the map has no value' : 'the map is the same everywhere');
  const x = middle(at % width, width, image.width);
  const y = middle(Math.floor(at / width), height, image.height);
  const distance = distanceTo(inside, image.width, x, y);
  return new PointingGame(map, inside, distance <= tolerance, x, y, distance, tolerance, ties > 1 ? `${ties} places are equally strong: the first counts` : undefined);
}

/** The first of the greatest values, how many are as great, and the least of all. */
function strongest(values: Float32Array): { at: number; least: number; ties: number } {
  let at = -1;
  let least = Infinity;
  let ties = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (at < 0 || values[i] > values[at]) [at, ties] = [i, 0];
    if (values[i] === values[at]) ties++;
    least = Math.min(least, values[i]);
  }
  return { at, least, ties };
}

/** The pixel in the middle of a cell. */
const middle = (cell: number, cells: number, pixels: number): number => Math.floor(((cell + 0.5) * pixels) / cells);

/** From a pixel to the nearest one inside, centre to centre. */
function distanceTo(inside: Uint8Array, width: number, x: number, y: number): number {
  let nearest = Infinity;
  inside.forEach((isInside, at) => {
    if (isInside) nearest = Math.min(nearest, ((at % width) - x) ** 2 + (Math.floor(at / width) - y) ** 2);
  });
  return Math.sqrt(nearest);
}
