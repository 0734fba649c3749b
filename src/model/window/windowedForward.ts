import * as tf from '@tensorflow/tfjs';
import { fused } from '../fuse';
import type { Graph } from '../graph';
import { forward, pathBetween } from '../run';
import { changedInputs } from './changedInputs';
import type { cheaperWay } from './cost';
import { chunked, grouped } from './groups';
import { passedOn, type Parts, type Plan, planFor } from './plan';
import { type Rectangle, Spans } from './spans';
import { leading, type MapSize, sized } from './steps';
import { Stretch } from './stretch';

/** Milliseconds that a batch may take: a map can be stopped only between two. */
const longest = 350;

/** The most windows in a batch, and the most that share one run of the last layers, whose weights alone take a while to read. */
const together = 32;
const shared = 64;

/** Batches whose last layers run together. */
export type Round = Rectangle[][];

export interface WindowedSettings {
  /** The most windows that run at once. Default: what takes a third of a second. */
  batchSize?: number;
  /** Chooses how far windows go. Default: the cheapest by estimate. */
  plan?: typeof planFor;
  /** Chooses between the ways of a step. Default: the cheaper by estimate. */
  way?: typeof cheaperWay;
}

/**
 * The network on copies of one input, each with a rectangle changed. The activations of the input itself are kept; of each early map
 * only the part that the rectangle changes is computed again, and the whole map from where that is most of it. The results are those of plain runs.
 * Nakandala, Kumar & Papakonstantinou 2019, "Incremental and approximate inference for faster occlusion-based deep CNN explanations" (Krypton).
 */
export class WindowedForward {
  /** The wanted value for the input as it is. */
  readonly clean: tf.Tensor;
  private readonly parts: Parts;
  private readonly plan: Plan;
  private readonly passed: readonly number[];
  private readonly stretch: Stretch;
  private readonly input: Float32Array;
  /** Milliseconds that a window takes, first on windows, then in the last layers: as estimated, or the least seen. */
  private readonly pace: { features: number; finish: number };

  /** `windows`: all that will be asked for, which the way of computing depends on. */
  constructor(
    private readonly graph: Graph,
    x: tf.Tensor4D,
    private readonly wanted: number,
    private readonly windows: readonly Rectangle[],
    private readonly settings: WindowedSettings = {},
  ) {
    const steps = pathBetween(fused(graph, [wanted]), [graph.input], wanted);
    const first = leading(graph, steps);
    const ids = [graph.input, ...first.map((step) => step.outputs[0])];
    this.input = x.dataSync() as Float32Array;
    const start = performance.now();
    const tensors = forward(graph, x, [...ids, wanted]);
    const plain = performance.now() - start;
    const values = new Map(ids.map((id, i) => [id, tensors[i]]));
    try {
      const sizes = new Map(ids.map((id, i) => [id, tensors[i].shape.slice(1) as MapSize]));
      const able = sized(first, sizes);
      this.parts = { graph, wanted, leading: able, rest: steps.slice(able.length), sizes, spans: new Spans(able, graph.input) };
      this.plan = (settings.plan ?? planFor)(this.parts, chunked(windows).slice(0, 4));
      this.pace = { features: plain * this.plan.share, finish: plain * this.plan.tail };
      this.passed = passedOn(this.parts, this.plan.steps);
      this.stretch = new Stretch(this.parts, able.slice(0, this.plan.steps), this.passed, values, settings.way);
      this.clean = tf.clone(tensors[ids.length]);
    } finally {
      tf.dispose(tensors);
    }
  }

  /** Which way it goes, for the reader of a result. */
  get way(): string {
    const { leading: able, rest } = this.parts;
    const { steps } = this.plan;
    if (steps > 0) return `windows up to ${able[steps - 1].step.layer}, then full maps`;
    return able.length ? 'plain batches: windows would save nothing' : `plain batches: no window rule for ${rest[0].layer} (${rest[0].kind})`;
  }

  /** The windows in the order in which they are to be computed: about the order in which they were given. */
  *rounds(): Generator<Round> {
    for (const chunk of chunked(this.windows)) {
      const most = this.limit(this.pace.finish, shared);
      const size = Math.min(most, this.limit(this.pace.features, together));
      const batches = grouped(this.parts.spans, this.stretch.steps, chunk, this.plan.classes).flatMap((group) => inParts(group, size));
      let round: Round = [];
      for (const batch of batches) {
        if (round.length && round.flat().length + batch.length > most) {
          yield round;
          round = [];
        }
        round.push(batch);
      }
      yield round;
    }
  }

  /** What the last layers need of each window. `hidden`: the input with everything changed, flat `[height, width, channels]`. The caller disposes. */
  features(batch: readonly Rectangle[], hidden: Float32Array): tf.Tensor[] {
    const start = performance.now();
    const found = tf.tidy(() => {
      const frame = this.stretch.inputFrame(batch);
      const size = this.parts.sizes.get(this.graph.input) as MapSize;
      return this.stretch.run(batch, { tensor: changedInputs(this.input, hidden, size, batch, frame), frame });
    });
    this.pace.features = Math.min(this.pace.features, (performance.now() - start) / batch.length);
    return found;
  }

  /** The wanted value, a row for each window, from the features of some batches, which are disposed. */
  finish(features: readonly tf.Tensor[][]): tf.Tensor {
    const start = performance.now();
    try {
      const value = tf.tidy(() => {
        const known = new Map(this.passed.map((id, i) => [id, tf.concat(features.map((each) => each[i]))]));
        return forward(this.graph, known, [this.wanted])[0];
      });
      this.pace.finish = Math.min(this.pace.finish, (performance.now() - start) / value.shape[0]);
      return value;
    } finally {
      tf.dispose(features as tf.Tensor[][]);
    }
  }

  dispose(): void {
    this.clean.dispose();
    this.stretch.dispose();
  }

  /** How many that take this long each run at once. */
  private limit(milliseconds: number, most: number): number {
    return Math.max(1, Math.min(this.settings.batchSize ?? most, most, Math.floor(longest / milliseconds)));
  }
}

/** A list in the fewest parts of at most this size, all about as long. */
function inParts<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, i) => list.slice(Math.floor((i * list.length) / count), Math.floor(((i + 1) * list.length) / count)));
}
