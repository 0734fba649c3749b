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

/** 32 random bits a call (xorshift); the same seed gives the same bits. */
function bitsFrom(seed: number): () => number {
  // Spread, so that neighbouring seeds do not begin alike; never 0, where xorshift stays.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.floor(seed / 2 ** 32) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  };
}

/**
 * Gives the model random weights: He-normal kernels (He et al. 2015), zero biases, and batch normalisation that changes nothing.
 * The same seed gives the same weights, whatever the backend.
 */
export function fillRandom(model: tf.LayersModel, seed: number): void {
  const table = normalQuantiles();
  const bits = bitsFrom(seed);
  for (let i = 0; i < 16; i++) bits();
  const draw = (shape: number[], fanIn: number): tf.Tensor => {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    const deviation = Math.sqrt(2 / fanIn);
    for (let i = 0; i < values.length; i += 2) {
      const pair = bits();
      values[i] = deviation * table[pair & 0xffff];
      if (i + 1 < values.length) values[i + 1] = deviation * table[pair >>> 16];
    }
    return tf.tensor(values, shape);
  };
  for (const weight of model.weights) {
    const shape = weight.shape as number[];
    const name = weight.originalName;
    const value = /kernel/.test(name) ? draw(shape, fanIn(name, shape)) : /gamma|variance/.test(name) ? tf.ones(shape) : tf.zeros(shape);
    weight.write(value);
    value.dispose();
  }
}

/** Inputs that one output sums over; a depthwise kernel sums over its window only. */
const fanIn = (name: string, shape: number[]): number =>
  shape.slice(0, /depthwise/.test(name) ? 2 : -1).reduce((product, length) => product * length, 1);
