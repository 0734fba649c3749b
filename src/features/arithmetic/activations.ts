const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clip = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
const leaky = (x: number, slope: number): number => (x > 0 ? x : slope * x);
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** Abramowitz & Stegun 1964, formula 7.1.26: off by 1.5e-7 at most. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return Math.sign(x) * (1 - tail);
}

/** Activations of one number, by TensorFlow.js's names; some have a slope, a ceiling or a threshold. */
export const activations = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => clip(x, 0, 6),
  cappedRelu: (x, ceiling) => clip(x, 0, ceiling),
  leakyRelu: leaky,
  prelu: leaky,
  thresholdedRelu: (x, theta) => (x > theta ? x : 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
  swish: (x) => x * sigmoid(x),
  hardSwish: (x) => (x * clip(x + 3, 0, 6)) / 6,
  sigmoid,
  hardSigmoid: (x) => clip(0.2 * x + 0.5, 0, 1),
  hardSigmoidKeras3: (x) => clip(x + 3, 0, 6) / 6,
  tanh: Math.tanh,
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  mish: (x) => x * Math.tanh(softplus(x)),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  gelu_new: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
} satisfies Record<string, (x: number, parameter: number) => number>;

export type ActivationName = keyof typeof activations;

export const isActivation = (name: string): name is ActivationName => name in activations;
