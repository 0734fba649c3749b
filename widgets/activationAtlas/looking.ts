import { type AtlasData, type ShownCell, valueIn } from './data';

export interface AtlasState {
  /** The map, or the cells between two classes. */
  view: 'map' | 'pair';
  level: number;
  /** What lies in the middle, 0 to 1 from the left and the top of the map, and how much larger than the whole it is. */
  x: number;
  y: number;
  zoom: number;
  /** The cell that is chosen, by its place in the raster in which it was chosen. */
  cell: number;
  cellLevel: number;
  /** The cell that is pointed at, by its place in the raster that is shown. */
  over?: number;
  /** The class that the icons are filtered by; -1 for none. */
  target: number;
  /** What is typed to find one. */
  find: string;
  /** The two classes of the pair. */
  a: number;
  b: number;
  /** Where the map was taken hold of, and what lay in the middle then. */
  grab?: { u: number; v: number; x: number; y: number };
}

export const start = ({ begin }: AtlasData): AtlasState => ({
  view: begin.view,
  level: begin.level,
  x: 0.5,
  y: 0.5,
  zoom: 1,
  cell: begin.cell,
  cellLevel: begin.cellLevel,
  target: begin.target,
  find: '',
  a: begin.pair[0],
  b: begin.pair[1],
});

/** The raster that is shown: between two classes the finest, which alone has places on a line. */
export const levelOf = (data: AtlasData, state: AtlasState): AtlasData['levels'][number] => data.levels[levelAt(data, state)];

export const levelAt = ({ levels }: AtlasData, { view, level }: AtlasState): number => (view === 'pair' ? levels.length - 1 : level);

/** The class that the icons are filtered by, or -1: the one whose name is typed, else the one that was picked. */
export function targetOf({ classes }: AtlasData, { find, target }: AtlasState): number {
  const typed = find.trim().toLowerCase();
  if (!typed) return target;
  const whole = classes.findIndex(({ label }) => label.toLowerCase() === typed);
  return whole >= 0 ? whole : classes.findIndex(({ label }) => label.toLowerCase().startsWith(typed));
}

/** What is in view, and through which raster. */
export type View = Pick<AtlasState, 'x' | 'y' | 'zoom' | 'level'>;

/** Cells along a side that are in view at least. */
const fewestInView = 3;

/** From this zoom on the finer raster is shown. */
const finer = 1.8;

/** A part of the map, kept inside it. Passing from far to near changes to the finer raster, and back. */
export function viewed({ levels }: AtlasData, before: View, x: number, y: number, zoom: number): View {
  const last = levels.length - 1;
  const size = Math.max(1, Math.min(levels[last].grid / fewestInView, zoom));
  const inside = (middle: number): number => Math.max(0.5 / size, Math.min(1 - 0.5 / size, middle));
  const level = before.zoom < finer === size < finer ? before.level : size < finer ? 0 : last;
  return { x: inside(x), y: inside(y), zoom: size, level };
}

/** Larger by a factor, such that what lies at (u, v) of the picture stays there. */
export function zoomed(data: AtlasData, before: View, factor: number, u = 0.5, v = 0.5): View {
  const { x, y, zoom } = before;
  const { zoom: size } = viewed(data, before, x, y, zoom * factor);
  const shift = 1 / zoom - 1 / size;
  return viewed(data, before, x + (u - 0.5) * shift, y + (v - 0.5) * shift, size);
}

/** Brings a cell of the raster into view. */
export function toward(data: AtlasData, state: AtlasState, { row, column }: ShownCell): View {
  const { grid } = levelOf(data, state);
  const reach = Math.max(0, 0.5 / state.zoom - 0.5 / grid);
  const near = (middle: number, cell: number): number => Math.max(cell - reach, Math.min(cell + reach, middle));
  return viewed(data, state, near(state.x, (column + 0.5) / grid), near(state.y, (row + 0.5) / grid), state.zoom);
}

/** The chosen cell in the raster that is shown: the nearest to its place where it was chosen in another one. */
export function chosen(data: AtlasData, state: AtlasState): number {
  const [from, to] = [data.levels[state.cellLevel], levelOf(data, state)];
  if (from === to) return state.cell;
  const { row, column } = from.cells[state.cell];
  const [y, x] = [(row + 0.5) / from.grid, (column + 0.5) / from.grid];
  return nearest(to.cells.map((cell) => Math.hypot((cell.row + 0.5) / to.grid - y, (cell.column + 0.5) / to.grid - x)));
}

/** Chooses a cell of the raster that is shown. */
export const choose = (data: AtlasData, state: AtlasState, cell: number): Partial<AtlasState> => ({ cell, cellLevel: levelAt(data, state), over: undefined });

/** The cell that is looked at: the one under the pointer, else the chosen one. */
export const cellAt = (data: AtlasData, state: AtlasState): number => {
  const { over } = state;
  return over !== undefined && over < levelOf(data, state).cells.length ? over : chosen(data, state);
};

export const nearest = (far: readonly number[]): number => far.indexOf(Math.min(...far));

/** The strongest attribution of a class in the raster; 0 where it is spoken for in no cell. */
export const strongest = (cells: readonly ShownCell[], at: number): number => Math.max(0, ...cells.map((cell) => valueIn(cell, at)));
