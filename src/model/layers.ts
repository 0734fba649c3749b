import { hint, shown } from '../check';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import type { Graph, Shape, Step } from './graph';
import type { SlidingFacts } from './layerFacts';
import { pathBetween } from './run';

/** A row of the layer table. */
export interface LayerRow extends SlidingFacts {
  /** As the attribution methods take it; layers of a nested model are `outer/inner`. */
  name: string;
  /** The Keras class: Conv2D, MaxPooling2D, ... */
  kind: string;
  /** The activation it applies, if any. */
  activation?: string;
  /** With null for the batch. */
  outputShape: Shape;
  /** How many weights it has; 0 at the second use of a shared layer. */
  params: number;
  /**
   * Multiply-adds for one image. Pooling, activations, merges and normalisation count as 0; undefined for a layer with weights
   * of a kind that is not counted.
   */
  multiplyAdds?: number;
  /** Whether Grad-CAM can look at it: it has a grid of more than one cell. */
  gradCam: boolean;
  /** The names of the layers it reads. */
  inputs: string[];
}

/** A layer and the number of its output value, its activation included. */
export interface FoundLayer {
  name: string;
  kind: string;
  value: number;
  shape: Shape;
}

/** The layers of a network in the order in which they run. Iterable; shows itself as a table with the architecture drawn above it. */
export class LayerTable extends Showable implements Iterable<LayerRow> {
  constructor(
    /** A row for each layer. */
    readonly rows: readonly LayerRow[],
    /** The model's name. */
    readonly model: string,
    /** `[null, height, width, channels]`. */
    readonly inputShape: Shape,
  ) {
    super();
  }

  [Symbol.iterator](): Iterator<LayerRow> {
    return this.rows[Symbol.iterator]();
  }

  /** How many layers. */
  get length(): number {
    return this.rows.length;
  }

  /** The names, in order. */
  get names(): string[] {
    return this.rows.map((row) => row.name);
  }

  /** How many weights the network has. */
  get params(): number {
    return this.rows.reduce((sum, row) => sum + row.params, 0);
  }

  /** How many multiply-adds one image takes, as far as they are counted. */
  get multiplyAdds(): number {
    return this.rows.reduce((sum, row) => sum + (row.multiplyAdds ?? 0), 0);
  }

  override toFigure(): Figure {
    return draw.layerTable(this);
  }

  override toString(): string {
    const cells = this.rows.map((row) => [row.name, row.kind, row.outputShape.slice(1).join(' x '), row.params.toLocaleString('en'), row.multiplyAdds?.toLocaleString('en') ?? 'not counted', row.gradCam ? 'yes' : '']);
    const table = [['layer', 'kind', 'output', 'parameters', 'multiply-adds', 'Grad-CAM'], ...cells];
    const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
    return table.map((row) => row.map((cell, i) => (i === 3 || i === 4 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd()).join('\n');
  }

  toJSON(): readonly LayerRow[] {
    return this.rows;
  }
}

/** The layers of a graph: each with the value it puts out, its fused activation applied. */
export function layersOf(graph: Graph): FoundLayer[] {
  const layers = new Map<string, FoundLayer>();
  for (const step of graph.steps) {
    const value = step.outputs[0];
    layers.set(step.layer, { name: step.layer, kind: step.kind, value, shape: graph.shapes[value] });
  }
  return [...layers.values()];
}

export function layerTable(graph: Graph, model: string): LayerTable {
  const maker = new Map<number, string>([[graph.input, 'input']]);
  for (const step of graph.steps) for (const id of step.outputs) maker.set(id, step.layer);
  const rows = layersOf(graph).map(({ name, kind, shape }): LayerRow => {
    const steps = graph.steps.filter((step) => step.layer === name);
    return {
      name,
      kind,
      activation: steps[0].activation,
      outputShape: shape,
      params: steps.reduce((sum, step) => sum + step.params, 0),
      multiplyAdds: steps[0].multiplyAdds,
      ...steps[0].sliding,
      gradCam: hasGrid(shape),
      inputs: [...new Set(steps[0].inputs.map((id) => maker.get(id) as string))],
    };
  });
  return new LayerTable(rows, model, graph.shapes[graph.input]);
}

/** A layer by name, or by its place in the table (negative counts from the end). The error names the nearest. */
export function findLayer(graph: Graph, layer: string | number): FoundLayer {
  const layers = layersOf(graph);
  if (typeof layer === 'number') {
    const found = Number.isInteger(layer) ? layers.at(layer) : undefined;
    if (found) return found;
    throw new RangeError(`layer must be a whole number from ${-layers.length} to ${layers.length - 1}, got ${shown(layer)}`);
  }
  if (typeof layer !== 'string') throw new TypeError(`layer must be a name or a number, got ${shown(layer)}`);
  const found = layers.find(({ name }) => name === layer);
  if (found) return found;
  // The inner part of a nested name is enough where only one layer has it.
  const inner = layers.filter(({ name }) => name.endsWith(`/${layer}`));
  if (inner.length === 1) return inner[0];
  const names = layers.map(({ name }) => name);
  throw new RangeError(`no layer ${JSON.stringify(layer)}${hint(layer, names) || '; model.layers() lists them'}`);
}

const convolutions = new Set(['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose']);
/** What closes a block that it follows. */
export const closing: ReadonlySet<string> = new Set(['BatchNormalization', 'Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ThresholdedReLU', 'ELU']);
/** What still belongs to a convolution when it follows it: the block ends with the activation. */
const finishing = new Set([...closing, 'Add', 'Concatenate']);
const passing = new Set(['Dropout', 'SpatialDropout2D']);

/** Where Grad-CAM looks unless told: the last convolution with a grid, after the sum or concatenation, normalisation and activation that follow it. `before`: the value that is explained. */
export function lastConvolution(graph: Graph, before = graph.output): FoundLayer {
  const leading = pathBetween(graph, [graph.input], before);
  const last = leading.findLast((step) => convolutions.has(step.kind) && !step.outputs.includes(before) && hasGrid(graph.shapes[step.outputs[0]]));
  if (!last) throw new Error('this model has no convolution with a grid of more than one cell; class activation maps need one');
  let value = findLayer(graph, last.layer).value;
  let next = onlyReader(leading, value);
  while (next && !next.outputs.includes(before) && (finishing.has(next.kind) || passing.has(next.kind))) {
    if (finishing.has(next.kind)) value = next.outputs[0];
    next = onlyReader(leading, next.outputs[0]);
  }
  return layersOf(graph).find((layer) => layer.value === value) as FoundLayer;
}

/** The step that reads a value, where one alone does. */
export function onlyReader(steps: readonly Step[], value: number): Step | undefined {
  const readers = steps.filter((step) => step.inputs.includes(value));
  return readers.length === 1 ? readers[0] : undefined;
}

/** Whether a value is a feature map of more than one cell. */
export const hasGrid = (shape: Shape): boolean => shape.length === 4 && (shape[1] !== 1 || shape[2] !== 1);
