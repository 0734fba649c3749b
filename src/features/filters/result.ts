import { shown } from '../../check';
import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import { plainNumbers } from '../../json';
import { Showable } from '../../show';

/** How filters are ordered: by number, the greatest L2 norm first, or so that like ones stand together. */
export type FilterOrder = 'number' | 'norm' | 'similarity';

/** The fields of `Filters`. */
export interface FiltersRecord {
  model: string;
  layer: string;
  /** The Keras class of the layer. */
  kind: string;
  /** Row by row, `[rows, columns, inputs, filters]`, as Keras stores them; of a depthwise layer one input for each filter. */
  weights: Float32Array;
  /** `[rows, columns, inputs, filters]` of `weights`. */
  shape: readonly [rows: number, columns: number, inputs: number, filters: number];
  /** Of each filter, where the layer has biases. */
  bias?: Float32Array;
  /** The number of each filter in the layer, in the order asked for. */
  channels: readonly number[];
  /** How many filters the layer has, chosen or not. */
  depth: number;
  /** Of each filter: `l1`, the sum of the sizes of its weights, and `l2`, the root of the sum of their squares. */
  norms: { l1: Float32Array; l2: Float32Array };
  /** Of a depthwise layer, how many filters read one input channel. */
  multiplier?: number;
  /** What the input channels are, where the layer reads the image: in the network's own order. */
  colours?: 'rgb' | 'bgr' | 'grey';
  /** The batch normalisation that follows, and whether it is taken into the weights. */
  normalisation?: { layer: string; folded: boolean };
  order: FilterOrder;
  /** How many filters, and how many input channels, are drawn at most. */
  max: number;
  maxInputs: number;
  /** What the reader must know. */
  note?: string;
}

/** The kernels of a layer. Shows itself as tiles: in colour where the layer reads an image, else signed, one for each input channel. */
export class Filters extends Showable {
  constructor(record: FiltersRecord) {
    super();
    Object.assign(this, record);
  }

  /** The kernel of one filter, by its number in the layer: `[rows, columns, inputs]` flat. */
  kernel(channel: number): Float32Array {
    const { weights, shape, channels, layer } = this;
    const at = channels.indexOf(channel);
    if (at < 0) throw new RangeError(`layer ${JSON.stringify(layer)} has no filter ${shown(channel)} here; it has ${channels.length}, ${Math.min(...channels)} to ${Math.max(...channels)}`);
    const filters = shape[3];
    return Float32Array.from({ length: weights.length / filters }, (_, i) => weights[i * filters + at]);
  }

  override toFigure(): Figure {
    return draw.filters(this);
  }

  override toString(): string {
    const { layer, kind, shape, model, depth } = this;
    const [rows, columns, inputs, filters] = shape;
    return `filters of ${layer} (${kind}) of ${model}: ${filters}${filters < depth ? ` of ${depth}` : ''}, ${rows} x ${columns} on ${inputs} ${inputs === 1 ? 'channel' : 'channels'}`;
  }

  toJSON(): object {
    const { weights, bias, norms, ...rest } = this;
    return { ...rest, weights: plainNumbers(weights), bias: bias && plainNumbers(bias), norms: { l1: plainNumbers(norms.l1), l2: plainNumbers(norms.l2) } };
  }
}

// The fields are the record's, told once, there.
export interface Filters extends Readonly<FiltersRecord> {}
