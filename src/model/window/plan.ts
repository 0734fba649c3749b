import type { Graph, Step } from '../graph';
import { boxSize } from './boxes';
import { cheaperWay, copyCost, plainCost, wholeCost } from './cost';
import { grouped } from './groups';
import type { Rectangle, Spans } from './spans';
import type { MapSize, WindowStep } from './steps';

/** How a set of windows is best computed. */
export interface Plan {
  /** How many of the leading steps run on windows. */
  steps: number;
  /** Into how many classes of box height, and of width, windows are sorted before they are batched. */
  classes: number;
  /** The estimated share of a plain run that one window takes, and the part of it that is spent on whole maps at the end. */
  share: number;
  tail: number;
}

/** A network seen as steps that can run on windows, and the rest. */
export interface Parts {
  graph: Graph;
  wanted: number;
  leading: readonly WindowStep[];
  rest: readonly Step[];
  /** The maps of the leading steps. */
  sizes: ReadonlyMap<number, MapSize>;
  spans: Spans;
}

/** Whole maps run in batches of about this many windows. */
const batch = 32;

/** Only what is this much cheaper by estimate is done by windows. */
const worthwhile = 0.9;

/** The cheapest way by estimate: windows up to some step, whole maps from there on; windows nowhere if they save nothing. */
export function planFor(parts: Parts, chunks: readonly Rectangle[][]): Plan {
  const tails = tailCosts(parts);
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const [plain] = tails;
  let best: Plan = { steps: 0, classes: 1, share: 1, tail: 1 };
  for (const classes of [1, 2, 3, 4, 6]) {
    const heads = headCosts(parts, chunks.flatMap((chunk) => grouped(parts.spans, parts.leading, chunk, classes)));
    heads.forEach((head, steps) => {
      const share = (head / count + tails[steps]) / plain;
      if (steps > 0 && share < Math.min(best.share, worthwhile)) best = { steps, classes, share, tail: tails[steps] / plain };
    });
  }
  return best;
}

/** The values that whole maps are needed of when the first `steps` ran on windows. */
export function passedOn({ graph, wanted, leading, rest }: Parts, steps: number): number[] {
  const made = [graph.input, ...leading.slice(0, steps).map(({ step }) => step.outputs[0])];
  const read = new Set([wanted, ...leading.slice(steps).flatMap(({ step }) => step.inputs), ...rest.flatMap((step) => step.inputs)]);
  return made.filter((id) => read.has(id));
}

/** For each number of steps on windows: the cost, for one window of a batch, of the steps after them. */
function tailCosts({ graph, leading, rest }: Parts): number[] {
  const costs = [...leading.map((each) => wholeCost(each, batch, each.output)), ...rest.map((step) => plainCost(step, graph.shapes, batch))];
  const sums = [0];
  for (const cost of costs.reverse()) sums.unshift(sums[0] + cost / batch);
  return sums.slice(0, leading.length + 1);
}

/** For each number of steps on windows: the cost of those steps for all groups, with the making of whole maps after them. */
function headCosts(parts: Parts, groups: readonly Rectangle[][]): number[] {
  const { leading, sizes, spans } = parts;
  const map = (id: number): MapSize => sizes.get(id) as MapSize;
  const volumes = Array.from({ length: leading.length + 1 }, (_, steps) => passedOn(parts, steps).map((id) => map(id).reduce((a, b) => a * b)));
  const costs = volumes.map(() => 0);
  for (const group of groups) {
    const known = new Map([...sizes].map(([id, size]) => [id, boxSize(spans, group, id, size)]));
    const box = (id: number): [number, number] => known.get(id) as [number, number];
    let head = 0;
    volumes.forEach((passed, steps) => {
      for (const volume of passed) costs[steps] += copyCost(group.length * volume);
      costs[steps] += head;
      const each = leading[steps];
      if (!each) return;
      head += cheaperWay(each, group.length, each.step.inputs.map(box), box(each.step.outputs[0])).cost;
    });
  }
  return costs;
}
