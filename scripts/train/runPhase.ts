import * as tf from '@tensorflow/tfjs';
import { type Batch } from '../../src/training/batch';
import { Descent, type Forward, measure, type StepResult } from '../../src/training/descent';
import { rateAt } from '../../src/training/schedule';
import { batchSize, type Phase } from './recipe';

/** A line of the log: what the last steps came to, and how the network does on scenes that it is not trained on. */
export interface LogLine {
  /** Which part of the training: 0, 1, ... */
  stage: number;
  size: number;
  step: number;
  scenes: number;
  rate: number;
  loss: number;
  accuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  seconds: number;
  cpuSeconds: number;
}

const every = 100;

/** Trains for a phase; `next` gives the batch of a step. */
export function runPhase(stage: number, phase: Phase, forward: Forward, variables: tf.Variable[], next: (step: number) => Batch, validation: readonly Batch[], log: (line: LogLine) => void): void {
  const descent = new Descent(forward, variables);
  const sums = { loss: 0, accuracy: 0, count: 0 };
  for (let step = 0; step < phase.steps; step++) {
    const batch = next(step);
    const rate = rateAt(step, phase.steps, phase.peak, phase.warmUp);
    const { loss, accuracy } = descent.step(batch, rate);
    tf.dispose([batch.x, batch.y]);
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss} at step ${step}: the training has come apart`);
    sums.loss += loss;
    sums.accuracy += accuracy;
    sums.count++;
    if ((step + 1) % every && step + 1 < phase.steps) continue;
    const held = mean(validation.map((part) => measure(forward, part)));
    const { user, system } = process.cpuUsage();
    log({
      stage, size: phase.size, step: step + 1, scenes: (step + 1) * batchSize, rate: rounded(rate), loss: rounded(sums.loss / sums.count), accuracy: rounded(sums.accuracy / sums.count),
      validationLoss: rounded(held.loss), validationAccuracy: rounded(held.accuracy), seconds: Math.round(performance.now() / 1000), cpuSeconds: Math.round((user + system) / 1e6),
    });
    Object.assign(sums, { loss: 0, accuracy: 0, count: 0 });
  }
  descent.dispose();
}

const rounded = (value: number): number => Number(value.toPrecision(4));

const mean = (results: readonly StepResult[]): StepResult => ({
  loss: results.reduce((sum, { loss }) => sum + loss, 0) / results.length,
  accuracy: results.reduce((sum, { accuracy }) => sum + accuracy, 0) / results.length,
});
