import type * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import type { Aim } from '../aim';
import type { Pace } from './pace';

/** Some variations of the image, and for each aim their scores. */
export interface Scored<T> {
  items: readonly T[];
  scores: readonly Float32Array[];
  /** The value that is read, row by row, where it was asked for. */
  rows?: Float32Array;
}

/** Tells that so many more went through the network, and what is found; says whether to go on. */
export type Tell<T> = (count: number, found?: Scored<T>) => Promise<boolean>;

/** A way of scoring variations of one image, for all aims in the same passes. */
export interface Scorer<T> {
  /** Scores all of them in batches that take less than half a second: long enough to be efficient, short enough to be stopped. */
  run(tell: Tell<T>, pace: Pace): Promise<void>;
}

/** Each aim's score of the image itself, which settles the aims. */
export function wholeScores(aims: readonly Aim[], value: tf.Tensor): number[] {
  for (const aim of aims) aim.see(value);
  return rowScores(aims, () => value).map(([score]) => score);
}

/** Each aim's scores of the rows of the value that `make` gives; everything that is made is freed. */
export const rowScores = (aims: readonly Aim[], make: () => tf.Tensor): Float32Array[] => scoredRows(aims, make).scores;

/** The same, and with `keep` that value itself, row by row. */
export const scoredRows = (aims: readonly Aim[], make: () => tf.Tensor, keep = false): { scores: Float32Array[]; rows?: Float32Array } =>
  scoped(() => {
    const value = make();
    return { scores: aims.map((aim) => aim.scores(value).dataSync() as Float32Array), rows: keep ? (value.dataSync() as Float32Array) : undefined };
  });
