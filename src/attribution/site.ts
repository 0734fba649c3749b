import type { Graph, Shape } from '../model/graph';
import { findLayer, type FoundLayer } from '../model/layers';
import { pathBetween } from '../model/run';
import { shown } from '../check';

/** Where a method looks: the network's input, or what a layer puts out. */
export interface Site {
  value: number;
  /** Undefined for the input. */
  layer?: string;
  shape: Shape;
}

/** The layer, which must lie between the input and what is explained; the input when none is named. */
export function siteOf(graph: Graph, of: number, layer: string | number | undefined): Site {
  if (layer === undefined) return { value: graph.input, shape: graph.shapes[graph.input] };
  const found = findLayer(graph, layer);
  mustLead(graph, found, of);
  return { value: found.value, layer: found.name, shape: found.shape };
}

/** Refuses a layer that what is explained does not depend on. */
export function mustLead(graph: Graph, { name, value }: FoundLayer, of: number): void {
  if (value === of || pathBetween(graph, [value], of).length) return;
  const maker = graph.steps.find((step) => step.outputs.includes(of));
  throw new RangeError(`layer ${shown(name)} lies behind what is explained (${maker?.layer === name ? 'it holds' : `${shown(maker?.layer ?? 'the input')} holds`} the score); choose an earlier one`);
}
