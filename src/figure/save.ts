import path from 'node:path';
import { hint, shown } from '../check';
import { plainNumbers } from '../json';
import { writeInto } from '../writeInto';
import type { Figure } from './figure';
import { figurePage } from './html';

const writers: Record<string, (figure: Figure) => Promise<Buffer> | string> = {
  '.png': (figure) => figure.png(),
  '.svg': (figure) => figure.svg(),
  '.html': (figure) => figurePage(figure.parts),
  '.json': (figure) => `${JSON.stringify(figure, typedArrays, 1)}\n`,
};

export async function saveFigure(figure: Figure, file: unknown): Promise<string> {
  if (typeof file !== 'string' || !file) throw new TypeError(`save takes a path, got ${shown(file)}`);
  const ending = path.extname(file).toLowerCase();
  const write = writers[ending];
  if (!write) throw new RangeError(`a figure is saved as .png, .svg, .html or .json, got ${shown(file)}${ending ? hint(ending, Object.keys(writers)) : ''}`);
  return writeInto(file, await write(figure));
}

/** A typed array as a list, not as an object with an entry for each index. */
const typedArrays = (_key: string, value: unknown): unknown => (value instanceof Float32Array ? plainNumbers(value) : value);
