import type { Figure } from '../../src/figure/figure';
import type { Image } from '../../src/image/image';
import { compare } from '../../widgets/compare/compare';
import { mapOf } from './maps';

/** Three methods of two classes, over a square image of about 96 x 96. */
export function comparedMaps(image: Image): Figure {
  const side = image.width;
  const hill = (x: number, y: number): number[] => Array.from({ length: side * side }, (_, at) => 5 * Math.exp(-(((at % side) - x) ** 2 + (Math.floor(at / side) - y) ** 2) / 600));
  const maps = ['Grad-CAM', 'occlusion', 'RISE'].flatMap((method, at) => [
    mapOf(hill(20 + 20 * at, 50), side, side, { image, method }),
    mapOf(hill(50, 20 + 20 * at), side, side, { image, method, target: { index: 7, label: 'lynx' } }),
  ]);
  return compare(maps);
}
