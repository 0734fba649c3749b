import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hashFault, type Hashes } from '../../download/hash';
import { sampleNames, samplePackage, samplePath } from '../../image/samples';
import { type PublishedPreset, weightFiles, weightsPath } from '../../model/weightFiles';
import { chosenNames, courseFiles } from '../notebooks/course';
import type { Packed } from './archive';
import { isInside, type Listed } from './manifest';

/** A file of the cache that is known by name, hash and source. */
export interface Known {
  /** Its place in a bundle, and below the cache folder. */
  path: string;
  /** Where it lies in the cache. */
  file: string;
  hashes: Hashes;
  /** What a person calls it, and how it is fetched. */
  name: string;
  fetch: string;
}

const names = Object.keys(weightFiles) as PublishedPreset[];

/** All files of the cache that a bundle may hold: weights and photographs. */
export function knownFiles(): Known[] {
  const weights = names.map((name) => {
    const { file, hashes, megabytes } = weightFiles[name];
    const fetch = name === 'efficientnet-lite0' ? 'npx convlens setup fetches it' : `loadModel('${name}') fetches it once, ${megabytes} MB`;
    return { path: `models/${name}/${file}`, file: weightsPath(name), hashes, name, fetch };
  });
  const photographs = sampleNames.map((name) => {
    const { file, sha256 } = samplePackage(name);
    return { path: `images/${file}`, file: samplePath(name), hashes: { sha256 }, name: `the photograph ${name}`, fetch: 'npx convlens setup fetches it' };
  });
  return [...weights, ...photographs];
}

/** Those that are there and as they were published; and why the others are left out. */
export async function present(): Promise<{ packed: Packed[]; leftOut: string[] }> {
  const packed: Packed[] = [];
  const leftOut: string[] = [];
  for (const { path, file, hashes, name, fetch } of knownFiles()) {
    if (!existsSync(file)) leftOut.push(`${name} is not in the cache: ${fetch}`);
    else if (await hashFault(file, hashes)) leftOut.push(`${name} is not as it was published: remove ${file}, then ${fetch}`);
    else packed.push({ path, from: file, bytes: statSync(file).size });
  }
  return { packed, leftOut };
}

/** The notebooks of a folder with what lies beside them; the course itself where none is named. */
export function notebookFiles(folder: string | undefined): Packed[] {
  if (folder === undefined) return courseFiles(chosenNames(undefined), { reader: 'reader' }).map(({ name, data }) => ({ path: `notebooks/${name}`, from: data, bytes: data.length }));
  const about = statSync(folder, { throwIfNoEntry: false });
  if (!about?.isDirectory()) throw new Error(about ? `${folder} is a file: name a folder of notebooks` : `no folder ${folder}`);
  const files = plainFiles(folder, '');
  if (!files.some(({ path }) => path.endsWith('.ipynb'))) throw new Error(`no notebooks in ${folder}`);
  const odd = files.find((file) => !isInside(file.path));
  if (odd) throw new Error(`${odd.path.slice('notebooks/'.length)} in ${folder} has a name that not every system takes: rename it`);
  return files;
}

/** Without what is hidden, links, and installed packages. */
function plainFiles(folder: string, below: string): Packed[] {
  const entries = readdirSync(path.join(folder, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const place = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return plainFiles(folder, place);
    if (!entry.isFile()) return [];
    const from = path.join(folder, place);
    return [{ path: `notebooks/${place}`, from, bytes: statSync(from).size }];
  });
}

/** What the list of a bundle says of a file. */
export async function listed({ path, bytes, from }: Packed): Promise<Listed> {
  const hash = createHash('sha256');
  if (typeof from === 'string') await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), hash);
  else hash.update(from);
  return { path, bytes, sha256: hash.digest('hex') };
}

export const contentsOf = (folder: string, name: string): Buffer => readFileSync(path.join(folder, ...name.split('/')));
