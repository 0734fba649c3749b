import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam, gradCamParts } from '../../../src/attribution/cam/gradCam';
import { resizeMap } from '../../../src/image/resizeMap';
import { correlation, rectified, stopsOf, trailOf } from '../../../widgets/gradCamSteps/trail';
import { close } from '../../helpers/close';
import { classifier, mixed, noise, noiseTensor, residual } from '../../helpers/models';
import { noLeak } from '../../helpers/noLeak';

/** Two cells, three channels: what they add is 2 1, -3 0 and .5 -2. */
const hand = {
  activations: Float32Array.of(2, 3, 1, 1, 0, -4),
  weights: Float32Array.of(1, -1, 0.5),
  sum: Float32Array.of(-0.5, -1),
  shape: [1, 2, 3] as [number, number, number],
};

test('the channels come by the size of what they add, and the running sum is their sum', () => {
  // Sizes 3, 3 and 2.5: equals keep the layer's order.
  const { order, sums, silent } = trailOf(hand, [0, 1, 2, 3]);
  assert.equal(order, [0, 1, 2]);
  assert.equal(sums.map((sum) => [...sum]), [[0, 0], [2, 1], [-1, 1], [-0.5, -1]]);
  assert.is(silent, 0);
});

test('a channel\'s share is what it adds where the ReLU keeps the map, and the shares add up to 1', () => {
  // Channels add 4 2, -1 -3 and 0 0: the map is 3 0, its sum 3, and only the first cell counts.
  const { order, shares, shareAt, silent } = trailOf({ activations: Float32Array.of(4, 1, 0, 2, 3, 0), weights: Float32Array.of(1, -1, 9), sum: Float32Array.of(3, -1), shape: [1, 2, 3] }, [0, 1, 2, 3]);
  assert.equal(order, [0, 1, 2]);
  close(shares, [4 / 3, -1 / 3, 0]);
  close(shareAt, [0, 4 / 3, 1, 1]);
  assert.is(silent, 1);
});

test('a map that the ReLU leaves empty has no shares and no correlation', () => {
  const { shares, shareAt, correlationAt } = trailOf(hand, [0, 3]);
  assert.equal([shares, shareAt, correlationAt], [[0, 0, 0], [0, 0], [null, null]]);
});

test('correlation is Pearson\'s, and null for what does not vary', () => {
  assert.is(correlation([1, 2, 3], [2, 4, 6]), 1);
  assert.is(correlation([1, 2, 3], [3, 2, 1]), -1);
  close([correlation([0, 0, 1, 1], [0, 1, 1, 1])!], [1 / Math.sqrt(3)]);
  assert.is(correlation([1, 2], [5, 5]), null);
  assert.is(correlation(Float32Array.from({ length: 49 }, () => 0.1), noise(49)), null);
});

test('stops are every count up to 8, four to a doubling after, and what was asked for', () => {
  assert.equal(stopsOf(3), [0, 1, 2, 3]);
  assert.equal(stopsOf(20), [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20]);
  assert.equal(stopsOf(20, [9]), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20]);
  const all = stopsOf(1280);
  assert.equal([all.length, ...all.slice(-3)], [38, 896, 1024, 1280]);
});

test('a grid is enlarged with half-pixel centres', () => {
  // 3 rows from 2 sit at -1/6 (held at 0), 1/2 and 7/6 (held at 1).
  close(resizeMap(Float32Array.of(9, 5, 11, 1), [2, 2], [3, 3]), [9, 7, 5, 10, 6.5, 3, 11, 6, 1]);
  close(resizeMap(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [2, 3]), [1, 2, 3, 4, 5, 6]);
});

for (const [name, net, size, layers] of [['residual', residual, [1, 13, 10, 3], ['stem_relu', 'both', 'separable']], ['mixed', mixed, [1, 12, 11, 2], ['conv', 'conv_swish', 'conv_elu']]] as const) {
  test(`with all channels the end is cl.gradCam: ${name}`, async () => {
    const model = classifier(net());
    const x = noiseTensor<tf.Rank.R4>([...size], 7);
    for (const layer of layers) {
      for (const score of ['logit', 'probability'] as const) {
        const options = { target: 1, layer, score };
        const parts = await noLeak(() => gradCamParts(model, x, options));
        const [height, width, depth] = parts.shape;
        const { sums, shareAt, correlationAt } = trailOf(parts, stopsOf(depth));
        const end = sums[sums.length - 1];
        close(end, (await gradCam(model, x, { ...options, resize: false, relu: false })).values);
        const map = await gradCam(model, x, options);
        close(resizeMap(rectified(end), [height, width], map.shape as [number, number]), map.values);
        if (map.values.every((value) => value === 0)) continue;
        close([shareAt[shareAt.length - 1]], [1]);
        close([correlationAt[correlationAt.length - 1]!], [1]);
      }
    }
  });
}

test.run();
