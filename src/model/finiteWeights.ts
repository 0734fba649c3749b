import * as tf from '@tensorflow/tfjs';

const sound = new WeakSet<object>();

/** Throws when a weight holds NaN or infinity, and names it: a ReLU may swallow it, and the picture would only look odd. Each weight is read once, and again when it is changed. */
export function mustBeFinite(model: tf.LayersModel, name: string): void {
  for (const weight of model.weights) {
    const value = weight.read();
    if (sound.has(value.dataId)) continue;
    // A sum is finite only when all that it adds up is (or when it overflows: then the values themselves are looked at).
    const [total] = tf.tidy(() => tf.sum(value).dataSync());
    if (!Number.isFinite(total)) refuse(value.dataSync(), weight.originalName ?? weight.name, name);
    sound.add(value.dataId);
  }
}

function refuse(values: ArrayLike<number>, weight: string, model: string): void {
  const bad = Array.from(values).filter((value) => !Number.isFinite(value));
  if (!bad.length) return;
  throw new Error(`weight ${JSON.stringify(weight)} of ${JSON.stringify(model)} holds ${bad[0]} (${bad.length} of ${values.length} values); the model is broken, load or train it again`);
}
