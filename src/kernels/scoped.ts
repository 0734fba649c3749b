import * as tf from '@tensorflow/tfjs';

/** `tf.tidy` for work that gives plain values: every tensor that it made is freed. */
export function scoped<T>(work: () => T): T {
  let result: { value: T } | undefined;
  tf.tidy(() => {
    result = { value: work() };
  });
  return (result as { value: T }).value;
}
