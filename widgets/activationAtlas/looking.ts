import { type AtlasData, type ShownCell, valueIn } from './data';

export interface AtlasState {
  /** The map, or the cells between two classes. */
  view: 'map' | 'pair';
  level: number;
  /** What lies in the middle, 0 to 1 from the left and the top of the map, and how much larger than the whole it is. */
  x: number;
  y: number;
  zoom: number;
  /** The cell that is chosen, and the one that is pointed at, by their places in the raster. */
  cell: number;
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
  view: begin.pair ? 'pair' : 'map',
  level: begin.level,
  x: 0.5,
  y: 0.5,
  zoom: 1,
  cell: begin.cell,
  target: begin.target,
  find: '',
  a: begin.pair?.[0] ?? 0,
  b: begin.pair?.[1] ?? 1,
});

export const mostZoom = 12;

/** The raster that is shown: between two classes the finest, which alone has places on a line. */
export const levelOf = ({ levels }: AtlasData, { view, level }: AtlasState): AtlasData['levels'][number] => levels[levelAt(levels, view, level)];

const levelAt = (levels: AtlasData['levels'], view: AtlasState['view'], level: number): number => (view === 'pair' ? levels.length - 1 : level);

/** The class that the icons are filtered by, or -1: the one whose name is typed, else the one that was picked. */
export function targetOf({ classes }: AtlasData, { find, target }: AtlasState): number {
  const typed = find.trim().toLowerCase();
  if (!typed) return target;
  const whole = classes.findIndex(({ label }) => label.toLowerCase() === typed);
  return whole >= 0 ? whole : classes.findIndex(({ label }) => label.toLowerCase().startsWith(typed));
}

/** The part of the map that is in view, kept inside it. */
export function viewed(x: number, y: number, zoom: number): Pick<AtlasState, 'x' | 'y' | 'zoom'> {
  const size = Math.max(1, Math.min(mostZoom, zoom));
  const inside = (middle: number): number => Math.max(0.5 / size, Math.min(1 - 0.5 / size, middle));
  return { x: inside(x), y: inside(y), zoom: size };
}

/** Larger by a factor, such that what lies at (u, v) of the picture stays there. */
export function zoomed({ x, y, zoom }: AtlasState, factor: number, u = 0.5, v = 0.5): Pick<AtlasState, 'x' | 'y' | 'zoom'> {
  const size = Math.max(1, Math.min(mostZoom, zoom * factor));
  const shift = 1 / zoom - 1 / size;
  return viewed(x + (u - 0.5) * shift, y + (v - 0.5) * shift, size);
}

/** Brings a cell into view. */
export function toward(state: AtlasState, grid: number, { row, column }: ShownCell): Pick<AtlasState, 'x' | 'y' | 'zoom'> {
  const reach = 0.5 / state.zoom - 0.5 / grid;
  const near = (middle: number, cell: number): number => Math.max(cell - reach, Math.min(cell + reach, middle));
  return viewed(near(state.x, (column + 0.5) / grid), near(state.y, (row + 0.5) / grid), state.zoom);
}

/** The cell that is looked at: the one under the pointer, else the chosen one. */
export const cellAt = (data: AtlasData, state: AtlasState): number => Math.min(state.over ?? state.cell, levelOf(data, state).cells.length - 1);

/** The same place in another raster: the nearest cell there. */
export function cellIn(from: { grid: number }, { row, column }: ShownCell, to: AtlasData['levels'][number]): number {
  const [y, x] = [(row + 0.5) / from.grid, (column + 0.5) / from.grid];
  return nearest(to.cells.map((cell) => Math.hypot((cell.row + 0.5) / to.grid - y, (cell.column + 0.5) / to.grid - x)));
}

export const nearest = (far: readonly number[]): number => far.indexOf(Math.min(...far));

/** The strongest attribution of a class in the raster; 0 where it is spoken for in no cell. */
export const strongest = (cells: readonly ShownCell[], at: number): number => Math.max(0, ...cells.map((cell) => valueIn(cell, at)));
