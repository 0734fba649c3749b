import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import type { LayerOutput } from '../../src/features/layerOutputs';
import { layoutLikeness, layoutTolerance, textureEvenness, textureLikeness } from '../../src/features/textureLayout';
import { noise } from '../helpers/models';
import { noLeak } from '../helpers/noLeak';
import { outputFrom, outputOf } from '../helpers/outputs';

test.before(() => useBackend('cpu').then(() => undefined));

const near = (got: number | null, wanted: number, off = 1e-5): void => assert.ok(got !== null && Math.abs(got - wanted) <= off, `${got} is not ${wanted}`);

/** The same positions in another order: the Gram matrix stays what it is. */
function reversed({ shape, values, channels: { length } }: LayerOutput): LayerOutput {
  const cells = values.length / length;
  return outputOf(shape, values.map((_, at) => values[(cells - 1 - Math.floor(at / length)) * length + (at % length)]));
}

const pattern = (row: number, column: number): number => ((row * 7 + column * 3) % 5) - 2;

test('four quarters that are the same texture are as alike as can be', async () => {
  near(await noLeak(async () => textureEvenness(outputFrom([8, 8, 2], (row, column, channel) => pattern(row % 4, (column % 4) + channel)))), 1);
  near(textureEvenness(outputOf([16, 16, 3], noise(768))), 1, 0.05);
});

test('four quarters with a channel each are one ninth alike, more than that in relation to chance', () => {
  // v = e - 1/4 in each quarter: the cosine of two is (1/4)^2 / (3/4)^2. Shuffled, all quarters are nearly the same.
  near(textureEvenness(outputFrom([40, 40, 4], (row, column, channel) => Number(channel === Number(row >= 20) * 2 + Number(column >= 20)))), 1 / 9, 0.01);
});

test('a small grid, a flat map or a layer without a grid says nothing of evenness', () => {
  assert.is(textureEvenness(outputOf([3, 3, 2], noise(18))), null);
  assert.is(textureEvenness(outputFrom([6, 6, 2], (_row, _column, channel) => 0.1 + channel)), null);
  assert.is(textureEvenness(outputOf([4], [1, 2, 3, 4])), null);
});

test('a chessboard matches itself no more after a quarter of a cell, one of larger squares later', () => {
  // A cell is two pixels of the image. Squares of 1: moved by a cell the match is -1; squares of 2: it is 1/7.
  near(layoutTolerance(outputFrom([8, 8, 1], (row, column) => (row + column) % 2)), 2 * 0.25);
  near(layoutTolerance(outputFrom([8, 8, 1], (row, column) => (Math.floor(row / 2) + Math.floor(column / 2)) % 2)), (2 * 7) / 12);
});

test('the match is told over all channels, each by how much it varies', () => {
  // Channel 1 is three times as strong as channel 0: match of a shift by 1 is (9 * 1/7 - 1) / 10.
  const match = (9 / 7 - 1) / 10;
  near(layoutTolerance(outputFrom([8, 8, 2], (row, column, channel) => (channel ? 3 * ((Math.floor(row / 2) + Math.floor(column / 2)) % 2) : (row + column) % 2))), (2 * 0.5) / (1 - match));
});

test('what never loses half of its match, or does not vary, has no tolerance', () => {
  assert.is(layoutTolerance(outputFrom([8, 8, 1], () => 3.3)), null);
  assert.is(layoutTolerance(outputFrom([2, 40, 1], (_row, column) => column)), null);
  assert.is(layoutTolerance(outputOf([3], [1, 2, 3])), null);
});

test('positions in another order: the same texture, another layout', async () => {
  for (const shape of [[6, 5, 3], [2, 3, 9]] as const) {
    const map = outputOf(shape, noise(shape[0] * shape[1] * shape[2]));
    near(await noLeak(async () => textureLikeness(map, reversed(map))), 1);
    near(layoutLikeness(map, map), 1);
    assert.ok(Math.abs(layoutLikeness(map, reversed(map)) as number) < 0.5);
  }
});

test('texture is which channels go together', () => {
  const of = (first: number, second: number): LayerOutput => outputFrom([4, 4, 2], (row, column, channel) => 5 + (channel ? second : first) * pattern(row, column));
  near(textureLikeness(of(1, 1), of(1, -1)), 0);
  near(textureLikeness(of(1, 1), of(1, 0)), 0.5);
  near(textureLikeness(of(1, 1), of(3, 3)), 1);
  near(layoutLikeness(of(1, 1), of(1, -1)), 0);
  near(layoutLikeness(of(1, 1), of(1, 0)), Math.SQRT1_2);
  near(layoutLikeness(of(1, 1), of(-2, -2)), -1);
});

test('flat or broken maps are not compared', () => {
  const flat = outputFrom([4, 4, 2], () => 2);
  assert.equal([textureLikeness(flat, flat), layoutLikeness(flat, flat)], [null, null]);
  const broken = outputFrom([4, 4, 1], (row) => (row ? row : NaN));
  assert.equal([textureLikeness(broken, broken), layoutLikeness(broken, broken), textureEvenness(broken), layoutTolerance(broken)], [null, null, null, null]);
  assert.is(layoutLikeness(outputOf([2], [1, 2]), outputOf([2], [1, 2])), null);
  assert.is(tf.memory().numTensors, 0);
});

test.run();
