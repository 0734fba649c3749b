import * as tf from '@tensorflow/tfjs';
import type { ReluRule } from '../kernels/op';
import { withRows } from '../kernels/rows';
import { fused } from './fuse';
import { rectifyLater } from './rectifyLater';
import type { Graph, Step } from './graph';

/** Where a run starts: values by number. A value of one row serves runs of any number of rows. */
export type Known = ReadonlyMap<number, tf.Tensor>;

/** The network's input alone, or values in its midst. */
export type Start = tf.Tensor | Known;

const knownOf = (graph: Graph, start: Start): Known => (start instanceof tf.Tensor ? new Map([[graph.input, start]]) : start);

/** Runs the network from what is known and gives the wanted values, in order; everything else is freed as soon as it is not needed. */
export function forward(graph: Graph, start: Start, wanted: readonly number[]): tf.Tensor[] {
  return tf.tidy(() => {
    const known = knownOf(graph, start);
    const visible = [...known.keys(), ...wanted];
    const values = walk(rectifyLater(fused(graph, visible), visible), known, wanted, new Set(wanted));
    return wanted.map((id) => values.get(id) as tf.Tensor);
  });
}

/** The values that a run from the value `at` to `to` must know: that value first, and those beside it that skip it on the way. */
export function idsAt(graph: Graph, at: number, to: number): number[] {
  const path = pathBetween(graph, [at], to);
  const made = new Set(path.flatMap((step) => step.outputs));
  return [...new Set([at, ...path.flatMap((step) => step.inputs).filter((id) => !made.has(id))])];
}

/** What a run that starts at the value `at` must know, computed. */
export function knownAt(graph: Graph, start: Start, at: number, to: number): Map<number, tf.Tensor> {
  const ids = idsAt(graph, at, to);
  const values = forward(graph, start, ids);
  return new Map(ids.map((id, i) => [id, values[i]]));
}

export interface GradientRequest {
  /** The value that is differentiated, as the logits. */
  of: number;
  /** The values with respect to which. */
  wrt: readonly number[];
  /** The gradient of the explained score with respect to `of`, from its value; of one row it may give several, one for each target. */
  seed: (value: tf.Tensor) => tf.Tensor;
  /** How ReLUs pass the gradient back; `'standard'` unless told. */
  rule?: ReluRule;
  /** Values to give back beside the gradients, as activations. */
  also?: readonly number[];
}

export interface Gradients {
  /** One for each of `wrt`. */
  grads: tf.Tensor[];
  also: tf.Tensor[];
}

/** One pass forward and one back, back only as far as the values of `wrt`. Zeros where `of` does not depend on one. */
export function gradient(graph: Graph, start: Start, { of, wrt, seed, rule = 'standard', also = [] }: GradientRequest): Gradients {
  return tf.tidy(() => {
    const known = knownOf(graph, start);
    const visible = [...known.keys(), of, ...wrt, ...also];
    const merged = fused(graph, visible);
    const plan = rectifyLater(merged, visible, rule);
    const path = pathBetween(plan, wrt, of);
    const wanted = [of, ...wrt, ...also];
    const kept = new Set([...wanted, ...path.flatMap((step) => [...step.inputs, ...step.outputs])]);
    const values = walk(plan, known, wanted, kept);
    const value = (id: number): tf.Tensor => values.get(id) as tf.Tensor;
    const grads = new Map<number, tf.Tensor>([[of, seed(value(of))]]);

    for (const step of path.reverse()) {
      const incoming = step.outputs.map((id) => grads.get(id) ?? tf.zerosLike(value(id)));
      const results = tf.tidy(() => step.op.backward({ inputs: step.inputs.map(value), outputs: step.outputs.map(value), grads: incoming, rule }));
      step.outputs.forEach((id, i) => {
        if (wrt.includes(id)) return;
        incoming[i].dispose();
        grads.delete(id);
      });
      step.inputs.forEach((id, i) => accumulate(grads, id, results[i]));
    }
    return { grads: wrt.map((id) => grads.get(id) ?? tf.zerosLike(value(id))), also: also.map(value) };
  });
}

/** The steps between values: those that depend on one of `from` and that `to` depends on, in the order in which they run. */
export function pathBetween(graph: Graph, from: readonly number[], to: number): Step[] {
  const touched = new Set(from);
  const after = graph.steps.filter((step) => {
    if (!step.inputs.some((id) => touched.has(id))) return false;
    for (const id of step.outputs) touched.add(id);
    return true;
  });
  const made = new Set(after.flatMap((step) => step.outputs));
  return needed(after, [to], new Set(from.filter((id) => !made.has(id))));
}

/** The steps that the wanted values need, given values that are known already. */
function needed(steps: Step[], wanted: readonly number[], known: Set<number>): Step[] {
  const missing = new Set(wanted.filter((id) => !known.has(id)));
  const list: Step[] = [];
  for (const step of [...steps].reverse()) {
    if (!step.outputs.some((id) => missing.has(id))) continue;
    for (const id of step.inputs) if (!known.has(id)) missing.add(id);
    list.push(step);
  }
  return list.reverse();
}

function walk(graph: Graph, known: Known, wanted: readonly number[], kept: ReadonlySet<number>): Map<number, tf.Tensor> {
  const steps = needed(graph.steps, wanted, new Set(known.keys()));
  const lastUse = new Map<number, Step>();
  for (const step of steps) for (const id of step.inputs) lastUse.set(id, step);
  // Clones, so that freeing a value never frees the caller's tensor.
  const values = new Map([...known].map(([id, value]) => [id, tf.clone(value)]));
  for (const step of steps) {
    const outputs = tf.tidy(() => step.op.forward(sameRows(step.inputs.map((id) => values.get(id) as tf.Tensor))));
    step.outputs.forEach((id, i) => values.set(id, outputs[i]));
    for (const id of new Set([...step.inputs, ...step.outputs])) {
      const spent = lastUse.get(id) === step || (step.outputs.includes(id) && !lastUse.has(id));
      if (spent && !kept.has(id)) {
        values.get(id)?.dispose();
        values.delete(id);
      }
    }
  }
  return values;
}

function sameRows(inputs: tf.Tensor[]): tf.Tensor[] {
  const rows = Math.max(...inputs.map((x) => x.shape[0]));
  return inputs.map((x) => withRows(x, rows));
}

function accumulate(grads: Map<number, tf.Tensor>, id: number, grad: tf.Tensor): void {
  const before = grads.get(id);
  if (!before) {
    grads.set(id, grad);
    return;
  }
  grads.set(id, tf.add(before, grad));
  before.dispose();
  grad.dispose();
}
