import type { Rectangle, Span } from '../window/spans';

// No imports at run time: a page works with it too.

/** Where the cells of a layer look, along one axis of the image. */
export interface AxisField {
  /** How many pixels a cell looks at, those in the padding included; the most where cells differ, as behind an upsampling. */
  size: number;
  /** How many pixels apart two neighbouring cells look; null where every cell sees the whole image. */
  jump: number | null;
  /** The first pixel that cell 0 looks at; negative where it lies in the padding. */
  offset: number;
  /** For each cell the pixels of the image that it depends on. */
  spans: readonly Span[];
}

/** Where the cells of one layer look. */
export interface ReceptiveField {
  layer: string;
  kind: string;
  /** The number of the layer's output value. */
  value: number;
  /** Rows, columns and channels of its output. */
  map: readonly [rows: number, columns: number, channels: number];
  rows: AxisField;
  columns: AxisField;
}

/** The pixels that a cell depends on, clipped to the image. */
export function boxOf({ rows, columns }: Pick<ReceptiveField, 'rows' | 'columns'>, row: number, column: number): Rectangle {
  const down = rows.spans[row];
  const across = columns.spans[column];
  return { top: down.start, left: across.start, bottom: down.end, right: across.end };
}

/** The cells that depend on a pixel, along one axis; `start` equals `end` where none does. */
export function cellsSeeing({ spans }: Pick<AxisField, 'spans'>, pixel: number): Span {
  const sees = ({ start, end }: Span): boolean => start <= pixel && pixel < end;
  const first = spans.findIndex(sees);
  return first < 0 ? { start: 0, end: 0 } : { start: first, end: spans.findLastIndex(sees) + 1 };
}

/** The middle of a cell's field, in pixels from the edge of the image. */
export const centreOf = ({ offset, size, jump }: AxisField, cell: number): number => offset + cell * (jump ?? 0) + size / 2;
