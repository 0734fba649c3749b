import * as tf from '@tensorflow/tfjs';
import { batchNorm, epsilon } from './batchNorm';

interface Normed {
  kernel: tf.Variable;
  scale: tf.Variable;
  shift: tf.Variable;
}

/**
 * A VGG with batch normalisation after every convolution, for its training; `fold` takes it into the convolutions, so that the
 * network that ships is a plain VGG. The kernels are the model's own variables. Layers that are frozen stay plain and learn nothing.
 */
export class NormedVgg {
  readonly variables: tf.Variable[];
  private readonly normed = new Map<string, Normed>();

  constructor(
    readonly model: tf.LayersModel,
    frozen: (layer: string) => boolean = () => false,
  ) {
    for (const layer of model.layers) {
      if (layer.getClassName() !== 'Conv2D' || frozen(layer.name)) continue;
      const kernel = layer.weights[0].read() as tf.Variable;
      const channels = kernel.shape[3] as number;
      this.normed.set(layer.name, { kernel, scale: tf.variable(tf.ones([channels])), shift: tf.variable(tf.zeros([channels])) });
    }
    const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense').flatMap((layer) => layer.weights.map((weight) => weight.read() as tf.Variable));
    this.variables = [...[...this.normed.values()].flatMap(({ kernel, scale, shift }) => [kernel, scale, shift]), ...dense];
  }

  /** Logits of a batch that is normalised by itself. */
  forward(x: tf.Tensor4D, heard?: (layer: string, mean: tf.Tensor, variance: tf.Tensor) => void): tf.Tensor2D {
    let value: tf.Tensor = x;
    for (const layer of this.model.layers.slice(1)) {
      const norm = this.normed.get(layer.name);
      value = norm ? tf.relu(batchNorm(tf.conv2d(value as tf.Tensor4D, norm.kernel as tf.Tensor4D, 1, 'same'), norm.scale as tf.Tensor1D, norm.shift as tf.Tensor1D, (mean, variance) => heard?.(layer.name, mean, variance))) : (layer.apply(value) as tf.Tensor);
    }
    return value as tf.Tensor2D;
  }

  /** Takes the normalisation into kernels and biases, with the mean and variance over these batches (Wu and Johnson 2021). */
  fold(batches: readonly (() => tf.Tensor4D)[]): void {
    const sums = new Map<string, { count: number; mean: Float32Array; variance: Float32Array }>();
    for (const next of batches) {
      const x = next();
      tf.tidy(() => {
        this.forward(x, (layer, mean, variance) => {
          const sum = sums.get(layer) ?? { count: 0, mean: new Float32Array(mean.size), variance: new Float32Array(mean.size) };
          sums.set(layer, sum);
          sum.count++;
          mean.dataSync().forEach((value, at) => (sum.mean[at] += value));
          variance.dataSync().forEach((value, at) => (sum.variance[at] += value));
        });
      });
      x.dispose();
    }
    for (const [name, { kernel, scale, shift }] of this.normed) {
      const { count, mean, variance } = sums.get(name)!;
      tf.tidy(() => {
        const factor = tf.div(scale, tf.sqrt(tf.add(tf.div(tf.tensor1d(variance), count), epsilon)));
        const bias = tf.sub(shift, tf.mul(tf.div(tf.tensor1d(mean), count), factor));
        this.model.getLayer(name).setWeights([tf.mul(kernel, factor), bias]);
      });
    }
  }

  /** Copies what another network of this kind has learnt into the layers that are chosen. */
  takeOver(other: NormedVgg, chosen: (layer: string) => boolean): void {
    for (const { name } of this.model.layers.filter((layer) => chosen(layer.name) && layer.weights.length)) {
      this.model.getLayer(name).setWeights(other.model.getLayer(name).getWeights());
      const [own, theirs] = [this.normed.get(name), other.normed.get(name)];
      if (own && theirs) {
        own.scale.assign(theirs.scale);
        own.shift.assign(theirs.shift);
      }
    }
  }

  dispose(): void {
    tf.dispose(this.variables);
  }
}
