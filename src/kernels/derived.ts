import * as tf from '@tensorflow/tfjs';

interface Kept {
  from: object[];
  tensors: tf.Tensor[];
}

/** Tensors worked out from a model's weights, kept until those weights change or the model is disposed. */
export class Derived {
  private readonly kept = new Map<object, Kept>();

  /** What `make` gives for these weights; worked out once for each `key` as long as the weights stay the same. */
  of(key: object, weights: readonly tf.Tensor[], make: () => tf.Tensor[]): tf.Tensor[] {
    const from = weights.map(({ dataId }) => dataId);
    const before = this.kept.get(key);
    if (before && before.from.every((id, i) => id === from[i])) return before.tensors;
    const tensors = tf.tidy(make).map((tensor) => tf.keep(tensor));
    if (before) tf.dispose(before.tensors);
    this.kept.set(key, { from, tensors });
    return tensors;
  }

  dispose(): void {
    for (const { tensors } of this.kept.values()) tf.dispose(tensors);
    this.kept.clear();
  }
}
