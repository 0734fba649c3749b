import * as tf from '@tensorflow/tfjs';
import { scoped } from '../../kernels/scoped';
import { WindowedForward } from '../../model/window/windowedForward';
import type { Subject } from '../method';
import type { Window } from './windows';

/** Some windows and, for each aim, how much its score falls with each of them hidden. */
export interface Falls {
  windows: readonly Window[];
  falls: Float32Array[];
}

/**
 * The falls of all windows, some at a time, about in the order given; stops between two batches when the job is to stop.
 * `way` is told which way the network was run: on windows of its early maps, or plainly.
 */
export async function* windowFalls({ model, x, of, aims, job }: Subject, hidden: Float32Array, windows: readonly Window[], batchSize: number | undefined, way: (text: string) => void): AsyncGenerator<Falls> {
  const network = new WindowedForward(model.graph, x, of, windows, { batchSize });
  const scores = (value: tf.Tensor): Float32Array[] => scoped(() => aims.map((aim) => aim.scores(value).dataSync() as Float32Array));
  let features: tf.Tensor[][] = [];
  try {
    way(network.way);
    for (const aim of aims) aim.see(network.clean);
    const whole = scores(network.clean).map(([score]) => score);
    for (const round of network.rounds()) {
      features = [];
      for (const batch of round) {
        if (job.signal.aborted) break;
        features.push(network.features(batch, hidden));
        await job.add(batch.length);
      }
      if (!features.length) return;
      const value = network.finish(features);
      const found = scores(value);
      value.dispose();
      yield { windows: round.slice(0, features.length).flat(), falls: found.map((each, i) => each.map((score) => whole[i] - score)) };
    }
  } finally {
    tf.dispose(features);
    network.dispose();
  }
}
