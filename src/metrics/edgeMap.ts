import type { Attribution } from '../attribution/attribution';
import type { Image } from '../image/image';
import { nullMap } from './nullMap';

/**
 * A map that only knows the photograph: how much its lightness changes at each pixel, by the Sobel operator. An Attribution at the size of the image, to hold others against: what a method has
 * in common with it, it may have from the picture and not from the network (Adebayo et al. 2018 put an edge detector beside the gradient methods). Of a map it keeps model and target.
 *
 * The size of the two 3 x 3 Sobel differences of the lightness (Rec. 601 luma, 0 to 255), an eighth of their sums, so that the unit is lightness per pixel; the edge pixels are repeated outwards.
 *
 * @example
 * cl.rankCorrelation(await cl.guidedBackprop(model, photo), cl.edgeMap(photo))
 */
export function edgeMap(like: Attribution | Image): Attribution {
  return nullMap('edgeMap', like, 'edge detector', 'change of lightness per pixel', (image) => ({ values: sobel(image), options: {}, grain: 'fine' }));
}

function sobel({ width, height, data }: Image): Float32Array {
  const light = Float32Array.from({ length: width * height }, (_, at) => 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2]);
  const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  return light.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const pixel = (down: number, across: number): number => light[within(y + down, height) * width + within(x + across, width)];
    const dx = pixel(-1, 1) + 2 * pixel(0, 1) + pixel(1, 1) - pixel(-1, -1) - 2 * pixel(0, -1) - pixel(1, -1);
    const dy = pixel(1, -1) + 2 * pixel(1, 0) + pixel(1, 1) - pixel(-1, -1) - 2 * pixel(-1, 0) - pixel(-1, 1);
    return Math.hypot(dx, dy) / 8;
  });
}
