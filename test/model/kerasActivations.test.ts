import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { saliency } from '../../src/attribution/gradient/saliency';
import { buildModel } from '../../src/model/buildModel';
import type { Json } from '../../src/model/kerasTopology';
import { close } from '../helpers/close';
import { classifier } from '../helpers/models';
import { messageOf } from '../helpers/noLeak';

/** Three pixels through one activation, then their sum, as Keras 3 (`dtype` an object) or Keras 2 writes it. */
const through = (activation: string, dtype: unknown): Json => ({
  class_name: 'Sequential',
  config: {
    name: 'through',
    layers: [
      { class_name: 'InputLayer', config: { name: 'in', batch_input_shape: [null, 3, 1, 1], dtype: 'float32' } },
      { class_name: 'Activation', config: { name: 'act', activation, dtype } },
      { class_name: 'GlobalAveragePooling2D', config: { name: 'pool', dtype } },
    ],
  },
});

const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' } };
const x = tf.tensor4d([-1, 1, 2.6], [1, 3, 1, 1]);
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

for (const [what, activation, dtype, expected] of [
  ["Keras 3's hard sigmoid is relu6(x + 3) / 6", 'hard_sigmoid', policy, [2 / 6, 4 / 6, 5.6 / 6]],
  ["Keras 2's hard sigmoid is 0.2 x + 0.5, cut off at 1", 'hard_sigmoid', 'float32', [0.3, 0.7, 1]],
  ['hard swish, under both its names', 'hard_silu', policy, [-2 / 6, 4 / 6, (2.6 * 5.6) / 6]],
] as const) {
  test(what, async () => {
    const model = await buildModel(through(activation, dtype), 'through.json');
    close((model.predict(x) as tf.Tensor).dataSync(), [mean([...expected])], 1e-5);
    if (activation === 'hard_sigmoid' && dtype === policy) {
      close((await saliency(classifier(model), x)).values, [1 / 18, 1 / 18, 1 / 18], 1e-4);
    }
    model.dispose();
  });
}

/** The same with a layer of its own in the middle. */
const withLayer = (className: string, config: Json): Json => {
  const topology = through('linear', 'float32');
  const { layers } = topology.config as { layers: Json[] };
  layers[1] = { class_name: className, config: { name: 'act', dtype: policy, ...config } };
  return topology;
};

for (const [what, className, config, expected] of [
  ["Keras 3's LeakyReLU keeps its negative_slope", 'LeakyReLU', { negative_slope: 0.05 }, [-0.05, 1, 2.6]],
  ["Keras 2's LeakyReLU keeps its alpha", 'LeakyReLU', { alpha: 0.05 }, [-0.05, 1, 2.6]],
  ['a ReLU keeps its negative_slope', 'ReLU', { max_value: null, negative_slope: 0.1, threshold: 0 }, [-0.1, 1, 2.6]],
  ['a ReLU keeps its threshold', 'ReLU', { max_value: null, negative_slope: 0, threshold: 1.5 }, [0, 0, 2.6]],
  ['a ReLU keeps its max_value', 'ReLU', { max_value: 2, negative_slope: 0, threshold: 0 }, [0, 1, 2]],
] as [string, string, Json, number[]][]) {
  test(what, async () => {
    const model = await buildModel(withLayer(className, config), 'through.json');
    close((model.predict(x) as tf.Tensor).dataSync(), [mean(expected)], 1e-5);
    model.dispose();
  });
}

test('a ReLU with two of them is refused by name', async () => {
  const topology = withLayer('ReLU', { max_value: 4, negative_slope: 0.1, threshold: 0 });
  assert.match(await messageOf(() => buildModel(topology, 'through.json')), /layer "act" \(ReLU\) has two of negative_slope, threshold and max_value, which TensorFlow\.js cannot compute$/);
});

test.run();
