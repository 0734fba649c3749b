import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { shown } from '../../check';
import { codeOf } from '../../download/failure';
import { decode } from '../../image/canvas';
import { ActivationAtlas } from './atlas';
import { type Saved, version } from './saveAtlas';

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
