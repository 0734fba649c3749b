import type { Slide, WindowRule } from '../../kernels/window';
import type { Graph, Step } from '../graph';

/** Rows, columns and channels of a feature map. */
export type MapSize = [number, number, number];

/** A step that can work on windows, and the maps it reads and makes. */
export interface WindowStep {
  step: Step;
  rule: WindowRule;
  input: MapSize;
  output: MapSize;
  slides: [Slide, Slide];
}

/** The leading steps that have a window rule: a network without branches ends the list at its head. */
export function leading(graph: Graph, steps: readonly Step[]): Step[] {
  const fits = ({ op, inputs, outputs }: Step): boolean => op.window !== undefined && [...inputs, ...outputs].every((id) => graph.shapes[id].length === 4);
  const end = steps.findIndex((step) => !fits(step));
  return end < 0 ? [...steps] : steps.slice(0, end);
}

/** These steps with the sizes of their maps, as far as all branches that meet in one step are of one size. */
export function sized(steps: readonly Step[], sizes: ReadonlyMap<number, MapSize>): WindowStep[] {
  const size = (id: number): MapSize => sizes.get(id) as MapSize;
  const meets = ({ inputs }: Step): boolean => inputs.every((id) => size(id)[0] === size(inputs[0])[0] && size(id)[1] === size(inputs[0])[1]);
  const end = steps.findIndex((step) => !meets(step));
  return (end < 0 ? steps : steps.slice(0, end)).map((step) => {
    const rule = step.op.window as WindowRule;
    const input = size(step.inputs[0]);
    return { step, rule, input, output: size(step.outputs[0]), slides: rule.slides([input[0], input[1]]) };
  });
}
