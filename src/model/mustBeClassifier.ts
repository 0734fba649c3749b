import type * as tf from '@tensorflow/tfjs';
import type { Preprocess } from './preprocess';

/** Says in one line why a model cannot be explained as an image classifier; gives its number of classes when it can. */
export function mustBeClassifier(model: tf.LayersModel, inputSize: [number, number] | undefined, preprocess?: Preprocess): { classes: number | undefined } {
  const { inputs, outputs } = model;
  if (inputs.length !== 1) throw new Error(`the model takes ${inputs.length} inputs (${namesOf(inputs)}); convlens explains models of one image`);
  if (outputs.length !== 1) {
    throw new Error(`the model has ${outputs.length} outputs (${namesOf(outputs)}); give convlens one of them: tf.model({ inputs: model.inputs, outputs: model.outputs[0] })`);
  }
  const [{ shape }] = inputs;
  const channels = shape[3];
  // A function may make any channels out of the picture.
  const fits = channels === null || channels === 1 || channels === 3 || typeof preprocess === 'function';
  if (shape.length !== 4 || !fits) {
    throw new Error(`the model takes ${shapeText(shape)}; an image is [batch, height, width, 3], or 1 for grey`);
  }
  if (inputSize && [1, 2].some((axis) => shape[axis] !== null && shape[axis] !== inputSize[axis - 1])) {
    throw new RangeError(`inputSize is ${inputSize.join(' x ')}, the model takes ${shape[1]} x ${shape[2]} only`);
  }
  const output = outputs[0].shape;
  if (output.slice(1, -1).some((size) => size !== 1)) {
    throw new Error(`the model puts out ${shapeText(output)}, scores for many places; convlens explains classifiers, which put out [batch, classes]`);
  }
  return { classes: outputs[0].shape.length === 2 ? (outputs[0].shape[1] ?? undefined) : undefined };
}

const namesOf = (tensors: tf.SymbolicTensor[]): string => tensors.map(({ name }) => name.split('/')[0]).join(', ');

const shapeText = (shape: (number | null)[]): string => `[${shape.map((size) => size ?? 'any').join(', ')}]`;
