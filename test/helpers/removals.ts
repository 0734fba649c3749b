import type { Attribution } from '../../src/attribution/attribution';
import { Image } from '../../src/image/image';
import { stepsOf, strongestFirst } from '../../src/metrics/removal/order';
import { Removal, type RemovalMeasure, type RemovalRecord } from '../../src/metrics/removal/removal';
import { mapOf } from './maps';

const side = 24;

/** A picture that differs everywhere. */
export const stripes = (name = 'stripes'): Image => new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 200)), name);

/** A map that rises from left to right, or from top to bottom. */
export const rising = (method: string, down = false, more: Partial<Attribution> = {}): Attribution => mapOf(Array.from({ length: side * side }, (_, at) => (down ? Math.floor(at / side) : at % side)), side, side, { method, image: stripes(), ...more });

/** What a measure might give: ten steps, the first map's score falls evenly, the second's at once. */
export function removalOf(measure: RemovalMeasure = 'deletion', more: Partial<RemovalRecord> = {}): Removal {
  const maps = [rising('Grad-CAM'), rising('occlusion', true)];
  const shares = measure === 'ROAD' ? [0, 0.2, 0.5, 0.8] : Array.from({ length: 11 }, (_, at) => at / 10);
  const falls = (at: number) => (share: number): number => (measure === 'insertion' ? share ** (at ? 3 : 1) : 1 - share ** (at ? 0.25 : 1)) * 0.8;
  const image = stripes();
  return new Removal({
    measure,
    shares,
    score: 'probability',
    image,
    cover: { width: side, height: side, data: new Uint8ClampedArray(side * side * 4).fill(255) },
    model: 'toy',
    options: measure === 'ROAD' ? { noise: 0.01 } : { fill: 'zero', random: 2 },
    seed: 4,
    seconds: 1,
    backend: 'cpu',
    curves: maps.map((map, at) => {
      const order = strongestFirst(map.values, 0);
      return {
        map,
        target: map.target,
        scores: shares.map(falls(at)),
        ...(measure === 'ROAD' ? { weakest: shares.map((share) => 0.8 - share * 0.1) } : { random: { scores: [shares.map((share) => 0.7 - 0.6 * share), shares.map((share) => 0.6 - 0.6 * share)], values: [0.4, 0.3] } }),
        value: at ? 0.16 : 0.4,
        steps: { strongest: stepsOf(order, shares), ...(measure === 'ROAD' && { weakest: stepsOf(order.slice().reverse(), shares) }) },
      };
    }),
    ...more,
  });
}
