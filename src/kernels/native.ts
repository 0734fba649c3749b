import * as tf from '@tensorflow/tfjs';

/** What tfjs-node's backend has beyond TensorFlow.js's own: every operation of TensorFlow's library, by name. */
interface NativeBackend {
  binding: { TF_ATTR_TYPE: number; TF_ATTR_INT: number; TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: object[], inputs: tf.Tensor[]): tf.Tensor;
}

/** An operation on floats that TensorFlow.js has no name for, with its whole numbers by name; undefined on the other backends. */
export function nativeOp(name: 'ReluGrad' | 'Relu6Grad' | 'DynamicStitch', inputs: tf.Tensor[], numbers: Record<string, number> = {}): tf.Tensor | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_ATTR_TYPE, TF_ATTR_INT, TF_FLOAT } = backend.binding;
  const whole = Object.entries(numbers).map(([name, value]) => ({ name, type: TF_ATTR_INT, value }));
  return backend.executeSingleOutput(name, [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }, ...whole], inputs);
}
