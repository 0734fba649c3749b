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
  const changed = own.map((step) => Number(step <= point));
  if (test.measure === 'ROAD') {
    // Solving takes a while; the other pictures are made anew in a moment.
    return remembered(own, `filled ${point}`, () => ({ width, height, data: Uint8ClampedArray.from(impute(image.data, changed, [height, width, 4], rough)) }));
  }
  const cover = (test.cover as Pixels).data;
  const data = new Uint8ClampedArray(test.measure === 'insertion' ? cover : image.data);
  const to = test.measure === 'insertion' ? image.data : cover;
  for (let pixel = 0; pixel < changed.length; pixel++) if (changed[pixel]) for (let at = pixel * 4; at < pixel * 4 + 4; at++) data[at] = to[at];
  return { width, height, data };
}
