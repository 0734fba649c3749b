import { nearestCell, type Cell } from '../../src/features/effective/cells';
import { type AxisField, boxOf, cellsSeeing, centreOf } from '../../src/model/receptive/field';
import type { Rectangle, Span } from '../../src/model/window/spans';
import { cellOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import type { EffectiveCell, LayerField, ReceptiveData } from './data';

export interface ReceptiveState {
  /** The layer, by its place. */
  layer: number;
  /** What is pointed at: a cell of the layer, or a pixel of the image. */
  looking: 'cell' | 'pixel';
  /** Where: from the left and the top of the map, or of the image. */
  cursor: Cursor;
  /** Whether the gradient is drawn. */
  heat: boolean;
}

export const start = (data: ReceptiveData): ReceptiveState => {
  const { strongest, map } = data.layers[data.start];
  return { layer: data.start, looking: 'cell', cursor: placeOf(strongest, map), heat: true };
};

/** The middle of a cell. */
export const placeOf = ([row, column]: Cell, [rows, columns]: readonly number[]): Cursor => ({ u: (column + 0.5) / columns, v: (row + 0.5) / rows });

/** The layer that is shown, with its fields. */
export function shownLayer({ layers, axes }: ReceptiveData, at: number): LayerField & { fields: { rows: AxisField; columns: AxisField } } {
  const layer = layers[at];
  return { ...layer, fields: { rows: axes[layer.rows], columns: axes[layer.columns] } };
}

/** What is pointed at, and what it sees or is seen by. */
export interface Sight {
  layer: ReturnType<typeof shownLayer>;
  cell: Cell;
  /** The pixels that the cell can depend on. */
  box: Rectangle;
  /** The computed gradient that is nearest to the cell; `own`: of the cell itself. */
  effective?: EffectiveCell & { own: boolean };
  /** The pixel that is asked about: the one pointed at, or the middle of what the cell sees. */
  pixel: Cell;
}

export function sightOf(data: ReceptiveData, { layer: at, looking, cursor }: ReceptiveState): Sight {
  const layer = shownLayer(data, at);
  const { rows, columns } = layer.fields;
  const { height, width } = data.image;
  const cell = cellOf(cursor, layer.map);
  const nearest = layer.effective?.length ? layer.effective[nearestCell(layer.effective.map((each) => each.cell), cell)] : undefined;
  const middle = (axis: AxisField, index: number, length: number): number => Math.max(0, Math.min(length - 1, Math.floor(centreOf(axis, index))));
  return {
    layer,
    cell,
    box: boxOf(layer.fields, ...cell),
    effective: nearest && { ...nearest, own: nearest.cell[0] === cell[0] && nearest.cell[1] === cell[1] },
    pixel: looking === 'pixel' ? cellOf(cursor, [height, width]) : [middle(rows, cell[0], height), middle(columns, cell[1], width)],
  };
}

/** The cells of a layer that see a pixel, as a rectangle of its map; `count` 0 where none does. */
export function seers({ rows, columns }: { rows: AxisField; columns: AxisField }, [row, column]: Cell): { rows: Span; columns: Span; count: number } {
  const down = cellsSeeing(rows, row);
  const across = cellsSeeing(columns, column);
  return { rows: down, columns: across, count: (down.end - down.start) * (across.end - across.start) };
}

/** Whether the middle of a pixel lies where a cell really looks. */
export const looksAt = ({ box }: EffectiveCell, [row, column]: Cell): boolean =>
  box !== null && row + 0.5 > box.top && row + 0.5 < box.bottom && column + 0.5 > box.left && column + 0.5 < box.right;

/** The layers with computed gradients: those that the small maps are drawn of. */
export function keyPlaces({ layers, start: first }: ReceptiveData): number[] {
  const keys = layers.flatMap(({ effective }, at) => (effective?.length ? [at] : []));
  return keys.length ? keys : [first];
}

/** √(rows × columns): one number for a box. */
export const sideOf = ({ top, left, bottom, right }: Rectangle): number => Math.sqrt((bottom - top) * (right - left));

/** The typical effective side of a layer: the median over its computed cells; undefined where none has a gradient. */
export function typicalSide({ effective = [] }: LayerField): number | undefined {
  const sides = effective.flatMap(({ box }) => (box ? [sideOf(box)] : [])).sort((a, b) => a - b);
  return sides.length ? sides[Math.floor(sides.length / 2)] : undefined;
}
