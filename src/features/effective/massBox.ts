import { type AxisField, centreOf, type ReceptiveField } from '../../model/receptive/field';
import type { Rectangle } from '../../model/window/spans';
import type { Cell } from './cells';

/** A box clipped to the image; its edges lie between pixels, or inside one where the field is not square. */
export interface EffectiveBox extends Rectangle {
  /** How much of the whole it holds. */
  share: number;
}

/** How much of the gradient an effective box holds. */
export const massShare = 0.95;

/**
 * The smallest box around the centre of a cell's theoretical field, in its proportions, that holds `share` of a map: the high-contribution
 * area of Ding et al. 2022, "Scaling up your kernels to 31x31", for one cell.
 */
export function massBox(map: Float32Array, width: number, { rows, columns }: Pick<ReceptiveField, 'rows' | 'columns'>, [row, column]: Cell, share = massShare): EffectiveBox | null {
  const height = map.length / width;
  const down = distances(rows, row, height);
  const across = distances(columns, column, width);
  // Pixels at one distance are in the box together.
  const rings = new Map<number, number>();
  map.forEach((mass, at) => {
    const reach = Math.max(down[Math.floor(at / width)], across[at % width]);
    if (mass > 0) rings.set(reach, (rings.get(reach) ?? 0) + mass);
  });
  const total = [...rings.values()].reduce((sum, mass) => sum + mass, 0);
  if (!total) return null;
  let held = 0;
  let reach = 0;
  for (const ring of [...rings.keys()].sort((a, b) => a - b)) {
    if (held >= share * total) break;
    held += rings.get(ring) as number;
    reach = ring;
  }
  const [top, bottom] = edges(rows, row, reach, height);
  const [left, right] = edges(columns, column, reach, width);
  return { top, left, bottom, right, share: held / total };
}

/** Where a field ends that was scaled about its centre. Free of the last digits that scaling leaves. */
function edges(axis: AxisField, cell: number, scale: number, length: number): [number, number] {
  const exact = (place: number): number => Math.round(place * 1000) / 1000;
  const [centre, half] = [centreOf(axis, cell), (scale * axis.size) / 2];
  return [Math.max(0, exact(centre - half)), Math.min(length, exact(centre + half))];
}

/** How far the field must be scaled to hold each pixel whole. */
function distances(axis: AxisField, cell: number, length: number): Float64Array {
  const centre = centreOf(axis, cell);
  return Float64Array.from({ length }, (_, at) => (Math.abs(at + 0.5 - centre) + 0.5) / (axis.size / 2));
}
