import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { weightNorms } from '../../src/model/weightNorms';
import { arithmetic, nested, residual } from '../helpers/models';
import { noLeak } from '../helpers/noLeak';
import { close } from '../helpers/close';

test('the norm of a layer is that of its kernels, biases left out', async () => {
  const model = arithmetic();
  const norms = await noLeak(async () => weightNorms(model));
  assert.equal([...norms.keys()], ['conv', 'scores']);
  // 1, 2, 3, 4 and their negatives; and the unit matrix.
  close([...norms.values()], [Math.sqrt(60), Math.sqrt(2)]);
});

test('normalisations have none, layers of nested models bear their path, separable layers have both kernels', () => {
  assert.equal([...weightNorms(nested()).keys()], ['base/shared', 'base/deep', 'scores']);
  const norms = weightNorms(residual());
  assert.equal([...norms.keys()], ['stem', 'dw', 'project', 'separable', 'logits']);
  const [depthwise, pointwise] = residual().getLayer('separable').getWeights();
  close([norms.get('separable') as number], [Math.hypot(...depthwise.dataSync(), ...pointwise.dataSync())]);
});

test('a network without kernels has no norms', () => {
  assert.is(weightNorms(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] })] })).size, 0);
});

test.run();
