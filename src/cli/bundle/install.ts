import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../download/cacheFolder';
import { hashFault } from '../../download/hash';
import { longWork } from '../../longWork';
import { version } from '../../packageRoot';
import { checkRoom, megabytes, placeFiles, writeFailure } from '../notebooks/placeFiles';
import { quoted } from '../quoted';
import { script } from '../script';
import { contentsOf, type Known, knownFiles } from './contents';
import type { Listed, Manifest } from './manifest';
import { manifestIn, unpack } from './readArchive';

interface FilesScript {
  /** A new empty folder inside `parent`; removes those of runs that were killed. */
  workFolder(parent: string): string;
}

/** A file of the bundle, and the place in the cache that is its own. */
interface Cached {
  listed: Listed;
  target: Known;
}

/** Installs a bundle: weights and photographs into the cache, the notebooks into a folder. Nothing gets to its place before all of it is checked. */
export async function install(file: string, folder: string, force: boolean, signal: AbortSignal): Promise<void> {
  const manifest = await manifestIn(file);
  const { inCache, notebooks } = sorted(file, manifest);
  const names = notebooks.map(({ path }) => path.slice('notebooks/'.length));
  checkRoom(folder, names, force);
  const { workFolder } = await script<FilesScript>('setup/files');
  const cache = cacheFolder();
  const full = (error: unknown): never => {
    throw writeFailure(error, cache, bytesOf(manifest.files));
  };
  // On the disk of the cache, so that each file gets to its place by a rename.
  const aside = await Promise.resolve(cache).then(workFolder).catch(full);
  try {
    const fresh = await fill(file, manifest, inCache, aside, signal).catch(full);
    placeFiles(folder, names.map((name) => ({ name, data: contentsOf(path.join(aside, 'notebooks'), name) })));
    tell(folder, { fresh, inCache: inCache.map(({ listed }) => listed), notebooks }, cache);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** What goes where; a file that goes nowhere is an error. */
function sorted(file: string, { files, convlens }: Manifest): { inCache: Cached[]; notebooks: Listed[] } {
  const known = new Map(knownFiles().map((target) => [target.path, target]));
  const notebooks = files.filter(({ path }) => path.startsWith('notebooks/'));
  const inCache = files.filter((listed) => !notebooks.includes(listed)).map((listed) => {
    const target = known.get(listed.path);
    if (!target) throw new Error(`${file}: it holds ${listed.path}, which convlens ${version} does not know (it was made by ${convlens.slice(0, 20)}): nothing was installed`);
    return { listed, target };
  });
  return { inCache, notebooks };
}

/** Unpacks all of it aside, and moves the files of the cache to their places; gives those that were not there before. */
async function fill(file: string, manifest: Manifest, inCache: readonly Cached[], aside: string, signal: AbortSignal): Promise<Listed[]> {
  await longWork(`installing ${path.basename(file)}`, { total: bytesOf(manifest.files) / 1e6, unit: 'MB', signal }, (job) =>
    unpack(file, manifest, aside, { signal: job.signal, advance: (done) => job.advance(done / 1e6) }),
  );
  const unpacked = ({ path: name }: Listed): string => path.join(aside, ...name.split('/'));
  // The list may say what it likes of a file: these are known by the hash that was published.
  for (const { listed, target } of inCache) {
    const fault = await hashFault(unpacked(listed), target.hashes);
    if (fault) throw new Error(`${file}: ${target.name}: ${fault}; nothing was installed`);
  }
  const fresh: Listed[] = [];
  for (const { listed, target } of inCache) {
    if (existsSync(target.file) && !(await hashFault(target.file, { sha256: listed.sha256 }))) continue;
    mkdirSync(path.dirname(target.file), { recursive: true });
    renameSync(unpacked(listed), target.file);
    fresh.push(listed);
  }
  return fresh;
}

function tell(folder: string, { fresh, inCache, notebooks }: { fresh: Listed[]; inCache: Listed[]; notebooks: Listed[] }, cache: string): void {
  const size = (files: Listed[]): string => megabytes(bytesOf(files));
  const models = inCache.filter(({ path }) => path.startsWith('models/'));
  const photographs = inCache.length - models.length;
  const what = [...models.map(({ path }) => path.split('/')[1]), ...(photographs ? [`${photographs} photographs`] : [])].join(', ');
  const same = inCache.length - fresh.length;
  if (inCache.length) console.log(`in ${cache}: ${what} (${size(inCache)}${same ? `; ${same === inCache.length ? 'all' : same} of it was there` : ''})`);
  if (notebooks.length) console.log(`in ${folder}: ${notebooks.filter(({ path }) => path.endsWith('.ipynb')).length} notebooks (${size(notebooks)})`);
  console.log(`next: npx convlens lab ${quoted(folder)}`);
}

const bytesOf = (files: readonly Listed[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
