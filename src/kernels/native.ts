import * as tf from '@tensorflow/tfjs';

/** What tfjs-node's backend has beyond TensorFlow.js's own: every operation of TensorFlow's library, by name. */
interface NativeBackend {
  binding: { TF_ATTR_TYPE: number; TF_ATTR_INT: number; TF_ATTR_BOOL: number; TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: object[], inputs: tf.Tensor[]): tf.Tensor;
}

/** An operation on floats that TensorFlow.js does not call, with its whole numbers and switches by name; undefined on the other backends. */
export function nativeOp(name: 'ReluGrad' | 'Relu6Grad' | 'DynamicStitch' | 'MatMul', inputs: tf.Tensor[], attributes: Record<string, number | boolean> = {}): tf.Tensor | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  const own = Object.entries(attributes).map(([name, value]) => ({ name, type: typeof value === 'boolean' ? TF_ATTR_BOOL : TF_ATTR_INT, value }));
  return backend.executeSingleOutput(name, [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }, ...own], inputs);
}
