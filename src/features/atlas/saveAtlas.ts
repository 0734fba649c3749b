import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shown } from '../../check';
import { codeOf } from '../../download/failure';
import { decode, encode } from '../../image/canvas';
import { ActivationAtlas, type AtlasRecord } from './atlas';

const version = 1;

/** What a saved atlas's JSON holds. */
interface Saved extends Omit<AtlasRecord, 'cellsOf' | 'places' | 'tiles' | 'levels'> {
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

/**
 * An ActivationAtlas that `atlas.save('x.json')` wrote, with the PNG that lies beside it.
 * Throws one clear line when a file is missing or is no atlas.
 *
 * @example
 * const atlas = await cl.loadAtlas('atlases/block5.json')
 */
export async function loadAtlas(file: string): Promise<ActivationAtlas> {
  if (typeof file !== 'string' || !file) throw new TypeError(`loadAtlas takes the path of a saved atlas, got ${shown(file)}`);
  const full = path.resolve(file);
  const { convlens, version: found, sprite, tile, ...saved } = parsed(await read(full), file);
  if (convlens !== 'activation atlas') throw new Error(`${shown(file)} is no activation atlas: atlas.save('x.json') writes one`);
  if (found !== version) throw new Error(`${shown(file)} is an atlas of version ${shown(found)}; this package reads version ${version}`);
  const beside = path.join(path.dirname(full), path.basename(String(sprite)));
  const bytes = await read(beside);
  const sheet = await decode(bytes).catch(() => {
    throw new Error(`the pictures of the atlas, ${shown(beside)}, are damaged`);
  });
  return new ActivationAtlas({
    ...saved,
    cellsOf: Uint16Array.from(saved.cellsOf),
    places: Float32Array.from(saved.places),
    levels: saved.levels.map((level) => ({ ...level, cells: level.cells.map((cell) => ({ ...cell, activation: Float32Array.from(cell.activation) })) })),
    tiles: { sheet, tile },
  });
}

async function read(full: string): Promise<Buffer> {
  return readFile(full).catch((error: unknown) => {
    throw new Error(`loadAtlas: ${shown(full)} could not be read: ${codeOf(error) ?? (error as Error).message}`);
  });
}

function parsed(bytes: Buffer, file: string): Saved {
  try {
    return JSON.parse(bytes.toString()) as Saved;
  } catch {
    throw new Error(`${shown(file)} is no activation atlas: it holds no JSON`);
  }
}
