import type { FilterOrder, FiltersRecord } from '../../src/features/filters/result';

/** One filter without its weights. */
export interface FilterFact {
  /** Its number in the layer. */
  number: number;
  /** Over all of its weights, those that are not drawn among them. */
  l1: number;
  l2: number;
  bias?: number;
}

/** What the widget shows. */
export interface GalleryData extends Pick<FiltersRecord, 'model' | 'layer' | 'kind' | 'colours' | 'multiplier' | 'normalisation' | 'note' | 'depth'> {
  /** Rows and columns of a kernel. */
  size: readonly [rows: number, columns: number];
  /** How many filters were asked for, and how many input channels each reads. */
  chosen: number;
  inputCount: number;
  /** Those that are drawn. */
  filters: FilterFact[];
  /** The numbers of the input channels that are drawn. */
  inputs: number[];
  /** For each filter, for each input: the kernel, row by row. */
  weights: Float32Array;
  order: FilterOrder;
  /** The places of the filters so that like ones stand together. */
  similar: number[];
}

/** How the filters are laid out: a tile each (in colour, or of its one input channel), or a row each with a tile for every input channel. */
export type GalleryLayout = 'colour' | 'tiles' | 'rows';

export const layoutOf = ({ colours, inputCount, inputs }: GalleryData): GalleryLayout => (inputCount === 1 ? 'tiles' : colours && colours !== 'grey' && inputs.length === 3 ? 'colour' : 'rows');

/** The input channels of a tile: red, green and blue in this order, whatever the network's own. */
export const shownInputs = ({ colours, inputs }: GalleryData): number[] => {
  const places = inputs.map((_, at) => at);
  return colours === 'bgr' ? places.reverse() : places;
};

/** One kernel of a filter on an input channel, by their places. */
export function kernelAt({ weights, inputs, size: [rows, columns] }: GalleryData, filter: number, input: number): Float32Array {
  const taps = rows * columns;
  const start = (filter * inputs.length + input) * taps;
  return weights.subarray(start, start + taps);
}

/** All drawn weights of a filter. */
export function weightsOf({ weights, filters }: GalleryData, filter: number): Float32Array {
  const each = weights.length / filters.length;
  return weights.subarray(filter * each, (filter + 1) * each);
}
