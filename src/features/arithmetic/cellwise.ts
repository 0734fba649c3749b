import type { Grid } from '../../model/receptive/reading';
import { type Applied, applyStages, type Stage } from './stage';

/** An activation or a normalisation on one channel. */
export interface Elementwise {
  kind: 'elementwise';
  grid: Grid;
  map: Float32Array;
  stages: readonly Stage[];
  /** What the network itself puts out after the last stage. */
  result: Float32Array;
}

export const mergers = ['add', 'multiply', 'average', 'maximum', 'minimum'] as const;

/** Branches that meet in one channel. */
export interface Merge {
  kind: 'merge';
  how: (typeof mergers)[number];
  grid: Grid;
  /** The branches, by the layer that each comes from. */
  maps: readonly { layer: string; map: Float32Array }[];
  stages: readonly Stage[];
  result: Float32Array;
}

export interface CellWork {
  inputs: number[];
  /** Of a merge: what it gives before the stages. */
  merged: number;
  stages: Applied[];
  output: number;
}

/** The arithmetic of one cell of an activation, a normalisation or a merge. */
export function workCell(layer: Elementwise | Merge, at: number): CellWork {
  const inputs = layer.kind === 'merge' ? layer.maps.map(({ map }) => map[at]) : [layer.map[at]];
  const merged = layer.kind === 'merge' ? merge(layer.how, inputs) : inputs[0];
  const stages = applyStages(layer.stages, merged, at);
  return { inputs, merged, stages, output: stages.at(-1)?.output ?? merged };
}

function merge(how: Merge['how'], inputs: number[]): number {
  const sum = inputs.reduce((a, b) => a + b, 0);
  if (how === 'multiply') return inputs.reduce((a, b) => a * b, 1);
  if (how === 'maximum') return Math.max(...inputs);
  if (how === 'minimum') return Math.min(...inputs);
  return how === 'average' ? sum / inputs.length : sum;
}
