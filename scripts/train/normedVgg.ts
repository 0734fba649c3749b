import * as tf from '@tensorflow/tfjs';
import { batchNorm, epsilon } from './batchNorm';

interface Normed {
  kernel: tf.Variable;
  scale: tf.Variable;
  shift: tf.Variable;
}

export interface NormedVggOptions {
  /** Layers that stay plain and learn nothing. Default: none. */
  frozen?: (layer: string) => boolean;
  /**
   * Whether `fc1` has the same weights at every place of the grid, so that it sees the mean over them. A free `fc1` learns each thing at each place by itself;
   * the mean of its gradient, Grad-CAM's weight, then says little of what a channel means for a class. Default false.
   */
  alike?: boolean;
}

/**
 * A VGG with batch normalisation after every convolution, for its training; `fold` takes it into the convolutions, so that the
 * network that ships is a plain VGG. The kernels are the model's own variables.
 */
export class NormedVgg {
  readonly variables: tf.Variable[];
  private readonly normed = new Map<string, Normed>();
  /** Of `fc1`, where all places are alike: `[channels, units]`. */
  private readonly shared?: tf.Variable<tf.Rank.R2>;
  private readonly places: number;

  constructor(
    readonly model: tf.LayersModel,
    { frozen = () => false, alike = false }: NormedVggOptions = {},
  ) {
    for (const layer of model.layers) {
      if (layer.getClassName() !== 'Conv2D' || frozen(layer.name)) continue;
      const kernel = layer.weights[0].read() as tf.Variable;
      const channels = kernel.shape[3] as number;
      this.normed.set(layer.name, { kernel, scale: tf.variable(tf.ones([channels])), shift: tf.variable(tf.zeros([channels])) });
    }
    const [rows, columns] = (model.getLayer('block5_pool').outputShape as number[]).slice(1);
    this.places = rows * columns;
    const first = model.getLayer('fc1').weights[0].read() as tf.Variable;
    if (alike) this.shared = tf.variable(tf.tidy(() => tf.sum(tf.reshape(first, [this.places, -1, first.shape[1] as number]), 0) as tf.Tensor2D));
    const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense').flatMap((layer) => layer.weights.map((weight) => weight.read() as tf.Variable));
    const own = this.shared ? [this.shared, ...dense.filter((weight) => weight !== first)] : dense;
    this.variables = [...[...this.normed.values()].flatMap(({ kernel, scale, shift }) => [kernel, scale, shift]), ...own];
  }

  /** Logits of a batch that is normalised by itself. */
  forward(x: tf.Tensor4D, heard?: (layer: string, mean: tf.Tensor, variance: tf.Tensor) => void): tf.Tensor2D {
    let value: tf.Tensor = x;
    for (const layer of this.model.layers.slice(1)) {
      const norm = this.normed.get(layer.name);
      if (norm) value = tf.relu(batchNorm(tf.conv2d(value as tf.Tensor4D, norm.kernel as tf.Tensor4D, 1, 'same'), norm.scale as tf.Tensor1D, norm.shift as tf.Tensor1D, (mean, variance) => heard?.(layer.name, mean, variance)));
      else if (this.shared && layer.name === 'fc1') value = this.meanOverPlaces(value as tf.Tensor2D, this.shared);
      else value = layer.apply(value) as tf.Tensor;
    }
    return value as tf.Tensor2D;
  }

  /** Whether `fc1` is the same at every place. */
  get alike(): boolean {
    return this.shared !== undefined;
  }

  private meanOverPlaces(flat: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor {
    const mean = tf.mean(tf.reshape(flat, [flat.shape[0], this.places, -1]), 1) as tf.Tensor2D;
    return tf.relu(tf.add(tf.matMul(mean, kernel), this.model.getLayer('fc1').weights[1].read()));
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
    const { shared, places } = this;
    if (shared) tf.tidy(() => this.model.getLayer('fc1').setWeights([tf.div(tf.tile(shared, [places, 1]), places), this.model.getLayer('fc1').getWeights()[1]]));
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
