import * as tf from '@tensorflow/tfjs';
import type { Graph } from '../../model/graph';
import { WindowedForward } from '../../model/window/windowedForward';
import type { Subject } from '../method';
import { type Scorer, scoredRows, wholeScores } from './scorer';
import type { Window } from './windows';

/** Scores windows; the caller disposes it. */
export interface WindowScorer extends Scorer<Window> {
  /** Each aim's score of the image as it is. */
  readonly whole: readonly number[];
  /** The logits of the image as it is, and so of each window, where these are what is read. */
  readonly logits?: Float32Array;
  /** Which way it goes, for the reader of a result. */
  readonly way: string;
  dispose(): void;
}

/** Bytes that the value that is read may take, of all windows at once. */
const bytes = 256 * 2 ** 20;

/** How many windows may run at once where a large map is read; the logits set no limit. */
function rowsThatRead(graph: Graph, of: number): number | undefined {
  const row = 4 * graph.shapes[of].slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
  return row > 2 ** 20 ? Math.max(1, Math.floor(bytes / row)) : undefined;
}

/** Scores the image with each window taken from `hidden`, about in the order given: by what changes in the early maps where that is less work, else plainly. */
export function windowScorer({ model, x, of, aims }: Subject, windows: readonly Window[], hidden: Float32Array, batchSize: number | undefined): WindowScorer {
  const network = new WindowedForward(model.graph, x, of, windows, { batchSize: batchSize ?? rowsThatRead(model.graph, of) });
  const keep = of === model.head.logits;
  try {
    return {
      whole: wholeScores(aims, network.clean),
      logits: keep ? (network.clean.dataSync() as Float32Array) : undefined,
      way: network.way,
      async run(tell) {
        let on = true;
        for (const round of network.rounds()) {
          const features: tf.Tensor[][] = [];
          try {
            for (const [i, batch] of round.entries()) {
              if (i > 0) on = await tell(round[i - 1].length);
              if (!on) break;
              features.push(network.features(batch, hidden));
            }
          } catch (error) {
            tf.dispose(features);
            throw error;
          }
          const done = round.slice(0, features.length);
          const found = { items: done.flat(), ...scoredRows(aims, () => network.finish(features), keep) };
          on = (await tell(on ? done[done.length - 1].length : 0, found)) && on;
          if (!on) return;
        }
      },
      dispose: () => network.dispose(),
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}
