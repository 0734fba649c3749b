import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shown } from '../../check';
import { codeOf } from '../../download/failure';
import { encode } from '../../image/canvas';
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
  const full = path.resolve(file);
  const sprite = `${path.basename(full, path.extname(full))}.tiles.png`;
  try {
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(path.join(path.dirname(full), sprite), encode(atlas.tiles.sheet, 'png'));
    await writeFile(full, `${JSON.stringify({ convlens: 'activation atlas', version, ...atlas.toJSON(), sprite })}\n`);
  } catch (error) {
    throw new Error(`could not save ${shown(full)}: ${codeOf(error) ?? (error as Error).message}`);
  }
  return full;
}
