import type { AttributionRecord } from './attribution';

/** Where a map is hottest, and how much of it is there. */
export interface Hotspot {
  /** The centre of the hottest tenth of the picture, in pixels from the upper left. */
  x: number;
  /** The same, downwards. */
  y: number;
  /** In words: "upper left", "centre". */
  place: string;
  /** How much of the positive evidence the hottest tenth of the pixels holds, 0..1. */
  share: number;
}

/** The hottest tenth of a map; a map with channels is read by its largest absolute value. */
export function hotspotOf({ values, shape }: Pick<AttributionRecord, 'values' | 'shape'>): Hotspot {
  const [height, width, channels = 1] = shape;
  const heat = new Float32Array(height * width);
  for (let i = 0; i < heat.length; i++) {
    for (let c = 0; c < channels; c++) {
      const value = values[i * channels + c];
      heat[i] = Math.max(heat[i], channels === 1 ? value : Math.abs(value));
    }
  }
  let [total, within, across, down] = [0, 0, 0, 0];
  for (const value of heat) total += value;
  for (const i of hottestOf(heat, Math.max(1, Math.round(heat.length / 10)))) {
    within += heat[i];
    across += heat[i] * ((i % width) + 0.5);
    down += heat[i] * (Math.floor(i / width) + 0.5);
  }
  if (!(within > 0)) return { x: width / 2, y: height / 2, place: 'nowhere', share: 0 };
  const [x, y] = [across / within, down / within];
  return { x, y, place: placeOf(x / width, y / height), share: within / total };
}

/** The places of the greatest values; of equal ones the first. */
function hottestOf(heat: Float32Array, count: number): number[] {
  const limit = heat.slice().sort()[heat.length - count];
  const places: number[] = [];
  const ties: number[] = [];
  for (let i = 0; i < heat.length; i++) {
    if (heat[i] > limit) places.push(i);
    else if (heat[i] === limit) ties.push(i);
  }
  return [...places, ...ties.slice(0, count - places.length)];
}

/** A place, given in shares of width and height, in words. */
export function placeOf(x: number, y: number): string {
  const row = y < 1 / 3 ? 'upper' : y > 2 / 3 ? 'lower' : '';
  const column = x < 1 / 3 ? 'left' : x > 2 / 3 ? 'right' : '';
  if (row && column) return `${row} ${column}`;
  if (row) return `${row} middle`;
  return column ? `${column} middle` : 'centre';
}
