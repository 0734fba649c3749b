import type { ActivationName } from '../../src/features/arithmetic/activations';
import { type Applied, parameterAt, type Stage } from '../../src/features/arithmetic/stage';
import { readable } from '../../src/figure/numbers';

interface Written {
  title: string;
  /** With the numbers put in; `p`: the slope, ceiling or threshold. */
  formula(x: string, p: string): string;
}

const isNegative = (x: string): boolean => x.startsWith('−');
const bracketed = (x: string): string => (isNegative(x) ? `(${x})` : x);
const negated = (x: string): string => (isNegative(x) ? x.slice(1) : `−${x}`);
const sloped = (x: string, slope: string): string => (isNegative(x) ? `${bracketed(slope)} × (${x})` : `${x} is passed on`);

const activations: Record<ActivationName, Written> = {
  linear: { title: 'linear', formula: (x) => x },
  relu: { title: 'ReLU', formula: (x) => `max(0, ${x})` },
  relu6: { title: 'ReLU6', formula: (x) => `min(6, max(0, ${x}))` },
  cappedRelu: { title: 'capped ReLU', formula: (x, ceiling) => `min(${ceiling}, max(0, ${x}))` },
  leakyRelu: { title: 'leaky ReLU', formula: sloped },
  prelu: { title: 'PReLU', formula: sloped },
  thresholdedRelu: { title: 'thresholded ReLU', formula: (x, theta) => `${x} if above ${theta}, else 0` },
  elu: { title: 'ELU', formula: (x) => (isNegative(x) ? `exp(${x}) − 1` : `${x} is passed on`) },
  selu: { title: 'SELU', formula: (x) => (isNegative(x) ? `1.05 × 1.67 × (exp(${x}) − 1)` : `1.05 × ${x}`) },
  swish: { title: 'swish', formula: (x) => `${bracketed(x)} / (1 + exp(${negated(x)}))` },
  hardSwish: { title: 'hard swish', formula: (x) => `${bracketed(x)} × min(6, max(0, ${x} + 3)) / 6` },
  sigmoid: { title: 'sigmoid', formula: (x) => `1 / (1 + exp(${negated(x)}))` },
  hardSigmoid: { title: 'hard sigmoid', formula: (x) => `0.2 × ${bracketed(x)} + 0.5, between 0 and 1` },
  hardSigmoidKeras3: { title: 'hard sigmoid', formula: (x) => `min(6, max(0, ${x} + 3)) / 6` },
  tanh: { title: 'tanh', formula: (x) => `tanh(${x})` },
  softplus: { title: 'softplus', formula: (x) => `ln(1 + exp(${x}))` },
  softsign: { title: 'softsign', formula: (x) => `${bracketed(x)} / (1 + |${x}|)` },
  mish: { title: 'mish', formula: (x) => `${bracketed(x)} × tanh(ln(1 + exp(${x})))` },
  gelu: { title: 'GELU', formula: (x) => `${bracketed(x)} × (1 + erf(${x} / √2)) / 2` },
  gelu_new: { title: 'GELU (tanh)', formula: (x) => `${bracketed(x)} × (1 + tanh(0.798 × (${x} + 0.0447 × ${bracketed(x)}³))) / 2` },
};

/** What a stage is called: `batch norm`, `ReLU6`. */
export const stageTitle = (stage: Stage): string =>
  stage.kind === 'normalise' ? 'batch norm' : stage.kind === 'share' ? 'softmax' : activations[stage.name].title;

/** What a stage does to its number: `min(6, max(0, −1.2))`. */
export function stageFormula({ stage, input }: Applied, cell: number): string {
  const x = readable(input);
  if (stage.kind === 'activate') return activations[stage.name].formula(x, readable(parameterAt(stage, cell)));
  if (stage.kind === 'share') return `exp(${x} ${plus(-stage.greatest)}) / ${readable(stage.total)}, the sum of exp over ${stage.classes} classes`;
  return `(${x} ${plus(-stage.mean)}) / √(${readable(stage.variance)} + ${readable(stage.epsilon)}) × ${bracketed(readable(stage.gamma))} ${plus(stage.beta)}`;
}

/** `+ 1.2` or `− 1.2`. */
const plus = (value: number): string => `${value < 0 ? '−' : '+'} ${readable(Math.abs(value))}`;
