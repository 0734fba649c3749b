import type { AttributionRecord } from '../attribution/attribution';
import { shown } from '../check';

/** What a picture of an attribution needs of it. */
export type Shown = Omit<AttributionRecord, 'seconds' | 'backend'>;

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
  const values = new Float32Array(height * width);
  map.values.forEach((value, at) => {
    const pixel = Math.floor(at / channels);
    values[pixel] = Math.max(values[pixel], Math.abs(value));
  });
  return { ...about, values, shape: [height, width], signed: false, unit: `largest |${map.unit}|` };
}
