import * as tf from '@tensorflow/tfjs';

const levels = 1 << 16;
let quantiles: Float32Array | undefined;

/** The normal distribution as 65,536 equally likely values: a draw is a look-up, so that VGG16's 138 million take about a second. */
function normalQuantiles(): Float32Array {
  if (quantiles) return quantiles;
  const table = new Float32Array(levels);
  const step = 1e-5;
  let below = 0;
  let z = -5;
  for (let i = 0; i < levels / 2; i++) {
    const wanted = (i + 0.5) / levels;
    while (below < wanted) {
      below += (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
      z += step;
    }
    table[i] = z;
    table[levels - 1 - i] = -z;
  }
  return (quantiles = table);
}

/** Fills `values` with normal draws and gives the generator's next state (xorshift, 32 bits: two draws a step). */
function fillNormal(values: Float32Array, deviation: number, state: number): number {
  const table = normalQuantiles();
  // A local variable: one in a closure would be a heap object, made anew at each step.
  let bits = state;
  for (let i = 0; i < values.length; i += 2) {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    values[i] = deviation * table[bits & 0xffff];
    // Past the end when the length is odd; a typed array ignores that.
    values[i + 1] = deviation * table[bits >>> 16];
  }
  return bits;
}

/** Spread, so that neighbouring seeds do not begin alike; never 0, where xorshift stays. */
function stateFrom(seed: number): number {
  const state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.floor(seed / 2 ** 32) || 1;
  return fillNormal(new Float32Array(32), 1, state);
}

/** Normal draws from a seed, one list after another. */
export function normalDraws(seed: number): (size: number, deviation: number) => Float32Array {
  let state = stateFrom(seed);
  return (size, deviation) => {
    const values = new Float32Array(size);
    state = fillNormal(values, deviation, state);
    return values;
  };
}

/**
 * Gives the model random weights: He-normal kernels (He et al. 2015), zero biases, and batch normalisation that changes nothing.
 * The same seed gives the same weights, whatever the backend.
 */
export const fillRandom = (model: tf.LayersModel, seed: number): void => fillFresh(model.weights, seed);

/** The same for some weights, as those of one layer. */
export function fillFresh(weights: readonly Weight[], seed: number): void {
  const next = normalDraws(seed);
  const draw = (shape: number[], fanIn: number): tf.Tensor => tf.tensor(next(sizeOf(shape), Math.sqrt(2 / fanIn)), shape);
  for (const weight of weights) {
    const shape = weight.shape as number[];
    const name = weight.originalName;
    const value = /kernel/.test(name) ? draw(shape, fanIn(name, shape)) : /gamma|variance/.test(name) ? tf.ones(shape) : tf.zeros(shape);
    weight.write(value);
    value.dispose();
  }
}

/** A variable of a layer. */
export type Weight = tf.LayersModel['weights'][number];

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Inputs that one output sums over; a depthwise kernel sums over its window only. */
const fanIn = (name: string, shape: number[]): number => sizeOf(shape.slice(0, /depthwise/.test(name) ? 2 : -1));
