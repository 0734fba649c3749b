import type { AtlasIcon } from '../../src/features/atlas/atlas';
import type { Tiles } from '../../src/features/atlas/tiles';
import { resample } from '../../src/image/resample';

/** What the widget shows. */
export interface AtlasData {
  model: string;
  layer: string;
  icon: AtlasIcon;
  /** The classes that were looked at, by label. */
  classes: readonly { index: number; label: string }[];
  /** The coarsest first. */
  levels: readonly { grid: number; cells: readonly ShownCell[]; leftOut: number }[];
  tiles: Tiles & { sheet: { quality?: number } };
  /** The names of the images whose crops are shown. */
  names: readonly string[];
  /** Activations in all. */
  count: number;
  heading: string;
  details: string;
  notes: readonly string[];
  /** How it begins: a raster, a cell, a class or two; by their places in the lists. */
  begin: { view: 'map' | 'pair'; level: number; cell: number; cellLevel: number; target: number; pair: readonly [number, number] };
}

export interface ShownCell {
  row: number;
  column: number;
  /** Activations, and of how many images. */
  count: number;
  images: number;
  /** Classes, by their places in `classes`, and their attributions; the strongest first. */
  values: readonly (readonly [at: number, value: number])[];
  /** By their places among the tiles. */
  icon: number;
  /** Crops of its first members, by tile and name. */
  crops: readonly (readonly [tile: number, name: number])[];
  /** In the finest raster: its place on a line. */
  line?: number;
}

/** The attribution of a class in a cell; 0 for one that was not looked at for any member. */
export const valueIn = ({ values }: ShownCell, at: number): number => values.find(([each]) => each === at)?.[1] ?? 0;

/** How clearly a cell speaks for its strongest class, and how many say it. */
export const evidence = ({ values, count }: ShownCell): number => (values[0]?.[1] ?? 0) * Math.sqrt(count);

/** The same with smaller tiles. */
export function reduceAtlas(data: AtlasData, detail: number): AtlasData {
  const { sheet, tile } = data.tiles;
  // In steps of eight, so that a JPEG's blocks do not mix two tiles.
  const side = Math.max(8, Math.round((tile * Math.sqrt(detail)) / 8) * 8);
  if (side >= tile) return data;
  const [width, height] = [sheet.width, sheet.height].map((length) => (length / tile) * side);
  return { ...data, tiles: { sheet: { quality: sheet.quality, ...resample(sheet, { x: 0, y: 0, width: sheet.width, height: sheet.height }, width, height) }, tile: side } };
}
