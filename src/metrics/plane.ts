import type { AttributionRecord } from '../attribution/attribution';
import { largest } from '../attribution/largest';
import { shown } from '../check';
import { resizeMap } from '../image/resizeMap';
import { shrink } from '../image/shrink';

/** A map with one value to a cell, row by row. */
export interface Plane {
  values: Float32Array;
  height: number;
  width: number;
}

/** The map with one value to a cell: of several channels the greatest size. What is no map is an error of `method`. */
export function planeOf(method: string, map: Pick<AttributionRecord, 'values' | 'shape'>): Plane {
  if (!ArrayBuffer.isView(map?.values) || !Array.isArray(map.shape)) throw new TypeError(`${method} takes an attribution (what saliency, gradCam and the others give), got ${shown(map)}`);
  const [height, width, channels = 1] = map.shape;
  return { values: channels === 1 ? map.values : largest(map.values, channels), height, width };
}

/** The plane on another grid: enlarged as class activation maps are, or each cell the mean of those it covers. */
export function onGrid({ values, height, width }: Plane, rows: number, columns: number): Float32Array {
  if (rows >= height && columns >= width) return resizeMap(values, [height, width], [rows, columns]);
  return shrink(values, width, height, columns, rows);
}
