import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import { forward } from '../../model/run';
import { rowsThatPass } from '../budget';
import type { Subject } from '../method';
import { rowScores, type Scorer, wholeScores } from './scorer';

/** Rows of the first batch, which tells how long one takes. */
const trial = 4;

/** Scores any variations in plain batches: `next` gives one variation after the other, `fill` writes the input that it makes of the image's. */
export function batchScorer<T>(subject: Subject, next: () => T, count: number, fill: (row: Float32Array, item: T) => void, batchSize: number | undefined): Scorer<T> {
  const { model, x, of, aims } = subject;
  const most = batchSize ?? rowsThatPass(model.graph);
  const scores = (batch: tf.Tensor4D): tf.Tensor => forward(model.graph, batch, [of])[0];
  scoped(() => wholeScores(aims, scores(x)));
  return {
    async run(tell, pace) {
      let size = batchSize ?? Math.min(trial, most);
      for (let done = 0, on = true; on && done < count; ) {
        const start = performance.now();
        const items = Array.from({ length: Math.min(size, count - done) }, next);
        const rows = new Float32Array(items.length * x.size);
        items.forEach((item, i) => fill(rows.subarray(i * x.size, (i + 1) * x.size), item));
        const found = rowScores(aims, () => scores(tf.tensor4d(rows, [items.length, x.shape[1], x.shape[2], x.shape[3]])));
        done += items.length;
        size = batchSize ?? pace.fitting((performance.now() - start) / items.length, most);
        on = await tell(items.length, { items, scores: found });
      }
    },
  };
}
