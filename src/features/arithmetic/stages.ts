import * as tf from '@tensorflow/tfjs';
import { normParts } from '../../kernels/layerOps';
import type { Graph, Step } from '../../model/graph';
import { onlyReader } from '../../model/layers';
import { isActivation } from './activations';
import type { Activate, Normalise, Stage } from './stage';

type Config = Record<string, unknown>;

const passive = new Set(['Dropout', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'ActivityRegularization']);

/** What a step does to each number by itself, in the numbers of one channel; undefined for a step that does anything else. */
export function stageOf(step: Step, channel: number, shape: readonly (number | null)[]): Normalise | Activate | undefined {
  const { kind, layer, source } = step;
  const config = source.getConfig() as Config;
  const activate = (name: string, parameter: Activate['parameter'] = 0): Activate | undefined => (isActivation(name) ? { kind: 'activate', layer, name, parameter } : undefined);
  if (step.fused || kind === 'Activation') return activate(step.activation ?? 'linear');
  if (kind === 'ReLU') return typeof config.maxValue !== 'number' ? activate('relu') : config.maxValue === 6 ? activate('relu6') : activate('cappedRelu', config.maxValue);
  if (kind === 'LeakyReLU') return activate('leakyRelu', config.alpha as number);
  if (kind === 'ThresholdedReLU') return activate('thresholdedRelu', config.theta as number);
  if (kind === 'ELU') return activate('elu');
  if (kind === 'PReLU') return activate('prelu', slopes(source.getWeights()[0], channel, shape));
  if (kind === 'BatchNormalization' && [-1, shape.length - 1].includes(config.axis as number)) {
    const { gamma, beta, mean, variance } = normParts(source, config);
    const own = (weight: tf.Tensor | undefined, without: number): number => (weight ? weight.dataSync()[channel] : without);
    return { kind: 'normalise', layer, mean: own(mean, 0), variance: own(variance, 1), epsilon: config.epsilon as number, gamma: own(gamma, 1), beta: own(beta, 0) };
  }
  return undefined;
}

/** The slopes of a PReLU in one channel: one number, or one for each cell. */
function slopes(alpha: tf.Tensor, channel: number, shape: readonly (number | null)[]): number | number[] {
  const own = alpha.shape.slice(0, -1).every((length) => length === 1);
  const values = alpha.dataSync();
  const depth = alpha.shape.at(-1) as number;
  if (own) return values[depth === 1 ? 0 : channel];
  const [rows, columns] = shape.slice(1, 3) as [number, number];
  const at = (row: number, column: number): number => ((row % alpha.shape[0]) * (alpha.shape[1] as number) + (column % (alpha.shape[1] as number))) * depth + (depth === 1 ? 0 : channel);
  return Array.from({ length: rows * columns }, (_, cell) => values[at(Math.floor(cell / columns), cell % columns)]);
}

/** A value and what is done to each of its numbers before anything else reads it. */
export interface Following {
  /** The value behind the last stage. */
  value: number;
  /** The layer that puts it out. */
  layer: string;
  /** In the order in which they run. A softmax over logits `[classes]` ends them: it needs all of them, which `value` before it has. */
  stages: Stage[];
  softmax?: Step;
}

/** The normalisations and activations that follow a value and alone read it. */
export function following(graph: Graph, value: number, layer: string, channel: number, shapeOf: (value: number) => readonly (number | null)[]): Following {
  const chain: Following = { value, layer, stages: [] };
  for (let step = onlyReader(graph.steps, value); step; step = onlyReader(graph.steps, chain.value)) {
    if (isSoftmax(step) && shapeOf(chain.value).length === 2) return { ...chain, softmax: step };
    const stage = passive.has(step.kind) ? null : stageOf(step, channel, shapeOf(step.outputs[0]));
    if (stage === undefined) break;
    if (stage && !(stage.kind === 'activate' && stage.name === 'linear')) chain.stages.push(stage);
    chain.value = step.outputs[0];
    chain.layer = step.layer;
  }
  return chain;
}

export const isSoftmax = (step: Step): boolean => step.kind === 'Softmax' || ((step.fused || step.kind === 'Activation') && step.activation === 'softmax');
