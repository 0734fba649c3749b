import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { structuralSimilarity } from '../../src/metrics/structuralSimilarity';
import { ssim } from '../../src/metrics/ssim';
import { mapOf } from '../helpers/maps';

const grid = (height: number, width: number, of: (y: number, x: number) => number): Float32Array => Float32Array.from({ length: height * width }, (_, at) => of(Math.floor(at / width), at % width));
const near = (actual: number, expected: number, within = 1e-6): void => assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected}`);

test('the numbers of scikit-image, with gaussian_weights=True and use_sample_covariance=False', () => {
  const a = grid(24, 20, (y, x) => ((y * 7 + x * 3) % 11) / 10);
  near(ssim(a, grid(24, 20, (y, x) => ((y * 5 + x * 3) % 13) / 12), [24, 20], 1), 0.017183789108251486);
  near(ssim(a, a.map((value) => value * 0.6 + 0.2), [24, 20], 1), 0.8830652875116262);
  near(ssim(grid(16, 16, (y, x) => ((y * y + 3 * x) % 17) / 8 - 1), grid(16, 16, (y, x) => ((y + 5 * x * x) % 17) / 8 - 1), [16, 16], 2), -0.0030840041287422287);
  const bell = (top: number, spread: number) => grid(40, 40, (y, x) => Math.exp(-((y - top) ** 2 + (x - 20) ** 2) / spread));
  near(ssim(bell(12, 60), bell(20, 90), [40, 40], 1), 0.23859559233071956);
});

const map = (of: (y: number, x: number) => number, side = 14) => mapOf([...grid(side, side, of)], side, side, { signed: true });
const wave = (y: number, x: number): number => Math.sin(2 * y) * Math.cos(2 * x);
const waves = map(wave);

test('units do not count, and the sign only without abs', () => {
  near(structuralSimilarity(waves, waves), 1, 1e-12);
  near(structuralSimilarity(waves, map((y, x) => 700 * wave(y, x))), 1);
  const turned = map((y, x) => -3 * wave(y, x));
  assert.ok(structuralSimilarity(waves, turned) < -0.8);
  near(structuralSimilarity(waves, turned, { abs: true }), 1);
});

test('the larger map is brought to the grid of the smaller one, and small maps have smaller windows', () => {
  const quarters = mapOf([1, 4, 2, 0, 3, 1, 5, 2, 2], 3, 3);
  const large = mapOf([...grid(9, 9, (y, x) => quarters.values[Math.floor(y / 3) * 3 + Math.floor(x / 3)])], 9, 9);
  near(structuralSimilarity(large, quarters), 1);
  assert.ok(Number.isNaN(structuralSimilarity(mapOf([1, 2, 3, 4], 2, 2), mapOf([1, 2, 3, 4], 2, 2))));
});

test('a map of zeros, or with places without a value, has no likeness', () => {
  assert.ok(Number.isNaN(structuralSimilarity(waves, map(() => 0))));
  assert.ok(Number.isNaN(structuralSimilarity(waves, map((y, x) => (y === x ? NaN : 1)))));
});

test('what is no map is told', () => {
  assert.throws(() => structuralSimilarity([1] as never, waves), 'structuralSimilarity takes an attribution (what saliency, gradCam and the others give), got [1]');
  assert.throws(() => structuralSimilarity(waves, waves, { signed: true } as object), /^structuralSimilarity has no option "signed"/);
});

test.run();
