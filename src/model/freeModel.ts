import type * as tf from '@tensorflow/tfjs';

/** Frees a model's memory, all of it: `model.dispose()` leaves the weights of a model that is nested in a Sequential. */
export function freeModel(model: tf.LayersModel): void {
  // Taken first: afterwards the model does not give them.
  const variables = model.weights.map((weight) => weight.read());
  model.dispose();
  for (const variable of variables) if (!variable.isDisposed) variable.dispose();
}
