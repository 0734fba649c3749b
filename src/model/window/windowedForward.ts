import * as tf from '@tensorflow/tfjs';
import { bytesOf, type CleanMap, cleanMap, cut, type Patch } from '../../kernels/patches';
import type { Frame } from '../../kernels/window';
import { fused } from '../fuse';
import type { Graph } from '../graph';
import { forward, pathBetween } from '../run';
import { boxes, readFrame, wholeMaps } from './boxes';
import { changedInputs } from './changedInputs';
import { canSpread, cheaperWay } from './cost';
import { chunked, grouped } from './groups';
import { passedOn, type Parts, type Plan, planFor } from './plan';
import { type Rectangle, Spans } from './spans';
import { spreadOver } from './spread';
import { leading, type MapSize, sized, type WindowStep } from './steps';

/** Milliseconds that a batch may take: a map can be stopped only between two. */
const longest = 350;

/** Windows that share one run of the last layers, whose weights alone take a while to read. */
const shared = 64;

/** Batches whose last layers run together. */
export type Round = Rectangle[][];

export interface WindowedSettings {
  /** The most windows that run at once. Default: what takes a third of a second. */
  batchSize?: number;
  /** Chooses the way. Default: the cheapest by estimate. */
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
  private readonly maps = new Map<number, CleanMap>();
  private readonly passed: number[];
  private readonly input: Float32Array;
  private readonly milliseconds: number;

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
    const values = forward(graph, x, [...ids, wanted]);
    this.clean = tf.clone(values[ids.length]);
    this.milliseconds = performance.now() - start;
    try {
      const sizes = new Map(ids.map((id, i) => [id, values[i].shape.slice(1) as MapSize]));
      const able = sized(first, sizes);
      this.parts = { graph, wanted, leading: able, rest: steps.slice(able.length), sizes, spans: new Spans(able, graph.input) };
      this.plan = (settings.plan ?? planFor)(this.parts, chunked(windows).slice(0, 4));
      this.passed = passedOn(this.parts, this.plan.steps);
      for (const id of this.cutFrom()) this.maps.set(id, cleanMap(values[ids.indexOf(id)] as tf.Tensor4D));
    } catch (error) {
      this.dispose();
      throw error;
    } finally {
      tf.dispose(values);
    }
  }

  /** What the kept activations take. */
  get bytes(): number {
    return [...this.maps.values()].reduce((sum, map) => sum + bytesOf(map), 0);
  }

  /** Which way it goes, for the reader of a result. */
  get way(): string {
    const { leading: able, rest } = this.parts;
    const { steps } = this.plan;
    if (steps > 0) return `windows up to ${able[steps - 1].step.layer}, then full maps`;
    return able.length ? 'plain batches: windows would save nothing' : `plain batches: no window rule for ${rest[0].layer} (${rest[0].kind})`;
  }

  /** The windows in the order in which they are computed: about the order in which they were given. */
  *rounds(): Generator<Round> {
    const size = this.limit(this.plan.share, 32);
    const most = Math.max(size, this.limit(this.plan.tail, shared));
    for (const chunk of chunked(this.windows)) {
      let round: Round = [];
      let count = 0;
      for (const group of grouped(this.parts.spans, this.stretch, chunk, this.plan.classes)) {
        const pieces = Math.ceil(group.length / size);
        for (let i = 0; i < pieces; i++) {
          const batch = group.slice(Math.floor((i * group.length) / pieces), Math.floor(((i + 1) * group.length) / pieces));
          if (count > 0 && count + batch.length > most) {
            yield round;
            round = [];
            count = 0;
          }
          round.push(batch);
          count += batch.length;
        }
      }
      yield round;
    }
  }

  /** What the last layers need of each window: values by number. `hidden`: the input with everything changed, flat `[height, width, channels]`. The caller disposes. */
  features(batch: readonly Rectangle[], hidden: Float32Array): tf.Tensor[] {
    return tf.tidy(() => {
      const values = new Map([[this.graph.input, this.inputPatches(batch, hidden)]]);
      const lastUse = new Map(this.stretch.flatMap((each) => each.step.inputs.map((id) => [id, each] as const)));
      for (const each of this.stretch) {
        const { step, output } = each;
        const frame = this.boxes(batch, step.outputs[0], output);
        values.set(step.outputs[0], { tensor: tf.tidy(() => this.run(each, frame, values)), frame });
        for (const id of new Set(step.inputs)) {
          if (lastUse.get(id) !== each || this.passed.includes(id)) continue;
          values.get(id)?.tensor.dispose();
          values.delete(id);
        }
      }
      return this.passed.map((id) => this.cut(id, values, wholeMaps(batch.length, this.size(id)), 'zeros'));
    });
  }

  /** The wanted value, a row for each window, from the features of some batches, which are disposed. */
  finish(features: readonly tf.Tensor[][]): tf.Tensor {
    try {
      return tf.tidy(() => {
        const known = new Map(this.passed.map((id, i) => [id, features.length === 1 ? tf.clone(features[0][i]) : tf.concat(features.map((each) => each[i]))]));
        return forward(this.graph, known, [this.wanted])[0];
      });
    } finally {
      tf.dispose(features as tf.Tensor[][]);
    }
  }

  dispose(): void {
    this.clean.dispose();
    for (const { cells } of this.maps.values()) cells?.dispose();
    this.maps.clear();
  }

  /** The steps that run on windows. */
  private get stretch(): readonly WindowStep[] {
    return this.parts.leading.slice(0, this.plan.steps);
  }

  /** The values whose clean maps are kept: where an op reads only what was computed, its map is not kept. */
  private cutFrom(): number[] {
    const alone = ({ step, input, output, slides }: WindowStep): boolean =>
      step.inputs.length === 1 && slides.every(({ reach, stride }, axis) => reach === 1 && stride === 1 && input[axis] === output[axis]);
    const read = this.stretch.filter((each) => !alone(each)).flatMap((each) => (canSpread(each) ? [...each.step.inputs, ...each.step.outputs] : each.step.inputs));
    return [...new Set([...this.passed, ...read])];
  }

  private run(each: WindowStep, frame: Frame, values: Map<number, Patch>): tf.Tensor4D {
    const { step, rule, input, output, slides } = each;
    const count = frame.tops.length;
    const from = step.inputs.map((id) => values.get(id) as Patch);
    if ((this.settings.way ?? cheaperWay)(each, count, from.map((patch) => patch.frame.size), frame.size).spread) {
      return spreadOver(each, from[0], this.map(step.inputs[0]), this.map(step.outputs[0]), frame);
    }
    if (frame.size[0] === output[0] && frame.size[1] === output[1]) {
      return step.op.forward(step.inputs.map((id) => this.cut(id, values, wholeMaps(count, input), 'zeros')))[0] as tf.Tensor4D;
    }
    const read = readFrame(frame, slides);
    return rule.apply(step.inputs.map((id) => this.cut(id, values, read, rule.outside)), read, [input[0], input[1]]) as tf.Tensor4D;
  }

  private cut(id: number, values: Map<number, Patch>, frame: Frame, outside: 'zeros' | 'lowest'): tf.Tensor4D {
    return cut(this.map(id), values.get(id) as Patch, frame, outside);
  }

  private inputPatches(batch: readonly Rectangle[], hidden: Float32Array): Patch {
    const size = this.size(this.graph.input);
    const frame = this.boxes(batch, this.graph.input, size);
    return { tensor: changedInputs(this.input, hidden, size, batch, frame), frame };
  }

  private map(id: number): CleanMap {
    return this.maps.get(id) as CleanMap;
  }

  private boxes(batch: readonly Rectangle[], id: number, size: MapSize): Frame {
    return boxes(this.parts.spans, batch, id, size);
  }

  private size(id: number): MapSize {
    return this.parts.sizes.get(id) as MapSize;
  }

  /** How many windows run at once, when one takes this share of a plain run. */
  private limit(share: number, most: number): number {
    return Math.max(1, Math.min(this.settings.batchSize ?? most, most, Math.floor(longest / (this.milliseconds * share))));
  }
}
