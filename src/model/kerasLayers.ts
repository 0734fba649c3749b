import * as tf from '@tensorflow/tfjs';

interface NormalizationConfig {
  name?: string;
  axis?: number | number[] | null;
  mean?: number | number[] | null;
  variance?: number | number[] | null;
  invert?: boolean;
}

/** Keras's Normalization, as in its EfficientNets: `(x - mean) / sqrt(variance)`; mean and variance are weights, or given. Channels last. */
class Normalization extends tf.layers.Layer {
  static readonly className = 'Normalization';
  private parts: tf.LayerVariable[] = [];

  constructor(private readonly settings: NormalizationConfig) {
    super(settings);
    const axes = [settings.axis ?? -1].flat();
    if (settings.invert || settings.axis === null || axes.length !== 1 || (axes[0] !== -1 && axes[0] !== 3)) throw new Error(`layer ${JSON.stringify(this.name)} (Normalization) must have axis -1 and no invert to be read`);
  }

  override build(shape: tf.Shape): void {
    const size = [shape[shape.length - 1] as number];
    const zeros = tf.initializers.zeros();
    if (this.settings.mean == null) {
      this.parts = [this.addWeight('mean', size, 'float32', zeros, undefined, false), this.addWeight('variance', size, 'float32', tf.initializers.ones(), undefined, false)];
      this.addWeight('count', [], 'float32', zeros, undefined, false);
    }
    this.built = true;
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat();
      const { mean = 0, variance = 1 } = this.settings;
      const [shift, spread] = this.parts.length ? this.parts.map((part) => part.read()) : [tf.tensor(mean as number), tf.tensor(variance as number)];
      return tf.div(tf.sub(x, shift), tf.maximum(tf.sqrt(spread), 1e-7));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { axis = -1, mean = null, variance = null } = this.settings;
    return { ...super.getConfig(), axis, mean, variance, invert: false };
  }
}

/** A global pooling that keeps the grid, of one cell: `keepdims=True`, as in Keras's MobileNet and MobileNetV3. */
abstract class KeptPooling extends tf.layers.Layer {
  protected abstract pool(x: tf.Tensor): tf.Tensor;

  override computeOutputShape([batch, , , channels]: tf.Shape): tf.Shape {
    return [batch, 1, 1, channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.pool([inputs].flat()[0]));
  }
}

class KeptAverage extends KeptPooling {
  static readonly className = 'GlobalAveragePooling2DKeepdims';
  protected pool = (x: tf.Tensor): tf.Tensor => tf.mean(x, [1, 2], true);
}

class KeptMax extends KeptPooling {
  static readonly className = 'GlobalMaxPooling2DKeepdims';
  protected pool = (x: tf.Tensor): tf.Tensor => tf.max(x, [1, 2], true);
}

for (const kind of [Normalization, KeptAverage, KeptMax]) tf.serialization.registerClass(kind);
