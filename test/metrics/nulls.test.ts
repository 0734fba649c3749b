import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import '../../widgets/install';
import { Image } from '../../src/image/image';
import { centreBlob } from '../../src/metrics/centreBlob';
import { edgeMap } from '../../src/metrics/edgeMap';
import { mapOf, plainImage } from '../helpers/maps';

test('the centre blob is a Gaussian over each side, highest in the middle', () => {
  const { values, shape, method, target, options } = centreBlob(plainImage(9, 5), { sigma: 0.3 });
  assert.equal(shape, [5, 9]);
  assert.is(values.indexOf(Math.max(...values)), 2 * 9 + 4);
  assert.is(values[2 * 9 + 4], 1);
  assert.ok(Math.abs(values[2 * 9] - Math.exp(-((0.5 / 9 - 0.5) ** 2) / 0.18)) < 1e-6);
  assert.is(values[0], values[44]);
  assert.equal([method, target.label, options], ['centre blob', 'any class', { sigma: 0.3 }]);
});

test('the edge map is that of scipy.ndimage.sobel, an eighth of it', () => {
  const [height, width] = [5, 6];
  const data = new Uint8ClampedArray(height * width * 4);
  for (let at = 0; at < height * width; at++) {
    const [y, x] = [Math.floor(at / width), at % width];
    data.set([0, 1, 2].map(() => ((y * 7 + x * 3 * x) % 11) * 20).concat(255), at * 4);
  }
  const { values } = edgeMap(new Image(width, height, data));
  const expected = [
    [76.1577, 70.7107, 43.1567, 12.7475, 56.5685, 64.0312],
    [42.4264, 31.6228, 46.0977, 39.0512, 12.7475, 57.1183],
    [3.5355, 55.3399, 53.033, 3.5355, 33.541, 30.4138],
    [39.0512, 54.0833, 7.9057, 39.0512, 12.7475, 30.4138],
    [12.7475, 45.9619, 75.5811, 33.541, 42.72, 34.821],
  ];
  expected.flat().forEach((value, at) => assert.ok(Math.abs(values[at] - value) < 1e-3, `${values[at]} is not ${value} at ${at}`));
  assert.ok(edgeMap(plainImage(8, 8)).values.every((value) => value === 0));
});

test('over a map they keep its picture, model and target, and its caption has no score of their own', () => {
  const map = mapOf([1, 2, 3, 4], 2, 2);
  for (const made of [centreBlob(map), edgeMap(map)]) {
    assert.equal([made.model, made.target, made.image], ['toy', map.target, map.image]);
    assert.not.match(made.toString(), 'NaN');
  }
  const bare = edgeMap(plainImage(8, 8));
  assert.not.match(bare.toFigure().caption + bare.toString() + centreBlob(plainImage(8, 8)).toFigure().caption, /NaN|logit/);
});

test('what is neither map nor image is told', () => {
  assert.throws(() => centreBlob(5 as never), 'centreBlob takes an attribution or an image (cl.loadImage), got 5');
  assert.throws(() => edgeMap('cat' as never), 'edgeMap takes an attribution or an image (cl.loadImage), got "cat"');
  assert.throws(() => centreBlob(plainImage(2, 2), { sigma: 0 }), 'sigma must be a number from 0.01 to 10, got 0');
  assert.throws(() => centreBlob(plainImage(2, 2), { width: 1 } as object), /^centreBlob has no option "width"/);
});

test.run();
