import * as tf from '@tensorflow/tfjs';

interface Kept {
  from: object[];
  tensors: tf.Tensor[];
}

/** Tensors worked out from a model's weights, kept until those weights change or the model is disposed. */
export class Derived {
  private readonly kept = new Map<object, Map<string, Kept>>();

  /** What `make` gives for these weights; worked out once for each `owner` and `what` as long as the weights stay the same. */
  of(owner: object, what: string, weights: readonly tf.Tensor[], make: () => tf.Tensor[]): tf.Tensor[] {
    const from = weights.map(({ dataId }) => dataId);
    const own = this.kept.get(owner) ?? new Map<string, Kept>();
    this.kept.set(owner, own);
    const before = own.get(what);
    if (before && before.from.every((id, i) => id === from[i])) return before.tensors;
    const tensors = tf.tidy(make).map((tensor) => tf.keep(tensor));
    if (before) tf.dispose(before.tensors);
    own.set(what, { from, tensors });
    return tensors;
  }

  /** The same, but what was not kept before is not kept now either: a call leaves no tensor behind. */
  peek(owner: object, what: string, weights: readonly tf.Tensor[], make: () => tf.Tensor[]): tf.Tensor[] {
    return this.kept.get(owner)?.has(what) ? this.of(owner, what, weights, make) : make();
  }

  dispose(): void {
    for (const own of this.kept.values()) for (const { tensors } of own.values()) tf.dispose(tensors);
    this.kept.clear();
  }
}
