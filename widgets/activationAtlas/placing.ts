import { remembered } from '../../src/figure/memo';
import { type AtlasData, type ShownCell, valueIn } from './data';
import { type AtlasState, levelOf, strongest, targetOf } from './looking';

/** Where a cell is drawn. */
export interface Placed {
  cell: ShownCell;
  /** Its place in the raster. */
  at: number;
  /** The middle, and half of the side of its icon, in shares of the picture. */
  x: number;
  y: number;
  half: number;
  /** Half of the side of the square that belongs to it. */
  reach: number;
  /** How strongly it is drawn, 0 to 1. */
  strength: number;
}

/** The smallest and the largest icon, as shares of a cell. */
const [smallest, largest] = [0.42, 0.96];

/** What is left of an icon whose cell does not speak for the class. */
export const faintest = 0.1;

/** Side of an icon as a share of its cell: its area grows with the number of activations. */
export const sideFor = (count: number, most: number): number => smallest + (largest - smallest) * Math.sqrt(count / most);

export const mostMembers = (cells: readonly ShownCell[]): number => Math.max(...cells.map(({ count }) => count));

/** The cells of a state that can be seen. */
export function placed(data: AtlasData, state: AtlasState): Placed[] {
  return (state.view === 'map' ? onMap(data, state) : pairOf(data, state).placed).filter(({ x, y, reach }) => x > -reach && y > -reach && x < 1 + reach && y < 1 + reach);
}

function onMap(data: AtlasData, state: AtlasState): Placed[] {
  const { grid, cells } = levelOf(data, state);
  const most = mostMembers(cells);
  const target = targetOf(data, state);
  const peak = target < 0 ? 0 : strongest(cells, target);
  const { x, y, zoom } = state;
  const reach = zoom / grid / 2;
  return cells.map((cell, at) => ({
    cell,
    at,
    x: ((cell.column + 0.5) / grid - x) * zoom + 0.5,
    y: ((cell.row + 0.5) / grid - y) * zoom + 0.5,
    half: reach * sideFor(cell.count, most),
    reach,
    strength: target < 0 ? 1 : strengthOf(valueIn(cell, target), peak),
  }));
}

export const strengthOf = (value: number, peak: number): number => (peak > 0 ? faintest + (1 - faintest) * Math.max(0, Math.min(1, value / peak)) : faintest);

/** Places between two classes: as many columns and rows of icons, of which each holds the cell that says most. */
const slots = 15;

/** A cell says something of the two classes when one of them has this share of the strongest attribution. */
const enough = 0.08;

/** The share of the cells that the axis reaches: a single one far out would squeeze the others. */
const within = 0.95;

export interface Pair {
  placed: Placed[];
  /** The difference of the two attributions at both ends of the axis; `beyond`: whether there are greater ones, which lie there too. */
  most: number;
  beyond: boolean;
  /** Cells that say too little of both, and those that have no place of their own. */
  silent: number;
  hidden: number;
}

/** The cells between two classes: from left to right by how much more they speak for the first, from top to bottom by likeness. */
export const pairOf = (data: AtlasData, state: AtlasState): Pair => remembered(data, `pair ${state.a} ${state.b}`, () => pairNow(data, state));

function pairNow(data: AtlasData, state: AtlasState): Pair {
  const { cells } = levelOf(data, { ...state, view: 'pair' });
  const rated = cells.map((cell, at) => ({ cell, at, a: valueIn(cell, state.a), b: valueIn(cell, state.b) }));
  const peak = Math.max(0, ...rated.map(({ a, b }) => Math.max(a, b)));
  // In the order of the line, so that they share the height evenly.
  const telling = rated.filter(({ a, b }) => Math.max(a, b) > enough * peak).sort((one, other) => (one.cell.line ?? 0) - (other.cell.line ?? 0));
  const rowOf = new Map(telling.map(({ at }, rank) => [at, Math.round((rank / Math.max(1, telling.length - 1)) * (slots - 1))]));
  const sizes = telling.map(({ a, b }) => Math.abs(a - b)).sort((one, other) => one - other);
  const most = sizes[Math.ceil(within * sizes.length) - 1] || 1;
  const members = mostMembers(cells);
  const taken = new Set<string>();
  const reach = 0.5 / slots;
  const list = [...telling]
    .sort((one, other) => Math.max(other.a, other.b) - Math.max(one.a, one.b))
    .flatMap(({ cell, at, a, b }): Placed[] => {
      const share = Math.max(-1, Math.min(1, (a - b) / most));
      const column = Math.round((share / 2 + 0.5) * (slots - 1));
      const row = rowOf.get(at) as number;
      const key = `${row} ${column}`;
      if (taken.has(key)) return [];
      taken.add(key);
      return [{ cell, at, x: (column + 0.5) / slots, y: (row + 0.5) / slots, half: reach * sideFor(cell.count, members), reach, strength: 1 }];
    });
  return { placed: list, most, beyond: sizes[sizes.length - 1] > most, silent: cells.length - telling.length, hidden: telling.length - list.length };
}
