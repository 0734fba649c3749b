import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import { saliency } from '../../src/attribution/saliency';
import { buildModel } from '../../src/model/buildModel';
import type { Json } from '../../src/model/kerasTopology';
import { close } from '../helpers/close';
import { classifier } from '../helpers/models';

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

test.run();
