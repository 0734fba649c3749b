import { activations, type ActivationName } from './activations';

/** What is done to one number after it was summed or read. Plain data: a page works with it too. */
export type Stage = Normalise | Activate | Share;

/** Batch normalisation at inference, with the numbers of one channel. */
export interface Normalise {
  kind: 'normalise';
  /** The layer that does it. */
  layer: string;
  mean: number;
  variance: number;
  epsilon: number;
  /** The learned factor and shift. */
  gamma: number;
  beta: number;
}

export interface Activate {
  kind: 'activate';
  layer: string;
  name: ActivationName;
  /** A slope, ceiling or threshold, where the activation has one; a PReLU may have one for each cell. */
  parameter: number | readonly number[];
}

/** Softmax for one logit of several: what all of them share is known. */
export interface Share {
  kind: 'share';
  layer: string;
  /** The greatest logit, which is taken from each before `exp`, so that nothing overflows. */
  greatest: number;
  /** The sum of exp(logit - greatest) over all classes. */
  total: number;
  classes: number;
}

/** A stage, with what went in and what came out. */
export interface Applied {
  stage: Stage;
  input: number;
  output: number;
}

/** Stages one after the other on the number of a cell. */
export function applyStages(stages: readonly Stage[], input: number, cell: number): Applied[] {
  let value = input;
  return stages.map((stage) => {
    const applied = { stage, input: value, output: outputOf(stage, value, cell) };
    value = applied.output;
    return applied;
  });
}

function outputOf(stage: Stage, x: number, cell: number): number {
  if (stage.kind === 'normalise') return ((x - stage.mean) / Math.sqrt(stage.variance + stage.epsilon)) * stage.gamma + stage.beta;
  if (stage.kind === 'share') return Math.exp(x - stage.greatest) / stage.total;
  return activations[stage.name](x, parameterAt(stage, cell));
}

/** The slope, ceiling or threshold that holds for a cell. */
export const parameterAt = ({ parameter }: Activate, cell: number): number => (typeof parameter === 'number' ? parameter : parameter[cell]);
