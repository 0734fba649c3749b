import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { shown } from '../check';
import { codeOf } from '../download/failure';
import { Image } from './image';
import { loadImage } from './loadImage';

/** One image of a collection, read only when it is asked for. */
export interface ImageEntry {
  /** Its path inside the folder, or its name. */
  name: string;
  /** The class, where the collection knows it: the sub-folder that a file lies in. */
  label?: string;
  /** Changes when the image does: what a cache may know it by. */
  stamp: string;
  /** Reads it. */
  load(): Promise<Image>;
}

/** Images in an order, of which only those in use are in memory. */
export interface ImageCollection {
  /** What captions call it: the folder's name. */
  name: string;
  /** One for each image, in order of their names. */
  entries: readonly ImageEntry[];
}

/** What is taken where many images are: a folder (its sub-folders, if any, are the classes), a list of images, paths, URLs and sample names, or a collection. */
export type ImagesSource = string | URL | ImageCollection | Iterable<Image | string | URL>;

/** An image that could not be read, and why. */
export interface Unreadable {
  name: string;
  reason: string;
}

const extensions = ['.png', '.jpg', '.jpeg', '.gif'];

/** The images that a caller means. Throws one clear line when there are none. */
export async function collectionOf(method: string, source: unknown): Promise<ImageCollection> {
  if (isCollection(source)) return some(method, source);
  if (source instanceof Image) return { name: source.name, entries: [held(source, 0)] };
  if (source instanceof URL && source.protocol === 'file:') return folder(method, fileURLToPath(source));
  if (typeof source === 'string') return folder(method, source);
  if (source && typeof source === 'object' && Symbol.iterator in source) {
    return some(method, { name: 'a list of images', entries: await Promise.all(Array.from(source as Iterable<unknown>, (each, at) => entryOf(method, each, at))) });
  }
  throw new TypeError(`${method} takes images as a folder, a list or a collection, got ${shown(source)}`);
}

/**
 * The images one after the other, each with its place; those that cannot be read are left out and told to `broken`.
 * The next one is read while the caller works on the one before; no others are in memory.
 */
export async function* readable({ entries }: ImageCollection, broken: (image: Unreadable) => void, from = 0): AsyncGenerator<{ at: number; image: Image; entry: ImageEntry }> {
  // The error is kept, not thrown: nobody waits for this promise while the caller works.
  const read = (at: number): Promise<Image | Error> | undefined => entries[at]?.load().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  let next = read(from);
  for (let at = from; at < entries.length; at++) {
    const image = (await next) as Image | Error;
    next = read(at + 1);
    const entry = entries[at];
    if (image instanceof Error) broken({ name: entry.name, reason: image.message });
    else yield { at, image, entry };
  }
}

const isCollection = (source: unknown): source is ImageCollection => typeof source === 'object' && source !== null && 'entries' in source && Array.isArray(source.entries);

function some(method: string, collection: ImageCollection): ImageCollection {
  if (collection.entries.length) return collection;
  throw new RangeError(`${method} needs at least one image, got none in ${collection.name}`);
}

async function entryOf(method: string, each: unknown, at: number): Promise<ImageEntry> {
  if (each instanceof Image) return held(each, at);
  if (typeof each === 'string' || each instanceof URL) return { name: String(each), stamp: (await fileStamp(each)) ?? String(each), load: () => loadImage(each) };
  throw new TypeError(`${method} takes images, paths, URLs or sample names, got ${shown(each)} at ${at}`);
}

const held = (image: Image, at: number): ImageEntry => ({
  name: image.name,
  label: image.masks[0]?.label,
  // Found when it is asked for: it reads all pixels.
  get stamp() {
    return `${at} ${image.name} ${image.width} ${image.height} ${crc32(image.data)}`;
  },
  load: async () => image,
});

async function folder(method: string, given: string): Promise<ImageCollection> {
  const root = path.resolve(given);
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new Error(`${method}: no folder at ${shown(given)} (looked in ${root})`);
    if (code === 'ENOTDIR') throw new Error(`${method} takes a folder of images, got the file ${shown(given)}; give [${shown(given)}] for one image`);
    throw new Error(`${method}: folder ${shown(given)} could not be read: ${code ?? (error as Error).message}`);
  });
  const files = found
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && extensions.includes(path.extname(entry.name).toLowerCase()))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => (a < b ? -1 : 1));
  if (!files.length) throw new Error(`${method}: no images (${extensions.join(' ')}) in folder ${shown(given)}${found.length ? `, which holds ${found.length} other files` : ', which is empty'}`);
  return { name: path.basename(root), entries: await Promise.all(files.map((file) => fileEntry(root, file))) };
}

async function fileEntry(root: string, file: string): Promise<ImageEntry> {
  const full = path.join(root, file);
  const parts = file.split(path.sep);
  // A link to nothing is told when it is read, with the other images that cannot be.
  return { name: parts.join('/'), label: parts.length > 1 ? parts[0] : undefined, stamp: (await fileStamp(full)) ?? full, load: () => loadImage(full) };
}

/** Where a file lies, its size and its age; undefined for what is no file here. */
async function fileStamp(place: string | URL): Promise<string | undefined> {
  const full = place instanceof URL ? (place.protocol === 'file:' ? fileURLToPath(place) : undefined) : path.resolve(place);
  const found = full === undefined ? undefined : await stat(full).catch(() => undefined);
  return found?.isFile() ? `${full} ${found.size} ${found.mtimeMs}` : undefined;
}
