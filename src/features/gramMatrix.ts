import * as tf from '@tensorflow/tfjs';
import { knownOptions, oneOf, shown, truth } from '../check';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { plainNumbers } from '../json';
import { scoped } from '../kernels/scoped';
import { Showable } from '../show';
import { clusterOrder } from './clusterOrder';
import { LayerOutput } from './layerOutputs';
import { centred } from './textureLayout';

/** Options of `gramMatrix`. */
export interface GramMatrixOptions {
  /** Whether each channel's mean is taken off and its spread divided out first: which channels go together, however strong they are. Default false. */
  correlation?: boolean;
  /** `'number'` (default): channels by number; `'cluster'`: those that go together beside each other (average linkage of 1 - correlation). */
  order?: 'number' | 'cluster';
}

/** The fields of `GramMatrix`. */
export interface GramMatrixRecord {
  layer: string;
  model: string;
  /** What the image is called. */
  image: string;
  /** `channels * channels`, row by row, in the order of `channels`; NaN for the correlation with a channel that does not vary. */
  values: Float32Array;
  /** The number of each channel, in the order asked for. */
  channels: readonly number[];
  /** How many positions the products are the mean of. */
  positions: number;
  correlation: boolean;
  order: 'number' | 'cluster';
}

/** Which channels of a layer go together, over all positions of an image. Shows itself as a matrix with a colour bar. */
export class GramMatrix extends Showable {
  constructor(record: GramMatrixRecord) {
    super();
    Object.assign(this, record);
  }

  /** The value of two channels, by their numbers in the layer. */
  at(a: number, b: number): number {
    const { channels, values, layer } = this;
    const [row, column] = [a, b].map((channel) => {
      const place = channels.indexOf(channel);
      if (place >= 0) return place;
      throw new RangeError(`layer ${JSON.stringify(layer)} has no channel ${shown(channel)} here; it has ${channels.length}, ${Math.min(...channels)} to ${Math.max(...channels)}`);
    });
    return values[row * channels.length + column];
  }

  override toFigure(): Figure {
    return draw.gramMatrix(this);
  }

  override toString(): string {
    const { layer, model, image, channels, correlation } = this;
    return `${correlation ? 'correlation' : 'Gram'} matrix of ${layer} of ${model} on ${image}: ${channels.length} x ${channels.length}`;
  }

  toJSON(): object {
    return { ...this, values: plainNumbers(this.values) };
  }
}

// The fields are the record's, told once, there.
export interface GramMatrix extends Readonly<GramMatrixRecord> {}

/**
 * The Gram matrix of a layer's output, as `GramMatrix`: for each two channels the mean over all positions of the product of what they put out. It keeps which features occur together and forgets where: what the neural style
 * of Gatys, Ecker & Bethge 2016 calls texture (they sum where this takes the mean). Shows itself as a matrix with a colour bar; `values`, `channels` and `at(a, b)` give the numbers.
 *
 * Options: `correlation` (false; true takes each channel's mean and spread out), `order` ('number' or 'cluster'; 'number').
 * Throws for a layer with a single position, where nothing can occur together.
 *
 * @example
 * const [output] = await cl.layerOutputs(model, photo, { layers: ['block2_conv1'] });
 * cl.gramMatrix(output, { correlation: true, order: 'cluster' })
 */
export function gramMatrix(output: LayerOutput, options: GramMatrixOptions = {}): GramMatrix {
  knownOptions('gramMatrix', options, ['correlation', 'order']);
  if (!(output instanceof LayerOutput)) throw new TypeError(`gramMatrix takes the output of one layer (what cl.layerOutputs gives, by name or in a loop), got ${shown(output)}`);
  const correlation = truth('correlation', options.correlation ?? false);
  const order = oneOf('order', options.order ?? 'number', ['number', 'cluster'] as const);
  const { values, channels, layer, model, image } = output;
  const depth = channels.length;
  const positions = values.length / depth;
  if (positions < 2) throw new RangeError(`gramMatrix needs a layer with several positions; ${JSON.stringify(layer)} puts out ${output.shape.join(' x ')}`);
  const { products, correlations } = matrices(output, positions);
  const matrix = correlation ? correlations : products;
  const places = order === 'cluster' ? clusterOrder(correlations.map((value) => (Number.isNaN(value) ? 1 : 1 - value)), depth) : [...channels.keys()];
  return new GramMatrix({
    layer,
    model,
    image: image.name,
    values: Float32Array.from({ length: depth * depth }, (_, at) => matrix[places[Math.floor(at / depth)] * depth + places[at % depth]]),
    channels: places.map((place) => channels[place]),
    positions,
    correlation,
    order,
  });
}

/** The mean products as they are, and with mean and spread taken out. */
function matrices(output: LayerOutput, positions: number): { products: Float32Array; correlations: Float32Array } {
  const depth = output.channels.length;
  return scoped(() => {
    const plain = tf.tensor2d(output.values, [positions, depth]);
    const away = centred(output);
    const [products, together] = [plain, away].map((cells) => tf.div(tf.matMul(cells, cells, true), positions).dataSync() as Float32Array);
    const spread = Float64Array.from({ length: depth }, (_, at) => Math.sqrt(together[at * depth + at]));
    // Rounding may lead a hair beyond 1.
    const correlations = together.map((value, at) => Math.max(-1, Math.min(1, value / (spread[Math.floor(at / depth)] * spread[at % depth]))));
    return { products, correlations };
  });
}
