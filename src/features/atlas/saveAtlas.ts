import path from 'node:path';
import { shown } from '../../check';
import { encode } from '../../image/canvas';
import { writeInto } from '../../writeInto';
import type { ActivationAtlas, AtlasRecord } from './atlas';

/** The version of the file; it changes when what is in it does. */
export const version = 1;

/** What a saved atlas's JSON holds. */
export interface Saved extends Omit<AtlasRecord, 'cellsOf' | 'places' | 'tiles' | 'levels'> {
  convlens: 'activation atlas';
  version: number;
  cellsOf: number[];
  places: number[];
  levels: { grid: number; leftOut: number; cells: (Omit<AtlasRecord['levels'][number]['cells'][number], 'activation'> & { activation: number[] })[] }[];
  tile: number;
  /** The PNG with the tiles, beside the JSON. */
  sprite: string;
}

export async function saveAtlas(atlas: ActivationAtlas, file: unknown): Promise<string> {
  if (typeof file !== 'string' || !file) throw new TypeError(`save takes a path, got ${shown(file)}`);
  if (path.extname(file).toLowerCase() !== '.json') return atlas.toFigure().save(file);
  const sprite = `${path.basename(file, path.extname(file))}.tiles.png`;
  await writeInto(path.join(path.dirname(file), sprite), encode(atlas.tiles.sheet, 'png'));
  return writeInto(file, `${JSON.stringify({ convlens: 'activation atlas', version, ...atlas.toJSON(), sprite })}\n`);
}
