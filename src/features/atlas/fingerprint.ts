import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';

/** A short text that changes when a model's weights, layers or preprocessing do. */
export function fingerprint({ model, graph, inputShape, preprocess }: Classifier): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([inputShape, String(preprocess), tf.getBackend(), graph.steps.map(({ layer, kind }) => [layer, kind])]));
  // Of each weight its sum, the sum of its squares, and one in which places count: to read 138 million numbers takes a second.
  const sums = scoped(() =>
    model.weights.map((weight) => {
      const values = tf.reshape(weight.read(), [-1]);
      const places = tf.sin(tf.range(1, values.size + 1));
      return tf.stack([tf.sum(values), tf.sum(tf.square(values)), tf.sum(tf.mul(values, places))]);
    }).map((each) => each.dataSync()),
  );
  for (const each of sums) hash.update(Buffer.from(Float32Array.from(each).buffer));
  return hash.digest('hex').slice(0, 24);
}
