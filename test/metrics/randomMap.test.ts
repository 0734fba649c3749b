import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { fourier, inverseFourier } from '../../src/metrics/fourier';
import { randomMap } from '../../src/metrics/randomMap';
import { rankCorrelation } from '../../src/metrics/rankCorrelation';
import { close } from '../helpers/close';
import '../../src/figure/install';
import '../../widgets/install';
import { mapOf } from '../helpers/maps';
import { noise } from '../helpers/models';

const grid = (height: number, width: number, of: (y: number, x: number) => number) => Array.from({ length: height * width }, (_, at) => of(Math.floor(at / width), at % width));
const blob = (height: number, width: number, spread: number): Attribution =>
  mapOf(grid(height, width, (y, x) => Math.max(0, Math.exp(-((y - height / 2) ** 2 + (x - width / 3) ** 2) / (2 * spread ** 2)) - 0.01)), width, height);
const grains = mapOf([...noise(48 * 40)], 40, 48, { method: 'saliency', signed: true });

/** How alike two values are that lie `lag` apart along a row: 1 the same, 0 unrelated. */
function likeness({ values, shape: [height, width] }: Attribution, lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let shared = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x + lag < width; x++) shared += (values[y * width + x] - mean) * (values[y * width + x + lag] - mean);
  return shared / (height * (width - lag)) / (values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
const sorted = (map: Attribution): number[] => [...map.values].sort((a, b) => a - b);

test('a wave has its own place in the transform, whatever the size', () => {
  for (const [height, width, up, along] of [[6, 10, 1, 3], [7, 4, 2, 1], [1, 9, 0, 4]]) {
    const re = Float64Array.from(grid(height, width, (y, x) => Math.cos(2 * Math.PI * ((up * y) / height + (along * x) / width))));
    const waves = fourier({ re, im: new Float64Array(re.length) }, [height, width]);
    const place = up * width + along;
    assert.ok(Math.abs(waves.re[place] - re.length / 2) < 1e-9);
    assert.is(waves.re.filter((value) => Math.abs(value) > 1e-9).length, 2, 'the wave and its mirror image');
    assert.ok(waves.im.every((value) => Math.abs(value) < 1e-9));
    close(inverseFourier(waves, [height, width]).re, re, 1e-12);
  }
});

test('it has the values of the map, and is as coarse or as fine', () => {
  const coarse = blob(48, 40, 7);
  for (const map of [coarse, grains]) {
    const random = randomMap(map, { seed: 5 });
    assert.equal(sorted(random), sorted(map));
    assert.equal(random.shape, map.shape);
    for (const lag of [1, 3, 6]) assert.ok(Math.abs(likeness(random, lag) - likeness(map, lag)) < 0.12, `${map.method}, ${lag} apart: ${likeness(random, lag)}, the map ${likeness(map, lag)}`);
  }
  assert.ok(likeness(coarse, 3) > 0.8 && Math.abs(likeness(grains, 3)) < 0.1, 'the two differ much');
});

test('the places are random: over many seeds it neither agrees nor disagrees', () => {
  const map = blob(24, 30, 4);
  const found = Array.from({ length: 60 }, (_, seed) => rankCorrelation(map, randomMap(map, { seed })));
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  assert.ok(Math.abs(mean) < 0.12, `mean ${mean}`);
  assert.ok(Math.max(...found.map(Math.abs)) < 0.95);
});

test('the same seed gives the same map, another seed another, and it is told', () => {
  const map = blob(12, 9, 2);
  const random = randomMap(map, { seed: 7 });
  assert.equal(random.values, randomMap(map, { seed: 7 }).values);
  assert.not.equal(random.values, randomMap(map, { seed: 8 }).values);
  assert.equal([random.method, random.seed, random.options, random.target, random.unit], ['random map', 7, { like: 'Grad-CAM' }, map.target, 'logits']);
  assert.is(randomMap(map).seed, 0);
  assert.match(random.heatmap().caption, /^Random map · tabby \(281\) .* · like Grad-CAM · seed 7$/);
});

test('places without a value stay without one, and a flat map stays flat', () => {
  const holed = mapOf(grid(8, 8, (y, x) => (y < 2 ? NaN : x + y)), 8, 8);
  const random = randomMap(holed);
  assert.equal([...random.values].map(Number.isNaN), [...holed.values].map(Number.isNaN));
  assert.equal(sorted(mapOf([...random.values.slice(16)], 8, 6)), sorted(mapOf([...holed.values.slice(16)], 8, 6)));
  assert.equal([...randomMap(mapOf([2, 2, 2, 2], 2, 2)).values], [2, 2, 2, 2]);
  assert.equal([...randomMap(mapOf([3], 1, 1)).values], [3]);
});

test('of three channels it takes the greatest size', () => {
  const random = randomMap(mapOf([1, -9, 0, 2, 1, 1], 2, 1, { shape: [1, 2, 3], signed: true, channelOrder: 'rgb' }));
  assert.equal([random.shape, random.signed, random.unit, random.channelOrder, sorted(random)], [[1, 2], false, 'largest |logits|', undefined, [2, 9]]);
});

test('bad input is told', () => {
  assert.throws(() => randomMap([1] as never), 'randomMap takes an attribution, got [1]');
  assert.throws(() => randomMap(grains, { seed: -1 }), /^seed must be a whole number from 0 to/);
  assert.throws(() => randomMap(grains, { sed: 1 } as object), 'randomMap has no option "sed"; did you mean "seed"?');
});

test.run();
