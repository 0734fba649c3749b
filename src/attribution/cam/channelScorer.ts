import * as tf from '@tensorflow/tfjs';
import { rowsThatPass } from '../budget';
import type { Subject } from '../method';
import type { Pace } from '../perturbation/pace';
import { rowScores, type Scorer, type Tell } from '../perturbation/scorer';

/** One channel of one of the layers. */
export interface Channel {
  layer: number;
  channel: number;
}

/** How the channels of a layer are tried. */
export interface Trial {
  /** The channels, in the order in which they are tried. */
  order: readonly number[];
  /** The value that is explained, a row for each channel. */
  values(channels: readonly number[]): tf.Tensor;
  /** Channels that all give the same: one row stands for all. */
  alike: ReadonlySet<number>;
  same(): tf.Tensor;
  dispose(): void;
}

/** Rows of the first batch, which tells how long one takes. */
const first = 4;

/** Scores the channels of all layers for all aims, a batch of each layer in turn, so that a stop leaves none without. */
export function channelScorer({ model, aims }: Subject, trials: readonly Trial[], batchSize: number | undefined): Scorer<Channel> {
  const most = batchSize ?? rowsThatPass(model.graph);
  const named = (layer: number, channels: readonly number[]): Channel[] => channels.map((channel) => ({ layer, channel }));

  const runTried = async (pace: Pace, tell: Tell<Channel>): Promise<boolean> => {
    const left = trials.map(({ order, alike }, layer) => ({ layer, size: batchSize ?? Math.min(first, most), channels: order.filter((channel) => !alike.has(channel)) }));
    while (left.some(({ channels }) => channels.length)) {
      for (const queue of left.filter(({ channels }) => channels.length)) {
        const start = performance.now();
        const batch = queue.channels.splice(0, queue.size);
        const scores = rowScores(aims, () => trials[queue.layer].values(batch));
        queue.size = batchSize ?? pace.fitting((performance.now() - start) / batch.length, most);
        if (!(await tell(batch.length, { items: named(queue.layer, batch), scores }))) return false;
      }
    }
    return true;
  };

  return {
    async run(tell, pace) {
      if (!(await runTried(pace, tell))) return;
      for (const [layer, { order, alike, same }] of trials.entries()) {
        const rest = order.filter((channel) => alike.has(channel));
        if (!rest.length) continue;
        const scores = rowScores(aims, same).map(([score]) => new Float32Array(rest.length).fill(score));
        if (!(await tell(rest.length, { items: named(layer, rest), scores }))) return;
      }
    },
  };
}
