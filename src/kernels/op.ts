import * as tf from '@tensorflow/tfjs';
import { withRows } from './rows';
import type { WindowRule } from './window';

/**
 * How a rectifier passes a gradient back: `standard` where its input was positive; `guided` where, in addition, the gradient is
 * positive (Springenberg et al. 2015); `deconvnet` where the gradient is positive, whatever the input was (Zeiler & Fergus 2014);
 * `redirected` as standard, but where nothing of an image's gradient would pass, also wherever it pulls the input back towards the
 * part that passes it on (lucid's rule: a picture to which a filter is dead can still be led to it).
 */
export type ReluRule = 'standard' | 'guided' | 'deconvnet' | 'redirected';

/** What a step of the network needs to send a gradient from its outputs to its inputs. Inputs and outputs of one row serve gradients of any number of rows. */
export interface Pass {
  inputs: tf.Tensor[];
  outputs: tf.Tensor[];
  /** The gradient of the explained score with respect to each output. */
  grads: tf.Tensor[];
  rule: ReluRule;
}

/** A factor and a shift for each channel. */
export interface Affine {
  scale: () => tf.Tensor;
  shift: () => tf.Tensor;
  /** The weights that both come from. */
  weights: () => tf.Tensor[];
}

/** One step of a network: what it computes, and the gradient with respect to its inputs only, never to its weights. */
export interface Op {
  forward(inputs: tf.Tensor[]): tf.Tensor[];
  backward(pass: Pass): tf.Tensor[];
  /** True for rectifiers, which a ReLU rule changes. */
  rectifier?: boolean;
  /** True for an elementwise op whose output never falls as its input rises: the largest of several outputs is the output of the largest input. */
  rising?: boolean;
  /** How the windows lie whose largest value the op takes. */
  largest?: 'apart' | 'overlapping';
  /** True where the output holds the input's values in another shape: what finds the logits walks through these. */
  reshapes?: boolean;
  /** What a normalisation does, so that the convolution before it can do it in its stead. */
  affine?: Affine;
  /** A convolution with such a factor and shift taken into its weights: one pass over the image in place of three. */
  absorb?: (affine: Affine) => Op;
  /** How a part of its output map is computed from a part of its input maps; without it only whole maps are. */
  window?: WindowRule;
  /** Works out what it derives from its weights, so that the first call is not slower and allocates nothing that stays. */
  prepare?: () => void;
}

/** An op with one input and one output. */
export const unary = (forward: (x: tf.Tensor) => tf.Tensor, backward: (grad: tf.Tensor, x: tf.Tensor, y: tf.Tensor) => tf.Tensor, marks: Pick<Op, 'reshapes' | 'affine' | 'window'> = {}): Op => ({
  forward: ([x]) => [forward(x)],
  backward: ({ inputs: [x], outputs: [y], grads: [grad] }) => [backward(grad, x, y)],
  ...marks,
});

/** An op whose gradient TensorFlow.js works out by itself. */
export function automatic(name: string, forward: (inputs: tf.Tensor[]) => tf.Tensor[]): Op {
  return {
    // A linear activation gives its input itself back, which is freed as soon as it was read.
    forward: (inputs) => forward(inputs).map((y) => (inputs.includes(y) ? tf.clone(y) : y)),
    backward({ inputs, grads }) {
      const product = (...xs: tf.Tensor[]): tf.Tensor => tf.addN(forward(xs).map((y, i) => tf.sum(tf.mul(y, grads[i]))));
      // Clones, because one tensor given twice would get the sum of both gradients each time.
      const own = inputs.map((input) => tf.clone(withRows(input, grads[0].shape[0])));
      try {
        return tf.grads(product)(own);
      } catch (error) {
        freeTape();
        const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
        throw new Error(`no gradient through layer ${JSON.stringify(name)} on the ${tf.getBackend()} backend: ${reason}`);
      }
    },
  };
}

/** What TensorFlow.js keeps for a gradient stays in memory when the gradient fails. */
function freeTape(): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved);
  state.activeTape = null as unknown as typeof state.activeTape;
}
