import type { Arithmetic } from '../../src/features/arithmetic/layerArithmetic';
import type { StepperData } from './data';
import { unitName } from './names';

/** Rows and columns of the output map; undefined for a list of units. */
export function gridOf(work: Arithmetic): readonly [rows: number, columns: number] | undefined {
  if (work.kind === 'convolution' || work.kind === 'pool') return work.output;
  return work.kind === 'elementwise' || work.kind === 'merge' ? work.grid : undefined;
}

/** How many cells, or units of the list, there are to step through. */
export function countOf(work: Arithmetic): number {
  if (work.kind === 'dense') return work.units.length;
  if (work.kind === 'softmax') return work.rows.length;
  if (work.kind === 'globalPool') return work.channels.length;
  const [rows, columns] = gridOf(work) as [number, number];
  return rows * columns;
}

/** What a cell or a unit is called. */
export function placeName(data: StepperData, at: number): string {
  const grid = gridOf(data.layer.arithmetic);
  return grid ? `cell (${Math.floor(at / grid[1])}, ${at % grid[1]})` : (unitName(data, at) as string);
}

/** Where a key leads: the arrows to a neighbour, with Shift eight cells on; undefined for other keys and over an edge. */
export function steppedBy(key: string, work: Arithmetic, at: number): number | undefined {
  const [rows, columns] = gridOf(work) ?? [countOf(work), 1];
  const stride = key.startsWith('Shift+') ? 8 : 1;
  const move = moves[key.replace('Shift+', '')];
  if (!move) return undefined;
  const inside = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place));
  const row = inside(Math.floor(at / columns) + move[0] * stride, rows);
  // In a list, right and left step as down and up do.
  if (columns === 1) return inside(row + (move[1] * stride), rows);
  return row * columns + inside((at % columns) + move[1] * stride, columns);
}

const moves: Record<string, readonly [down: number, across: number] | undefined> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
