import * as tf from '@tensorflow/tfjs';

/** What TensorFlow.js asks of an activation that a layer names. */
abstract class Activation extends tf.serialization.Serializable {
  abstract apply(x: tf.Tensor): tf.Tensor;

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}

const hardSigmoid = (x: tf.Tensor): tf.Tensor => tf.div(tf.relu6(tf.add(x, 3)), 6);

/** Keras 3's hard sigmoid, relu6(x + 3) / 6; TensorFlow.js has Keras 2's, 0.2 x + 0.5 between 0 and 1. */
class HardSigmoid3 extends Activation {
  static readonly className = 'hardSigmoidKeras3';
  apply = (x: tf.Tensor): tf.Tensor => tf.tidy(() => hardSigmoid(x));
}

/** x relu6(x + 3) / 6, as in MobileNetV3. */
class HardSwish extends Activation {
  static readonly className = 'hardSwish';
  apply = (x: tf.Tensor): tf.Tensor => tf.tidy(() => tf.mul(x, hardSigmoid(x)));
}

for (const kind of [HardSigmoid3, HardSwish]) tf.serialization.registerClass(kind);
