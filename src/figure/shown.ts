import type { AttributionRecord } from '../attribution/attribution';
import { largest } from '../attribution/largest';
import { shown } from '../check';
import type { Pixels } from '../image/canvas';
import { shrink } from '../image/shrink';
import { remembered } from './memo';

/** Pixels with the name of the picture that they are of. */
export interface Seen extends Pixels {
  name: string;
}

/** What a picture of an attribution needs of it. */
export interface Shown extends Omit<AttributionRecord, 'seconds' | 'backend' | 'image'> {
  image: Seen;
}

/** The same as a plain record, to be sent to a page. */
export function shownOf({ method, values, shape, channelOrder, grain, signed, unit, model, target, score, layer, image: { width, height, data, name }, options, seed, note }: Shown): Shown {
  return { method, values, shape, channelOrder, grain, signed, unit, model, target, score, layer, image: { width, height, data, name }, options, seed, note };
}

/** The record with a map of about that share of its values, each the mean of those it stands for. */
export function reduced(map: Shown, detail: number): Shown {
  if (detail >= 1) return map;
  const { values, shape, ...rest } = singleChannel(map);
  const [height, width] = shape.map((side) => Math.max(1, Math.round(side * Math.sqrt(detail))));
  return { ...rest, values: shrink(values, shape[1], shape[0], width, height), shape: [height, width] };
}

/** What is no map is told before anything is drawn. */
export function mustBeMap(method: string, map: unknown): void {
  if (map && typeof map === 'object' && 'values' in map && 'shape' in map && 'image' in map && 'target' in map) return;
  throw new TypeError(`${method} takes an attribution (what saliency, gradCam and the others give), got ${shown(map)}`);
}

/** One value to a pixel: of several channels, the greatest size. */
export function singleChannel(map: Shown): Shown {
  const [height, width, channels = 1] = map.shape;
  if (map.shape.length === 2) return map;
  const { method, grain, target, score, model, layer, image, options, seed, note } = map;
  const about = { method, grain, target, score, model, layer, image, options, seed, note };
  if (channels === 1) return { ...about, values: map.values, shape: [height, width], signed: map.signed, unit: map.unit };
  const values = remembered(map.values, 'largest', () => largest(map.values, channels));
  return { ...about, values, shape: [height, width], signed: false, unit: `largest |${map.unit}|` };
}
