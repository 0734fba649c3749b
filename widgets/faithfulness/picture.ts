import { remembered } from '../../src/figure/memo';
import type { Pixels } from '../../src/image/canvas';
import { impute } from '../../src/metrics/removal/impute';
import type { FaithfulnessData, TestData } from './data';

// For the eye; the network was given what is filled in with a thousandth of this error.
const rough = 1e-3;

/** The photograph as the network was given it at a point: without the pixels that are gone, or with those alone that have come. */
export function pictureAt({ image, size: [width, height] }: FaithfulnessData, test: TestData, curve: number, point: number, weakest: boolean): Pixels {
  const { steps, weakestSteps } = test.curves[curve];
  const own = weakest && weakestSteps ? weakestSteps : steps;
  return remembered(own, `picture ${test.measure} ${point}`, () => {
    const changed = own.map((step) => Number(step <= point));
    if (test.measure === 'ROAD') return { width, height, data: Uint8ClampedArray.from(impute(image.data, changed, [height, width, 4], rough)) };
    const cover = (test.cover as Pixels).data;
    const [from, to] = test.measure === 'insertion' ? [cover, image.data] : [image.data, cover];
    return { width, height, data: Uint8ClampedArray.from(from, (byte, at) => (changed[at >> 2] ? to[at] : byte)) };
  });
}
