import type * as tf from '@tensorflow/tfjs';
import { shown } from '../../check';
import type { Graph, Step } from '../../model/graph';
import { groupsOf, type LayerGroup } from '../../model/layerGroups';
import { findLayer, layerTable } from '../../model/layers';
import { pathBetween } from '../../model/run';

/** Which layers lose their weights together: a block, or one layer with the normalisation that follows it. */
export interface Stage {
  /** The block's or the layer's name. */
  name: string;
  /** The layers with weights, the topmost first. */
  layers: string[];
}

/** More steps than this are too many for one sheet: then whole blocks are re-drawn at once. */
const most = 12;

/** A layer with weights that what is explained depends on, with its normalisation. */
interface Unit {
  /** As it is named: its first layer. */
  name: string;
  layers: string[];
}

/** The steps from the score down to the input: blocks of the network unless told; `'all'` for every layer by itself; or those layers. */
export function stagesOf(graph: Graph, of: number, wanted: 'blocks' | 'all' | readonly (string | number)[]): Stage[] {
  const units = unitsOf(graph, of);
  if (!units.length) throw new RangeError('no layer with weights leads to what is explained: there is nothing to re-draw');
  if (wanted === 'blocks') return blocksOf(graph, units);
  if (wanted === 'all') return units;
  return chosen(graph, units, wanted);
}

/** The topmost first. */
function unitsOf(graph: Graph, of: number): Unit[] {
  const path = pathBetween(graph, [graph.input], of);
  const units: Unit[] = [];
  const unitOf = new Map<string, Unit>();
  const seen = new Set<tf.layers.Layer>();
  for (const { layer, source, kind, inputs } of path) {
    if (!source.weights.length || seen.has(source)) continue;
    seen.add(source);
    const before = path.find((step) => step.outputs.includes(inputs[0]));
    const home = kind === 'BatchNormalization' && before && unitOf.get(before.layer);
    if (home) home.layers.unshift(layer);
    else units.unshift({ name: layer, layers: [layer] });
    unitOf.set(layer, home || units[0]);
  }
  return units;
}

/** The finest blocks of which there are not too many. */
function blocksOf(graph: Graph, units: readonly Unit[]): Stage[] {
  if (units.length <= most) return [...units];
  const rows = layerTable(graph, '').rows;
  const place = new Map(rows.map(({ name }, at) => [name, at]));
  let level: LayerGroup[] = groupsOf(rows);
  let best: Stage[] | undefined;
  while (true) {
    const stages = gathered(units, level, place);
    if (stages.length <= most) best = stages;
    const finer = level.flatMap((group) => (group.parts.length ? group.parts : [group]));
    if (stages.length > most || finer.length === level.length) break;
    level = finer;
  }
  return best ?? evenly(units);
}

/** The units of each group together; a unit that lies in none stands by itself. */
function gathered(units: readonly Unit[], groups: readonly LayerGroup[], place: ReadonlyMap<string, number>): Stage[] {
  const stages = new Map<unknown, Stage>();
  for (const unit of units) {
    const at = place.get(unit.name) ?? -1;
    const group = groups.find(({ first, last }) => last > first && first <= at && at <= last);
    const stage = stages.get(group ?? unit) ?? { name: group?.name ?? unit.name, layers: [] };
    stage.layers.push(...unit.layers);
    stages.set(group ?? unit, stage);
  }
  return [...stages.values()];
}

/** A network without blocks: as many layers to each step. */
function evenly(units: readonly Unit[]): Stage[] {
  return Array.from({ length: most }, (_, step) => {
    const some = units.slice(Math.round((step * units.length) / most), Math.round(((step + 1) * units.length) / most));
    return { name: some.length > 1 ? `${some[some.length - 1].name} to ${some[0].name}` : some[0].name, layers: some.flatMap(({ layers }) => layers) };
  });
}

function chosen(graph: Graph, units: readonly Unit[], wanted: readonly (string | number)[]): Stage[] {
  const found = wanted.map((layer) => {
    const { name } = findLayer(graph, layer);
    const unit = units.find(({ layers }) => layers.includes(name));
    if (unit) return unit;
    throw new RangeError(`layer ${shown(name)} has no weights that what is explained depends on; choose among ${units.length > 8 ? `${units.length} layers, from ${units[0].name} to ${units[units.length - 1].name}` : units.map((each) => each.name).join(', ')}`);
  });
  return units.filter((unit) => found.includes(unit));
}

/** The layers whose weights are re-drawn at a step: all above it too in a cascade. */
export function redrawnAt(graph: Graph, of: number, stages: readonly Stage[], at: number, cascade: boolean): Set<string> {
  if (!cascade) return new Set(stages[at].layers);
  const all = unitsOf(graph, of).flatMap(({ layers }) => layers);
  const lowest = Math.max(...stages[at].layers.map((layer) => all.indexOf(layer)));
  return new Set(all.slice(0, lowest + 1));
}

/** The steps of the graph by the layers that they are of; a shared layer's first use stands for all. */
export const sourcesOf = (graph: Graph): Map<string, Step['source']> => new Map(graph.steps.map(({ layer, source }) => [layer, source]));
