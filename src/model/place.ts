import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hint, shown } from '../check';
import { fetched } from '../download/fetched';
import { urlPath } from '../download/urlPath';
import type { LongWorkOptions } from '../progress';
import type { FileFinder } from './layersModel';
import { presetNames } from './presets';

/** A model's file, on the disk by now. */
export interface Place {
  kind: 'json' | 'h5';
  file: string;
  /** As the user gave it: what errors and captions call it. */
  name: string;
  /** Finds another file of the same model. */
  beside: FileFinder;
}

/** Finds the file behind a path or URL, and looks at its first bytes to see what it is. */
export async function placeOf(source: unknown, options: LongWorkOptions): Promise<Place> {
  if (source instanceof URL) return fromUrl(source, options);
  if (typeof source !== 'string' || !source) {
    throw new TypeError(`a model must be ${presetNames.map((name) => JSON.stringify(name)).join(', ')}, the path or URL of a model.json or .h5, or a tf.LayersModel, got ${shown(source)}`);
  }
  if (!/^(https?|file):/i.test(source)) return fromPath(source);
  if (!URL.canParse(source)) throw new TypeError(`the model's URL ${shown(source)} is not a valid address`);
  return fromUrl(new URL(source), options);
}

async function fromPath(given: string): Promise<Place> {
  const info = await stat(given).catch((error: NodeJS.ErrnoException) => {
    throw new Error(notThere(given, error));
  });
  const file = info.isDirectory() ? path.join(given, 'model.json') : given;
  const kind = await kindOf(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Error(`the folder ${shown(given)} holds no model.json`);
    throw error;
  });
  return { kind, file, name: path.basename(info.isDirectory() ? path.resolve(given) : given), beside: async (name) => path.join(path.dirname(file), name) };
}

function notThere(given: string, { code, message }: NodeJS.ErrnoException): string {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return `the model ${shown(given)} cannot be read: ${code ?? message}`;
  const isPath = /[\\/]|\.\w+$/.test(given);
  return isPath ? `no model at ${shown(given)} (looked in ${path.resolve(path.dirname(given))})` : `unknown model ${shown(given)}, and no path or URL of a model.json or .h5${hint(given, presetNames)}`;
}

async function fromUrl(url: URL, options: LongWorkOptions): Promise<Place> {
  if (url.protocol === 'file:') return fromPath(fileURLToPath(url));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`a model's URL must be http:, https: or file:, got ${shown(url.href)}`);
  const target = new URL(url);
  if (!/\.\w+$/.test(url.pathname)) target.pathname = `${url.pathname.replace(/\/$/, '')}/model.json`;
  const file = await fetched(target, options);
  const beside: FileFinder = (name, work) => {
    const other = new URL(name, target);
    // Signed addresses carry their key in the query.
    other.search = target.search;
    return fetched(other, work);
  };
  const parts = urlPath(target).split('/');
  return { kind: await kindOf(file), file, name: parts[parts.length - 1] === 'model.json' ? (parts[parts.length - 2] || url.hostname) : parts[parts.length - 1], beside };
}

/** By the first bytes, because names lie. */
async function kindOf(file: string): Promise<'json' | 'h5'> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    if (head.startsWith('\x89HDF')) return 'h5';
    if (/^\s*\{/.test(head)) return 'json';
    throw new Error(`${shown(file)} is no model that can be read: ${guess(head, file)}`);
  } finally {
    await handle.close();
  }
}

function guess(head: string, file: string): string {
  if (!head) return 'the file is empty';
  if (head.startsWith('PK')) return "it is an archive (.keras or PyTorch); in Keras save it with model.save('model.h5')";
  if (/^\s*</.test(head)) return 'it is a web page';
  if (/\.(onnx|pb|tflite|pth?)$/i.test(file)) return "convert it to Keras and save it with model.save('model.h5')";
  return 'neither JSON nor HDF5; give a tfjs model.json or a Keras .h5';
}
