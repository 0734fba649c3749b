import type { Cell } from '../../src/features/effective/cells';
import type { EffectiveBox } from '../../src/features/effective/massBox';
import type { Seen } from '../../src/figure/shown';
import { shrink } from '../../src/image/shrink';
import type { AxisField } from '../../src/model/receptive/field';
import type { Rectangle } from '../../src/model/window/spans';

/** What the widget shows. */
export interface ReceptiveData {
  model: string;
  image: Seen;
  /** Every layer with a grid, in the order in which they run. */
  layers: LayerField[];
  /** The different fields along an axis; layers name theirs by number, because many share one. */
  axes: AxisField[];
  /** Where it begins: a layer, by its place in `layers`. */
  start: number;
  /** What the reader must know, as that it was stopped. */
  note?: string;
}

export interface LayerField {
  name: string;
  kind: string;
  /** Rows, columns and channels of its output. */
  map: readonly [number, number, number];
  rows: number;
  columns: number;
  /** What it put out for the image: the mean over the channels, or the one channel that was asked for; large maps in blocks. */
  output: Coded;
  /** The cell that put out most, of those that see no padding if there are any. */
  strongest: Cell;
  /** Whose gradient `effective` is; undefined: the mean of all channels. */
  channel?: number;
  /** For some layers, the effective fields of some cells. */
  effective?: EffectiveCell[];
}

/** Values as bytes between a least and a greatest, `rows` x `columns`. */
export interface Coded {
  codes: Uint8Array;
  rows: number;
  columns: number;
  low: number;
  high: number;
}

export interface EffectiveCell {
  cell: Cell;
  box: EffectiveBox | null;
  /** The part of the image that `map` covers: the cell's theoretical box. */
  part: Rectangle;
  /** The gradient in it, in blocks of pixels. */
  map: Coded;
}

/** Values as bytes; at most `side` to a row and a column, each the mean of those it stands for. */
export function coded(values: Float32Array, rows: number, columns: number, side: number): Coded {
  const [down, across] = [rows, columns].map((length) => Math.ceil(length / Math.max(1, Math.ceil(length / side))));
  const small = shrink(values, columns, rows, across, down);
  const [first = 0] = small;
  const low = small.reduce((a, b) => Math.min(a, b), first);
  const high = small.reduce((a, b) => Math.max(a, b), first);
  const codes = Uint8Array.from(small, (value) => (high > low ? Math.round(((value - low) / (high - low)) * 255) : 0));
  return { codes, rows: down, columns: across, low, high };
}

/** The values back from their bytes. */
export const decoded = ({ codes, low, high }: Coded): Float32Array => Float32Array.from(codes, (code) => low + (code / 255) * (high - low));

const recoded = (given: Coded, side: number): Coded => coded(decoded(given), given.rows, given.columns, side);

/** The same with coarser maps. */
export function reduceFields(data: ReceptiveData, detail: number): ReceptiveData {
  const smaller = (map: Coded): Coded => recoded(map, Math.max(6, Math.round(Math.max(map.rows, map.columns) * Math.sqrt(detail))));
  return {
    ...data,
    layers: data.layers.map((layer) => ({
      ...layer,
      output: smaller(layer.output),
      effective: layer.effective?.map((each) => ({ ...each, map: smaller(each.map) })),
    })),
  };
}
