import * as tf from '@tensorflow/tfjs';
import { type CleanMap, cleanMap, cut, type Patch } from '../../kernels/patches';
import type { Frame } from '../../kernels/window';
import { boxes, readFrame, wholeMaps } from './boxes';
import { canSpread, cheaperWay } from './cost';
import type { Parts } from './plan';
import type { Rectangle } from './spans';
import { spreadOver } from './spread';
import type { MapSize, WindowStep } from './steps';

/** The steps that run on windows, with the clean maps from which they take what no window changes. */
export class Stretch {
  private readonly maps = new Map<number, CleanMap>();
  private readonly lastUse: Map<number, WindowStep>;

  /** `passed`: the values that are wanted of it, as whole maps. `way` chooses between the ways of a step: the cheaper by estimate unless told. */
  constructor(
    private readonly parts: Parts,
    readonly steps: readonly WindowStep[],
    private readonly passed: readonly number[],
    clean: ReadonlyMap<number, tf.Tensor>,
    private readonly way: typeof cheaperWay = cheaperWay,
  ) {
    this.lastUse = new Map(steps.flatMap((each) => each.step.inputs.map((id) => [id, each] as const)));
    for (const id of this.cutFrom()) this.maps.set(id, cleanMap(clean.get(id) as tf.Tensor4D));
  }

  /** Where the input changes: a box for each window. */
  inputFrame(batch: readonly Rectangle[]): Frame {
    return this.boxes(batch, this.parts.graph.input);
  }

  /** The passed values of each window, from patches of the input at its frame. Inside a tidy. */
  run(batch: readonly Rectangle[], input: Patch): tf.Tensor[] {
    const values = new Map([[this.parts.graph.input, input]]);
    for (const each of this.steps) {
      const [made] = each.step.outputs;
      const frame = this.boxes(batch, made);
      values.set(made, { tensor: tf.tidy(() => this.one(each, frame, values)), frame });
      for (const id of new Set(each.step.inputs)) {
        if (this.lastUse.get(id) !== each || this.passed.includes(id)) continue;
        values.get(id)?.tensor.dispose();
        values.delete(id);
      }
    }
    return this.passed.map((id) => this.cut(id, values, wholeMaps(batch.length, this.size(id)), 'zeros'));
  }

  dispose(): void {
    for (const { cells } of this.maps.values()) cells?.dispose();
  }

  private one(each: WindowStep, frame: Frame, values: ReadonlyMap<number, Patch>): tf.Tensor4D {
    const { step, rule, input, output, slides } = each;
    const count = frame.tops.length;
    const from = step.inputs.map((id) => values.get(id) as Patch);
    if (this.way(each, count, from.map((patch) => patch.frame.size), frame.size).spread) {
      return spreadOver(each, from[0], this.map(step.inputs[0]), this.map(step.outputs[0]), frame);
    }
    if (frame.size[0] === output[0] && frame.size[1] === output[1]) {
      return step.op.forward(step.inputs.map((id) => this.cut(id, values, wholeMaps(count, input), 'zeros')))[0] as tf.Tensor4D;
    }
    const read = readFrame(frame, slides);
    return rule.apply(step.inputs.map((id) => this.cut(id, values, read, rule.outside)), read, [input[0], input[1]]) as tf.Tensor4D;
  }

  private cut(id: number, values: ReadonlyMap<number, Patch>, frame: Frame, outside: 'zeros' | 'lowest'): tf.Tensor4D {
    return cut(this.map(id), values.get(id) as Patch, frame, outside);
  }

  /** The values whose clean maps are kept: where an op reads only what was computed, none is needed. */
  private cutFrom(): Set<number> {
    const alone = ({ step, input, output, slides }: WindowStep): boolean =>
      step.inputs.length === 1 && slides.every(({ reach, stride }, axis) => reach === 1 && stride === 1 && input[axis] === output[axis]);
    const read = this.steps.filter((each) => !alone(each)).flatMap((each) => (canSpread(each) ? [...each.step.inputs, ...each.step.outputs] : each.step.inputs));
    return new Set([...this.passed, ...read]);
  }

  private boxes(batch: readonly Rectangle[], id: number): Frame {
    return boxes(this.parts.spans, batch, id, this.size(id));
  }

  private map(id: number): CleanMap {
    return this.maps.get(id) as CleanMap;
  }

  private size(id: number): MapSize {
    return this.parts.sizes.get(id) as MapSize;
  }
}
