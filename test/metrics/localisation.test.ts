import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Image } from '../../src/image/image';
import type { Mask } from '../../src/image/region';
import { energyInside } from '../../src/metrics/energyInside';
import { intersectionOverUnion } from '../../src/metrics/intersectionOverUnion';
import { pointingGame } from '../../src/metrics/pointingGame';
import { complexity, sparseness } from '../../src/metrics/sparseness';
import { topOverlap } from '../../src/metrics/topOverlap';
import { mapOf, plainImage } from '../helpers/maps';

const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.not.match((error as Error).message, /\n/);
    return (error as Error).message;
  }
  throw new Error('it did not throw');
};

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
/** 40 x 40 with one peak, at column 30 and row 10. */
const peak = mapOf(Array.from({ length: 1600 }, (_, at) => (at === 10 * 40 + 30 ? 5 : at === 0 ? -9 : 0.001 * (at % 7))), 40, 40);

test('the pointing game hits inside, misses outside, and tells the place and the distance', () => {
  const hit = pointingGame(peak, box(28, 8, 5, 5), { tolerance: 0 });
  assert.equal([hit.hit, hit.x, hit.y, hit.distance], [true, 30, 10, 0]);
  const miss = pointingGame(peak, box(0, 8, 10, 5), { tolerance: 0 });
  assert.equal([miss.hit, miss.distance], [false, 21]);
  assert.match(String(miss), 'miss; the map is strongest at (30, 10), 21.0 pixels outside the region (tolerance 0)');
});

test('the tolerance is 15 pixels, its border included, or 15 of a picture of 500', () => {
  assert.ok(pointingGame(peak, box(0, 10, 16, 1)).hit);
  assert.not.ok(pointingGame(peak, box(0, 10, 15, 1)).hit);
  assert.not.ok(pointingGame(peak, box(0, 10, 16, 1), { scaled: true }).hit);
  near(pointingGame(peak, box(0, 0, 5, 5), { scaled: true }).tolerance, 1.2);
  assert.ok(pointingGame(peak, box(0, 10, 30, 1), { scaled: true }).hit, 'one pixel beside');
});

test('the distance is that of pixel centres, aslant too', () => near(pointingGame(peak, box(26, 6, 2, 2)).distance, Math.hypot(3, 3)));

test('a map on its own grid points at the middle of its strongest cell', () => {
  const coarse = mapOf([0, 0, 0, 3], 2, 2, { image: plainImage(40, 40) });
  assert.equal([pointingGame(coarse, box(30, 30, 1, 1)).x, pointingGame(coarse, box(30, 30, 1, 1)).y], [30, 30]);
});

test('no place is the strongest where all are alike, or where there is no value; of several the first counts', () => {
  for (const values of [Array(16).fill(0), Array(16).fill(2), Array(16).fill(NaN)]) {
    const result = pointingGame(mapOf(values, 4, 4), box(0, 0, 4, 4));
    assert.is(result.hit, false);
    assert.match(String(result), /no strongest place.*(the same everywhere|no value)/);
  }
  assert.match(pointingGame(mapOf([0, 4, 4, 0], 2, 2), box(0, 0, 1, 1)).note!, '2 places are equally strong');
  assert.ok(pointingGame(mapOf([NaN, 4, 1, 0], 2, 2), box(1, 0, 1, 1), { tolerance: 0 }).hit);
});

test('the energy inside is the share of what is positive, beside the share of the image', () => {
  const map = mapOf([1, 2, -5, 3, 0, NaN, 4, 0], 4, 2);
  const result = energyInside(map, box(0, 0, 2, 2));
  near(result.share, 3 / 10);
  near(result.area, 0.5);
  near(result.lift, 0.6);
  assert.match(String(result), '30.0 % of the positive evidence lies inside the region, which is 50.0 % of the image: 0.6 times as much as by chance');
  const nothing = energyInside(mapOf([0, -1, 0, -2], 2, 2), box(0, 0, 1, 1));
  assert.ok(Number.isNaN(nothing.share));
  assert.match(String(nothing), 'no positive evidence');
});

test('intersection over union, by a share of the greatest value or by a percentile', () => {
  const map = mapOf([10, 8, 4, 1, 0, 0, -3, 2], 4, 2);
  near(intersectionOverUnion(map, box(0, 0, 2, 1), { threshold: 0.5 }).value, 1);
  near(intersectionOverUnion(map, box(0, 0, 2, 1), { threshold: 0.4 }).value, 2 / 3);
  near(intersectionOverUnion(map, box(0, 0, 2, 1)).value, 2 / 4);
  near(intersectionOverUnion(map, box(0, 0, 1, 1), { percentile: 50 }).value, 1 / 4);
  near(intersectionOverUnion(map, box(0, 0, 1, 1), { percentile: 0 }).value, 1 / 5);
  assert.is(intersectionOverUnion(mapOf([-1, 0, 0, -4], 2, 2), box(0, 0, 1, 1)).value, 0);
});

const scene = (masks: Mask[]): Image => new Image(4, 2, plainImage(4, 2).data, 'scene', 'crop', masks);
const mask = (label: string, ...inside: number[]): Mask => ({ width: 4, height: 2, label, data: Uint8Array.from({ length: 8 }, (_, at) => Number(inside.includes(at))) });

test('the region is what the image holds of the target, unless told; of several things any counts', () => {
  const map = mapOf([1, 2, 3, 4, 0, 0, 0, 0], 4, 2, { image: scene([mask('tabby', 0), mask('tabby', 3), mask('lynx', 1, 2)]) });
  near(energyInside(map).share, 5 / 10);
  near(energyInside({ ...map, target: { index: 3, label: 'lynx' } } as never).share, 5 / 10);
  near(energyInside(map, [box(0, 0, 1, 1), mask('', 1)]).share, 3 / 10);
  assert.ok(pointingGame(map, undefined, { tolerance: 0 }).hit);
});

test('no mask, one of something else, none inside, outside, no region at all', () => {
  const map = mapOf([1, 2, 3, 4, 0, 0, 0, 0], 4, 2);
  assert.is(message(() => pointingGame(map)), 'pointingGame: plain has no mask of "tabby"; give a region: a box { x, y, width, height } in pixels of map.image (4 x 2), or a mask { width, height, data }');
  const other = mapOf([1, 2, 3, 4, 0, 0, 0, 0], 4, 2, { image: scene([mask('lynx', 1)]) });
  assert.match(message(() => energyInside(other)), 'scene has masks of "lynx", none of "tabby"; give a region');
  assert.match(message(() => energyInside(map, box(9, 9, 2, 2))), 'energyInside: the box at (9, 9) has no pixel of the 4 x 2 image inside it');
  assert.match(message(() => energyInside(map, mask('nothing'))), 'the mask has no pixel');
  assert.match(message(() => energyInside(map, [])), 'empty list');
  assert.match(message(() => energyInside(map, 'left' as never)), 'region must be a mask { width, height, data } or a box { x, y, width, height }, got "left"');
  assert.match(message(() => pointingGame(plainImage(2, 2) as never, box(0, 0, 1, 1))), 'pointingGame takes an attribution (what saliency, gradCam and the others give), got an Image');
  assert.match(message(() => pointingGame(map, box(0, 0, 1, 1), { tolerence: 2 } as never)), 'no option "tolerence"; did you mean "tolerance"?');
  assert.match(message(() => intersectionOverUnion(map, box(0, 0, 1, 1), { threshold: 0.2, percentile: 3 })), 'not both');
  assert.match(message(() => intersectionOverUnion(map, box(0, 0, 1, 1), { threshold: 2 })), 'threshold must be a number from 0 to 1');
});

test('of several channels the greatest size counts', () => {
  const map = mapOf([0, 0, 1, -4, 2, 2], 3, 1, { shape: [1, 3, 2], image: plainImage(3, 1) });
  near(energyInside(map, box(1, 0, 1, 1)).share, 4 / 6);
  assert.is(pointingGame(map, box(1, 0, 1, 1)).x, 1);
});

test('sparseness is the Gini index of the sizes', () => {
  near(sparseness(mapOf([1, 1, 1, 1], 2, 2)), 0);
  near(sparseness(mapOf([0, 0, 0, -7], 2, 2)), 0.75);
  // By hand: 1, 2, 3, 4: 1 - 2 (1 x 3.5 + 2 x 2.5 + 3 x 1.5 + 4 x 0.5) / (10 x 4).
  near(sparseness(mapOf([4, -1, 3, 2], 2, 2)), 0.25);
  near(sparseness(mapOf([NaN, 4, -1, 3, 2, NaN], 3, 2)), 0.25);
  assert.ok(Number.isNaN(sparseness(mapOf([0, 0], 2, 1))));
});

test('complexity is the entropy of the shares', () => {
  near(complexity(mapOf([1, -1, 1, 1], 2, 2)), Math.log(4));
  assert.is(complexity(mapOf([0, 0, 0, 3], 2, 2)), 0);
  near(complexity(mapOf([1, 3], 2, 1)), -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)));
  assert.ok(Number.isNaN(complexity(mapOf([0, 0], 2, 1))));
});

test('the overlap of the tops', () => {
  const line = (...values: number[]) => mapOf(values, values.length, 1);
  const a = line(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  assert.is(topOverlap(a, a), 1);
  assert.is(topOverlap(a, line(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)), 0);
  near(topOverlap(a, line(9, 0, 8, 0, 7, 0, 0, 0, 0, 0), { share: 0.3 }), 2 / 3);
  near(topOverlap(a, line(0, 0, 0, 0, 0, 0, 0, 0, -5, -9), { share: 0.2, abs: true }), 0);
  // One of four equal values fits beside the 5.
  near(topOverlap(line(5, 1, 1, 1, 1, 0), line(6, 5, 4, 3, 2, 1), { share: 1 / 3 }), (1 + 1 / 4) / 2);
  assert.ok(Number.isNaN(topOverlap(a, line(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))));
  assert.is(topOverlap(mapOf([0, 2, 4, 4, 2, 0, 4, 4, 2, 2, 6, 0, 2, 2, 0, 6], 4, 4), mapOf([10, 40, 20, 30], 2, 2), { share: 0.25 }), 1);
  assert.match(message(() => topOverlap(a, a, { share: 0 })), 'share must be');
});

test.run();
