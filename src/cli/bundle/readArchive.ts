import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ReadEntry } from 'tar';
import type { Job } from '../../progress';
import { megabytes } from '../notebooks/placeFiles';
import { largestManifest, type Manifest, manifestName, readManifest } from './manifest';

/** Thrown to leave the archive once enough is known. */
const enough = Symbol('enough');

/** The list of what a bundle holds, which comes first in it. */
export async function manifestIn(file: string): Promise<Manifest> {
  let manifest: Manifest | undefined;
  await eachEntry(file, async (entry) => {
    if (entry.path !== manifestName || !isFile(entry)) throw new Error('it is no bundle of convlens');
    if (entry.size > largestManifest) throw new Error('its list of files is too long');
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk);
    manifest = readManifest(Buffer.concat(chunks).toString('utf8'));
    throw enough;
  });
  if (!manifest) throw new Error(`${file} is no bundle of convlens: it is empty`);
  return manifest;
}

/** Unpacks a bundle below the folder `to`: the listed files, each with the size and the hash that the list says. Whatever else the archive holds is refused. */
export async function unpack(file: string, { files }: Manifest, to: string, { signal, advance }: Pick<Job, 'signal' | 'advance'>): Promise<void> {
  const left = new Map(files.map((listed) => [listed.path, listed]));
  let done = 0;
  let isFirst = true;

  async function visit(entry: ReadEntry): Promise<void> {
    const name = JSON.stringify(entry.path);
    if (!isFile(entry)) throw new Error(`it holds ${/link/i.test(entry.type) ? 'a link' : `a ${entry.type}`}, ${name}: convlens did not make it`);
    if (isFirst && entry.path === manifestName) {
      isFirst = false;
      return void entry.resume();
    }
    const listed = left.get(entry.path);
    if (!listed) throw new Error(`it holds ${name}${files.some((each) => each.path === entry.path) ? ' twice' : ', which its list does not name'}`);
    if (entry.size !== listed.bytes) throw new Error(`${entry.path} has ${entry.size} bytes instead of ${listed.bytes}`);
    left.delete(entry.path);
    const hash = createHash('sha256');
    async function* passing(): AsyncGenerator<Buffer> {
      for await (const chunk of entry) {
        hash.update(chunk);
        yield chunk;
        await advance((done += chunk.length));
      }
    }
    const place = path.join(to, ...entry.path.split('/'));
    mkdirSync(path.dirname(place), { recursive: true });
    await pipeline(passing, createWriteStream(place, { flags: 'wx' }), { signal });
    if (hash.digest('hex') !== listed.sha256) throw new Error(`${entry.path} is damaged: copy the file again`);
  }

  await eachEntry(file, visit);
  const [missing] = left.keys();
  if (missing) throw new Error(`${file} ${spoiled} (${missing} is missing)`);
}

const isFile = ({ type }: ReadEntry): boolean => type === 'File' || type === 'OldFile';

/** Goes through the entries of a .tar.gz, one after the other; an error says what is wrong with the file. */
async function eachEntry(file: string, visit: (entry: ReadEntry) => Promise<void>): Promise<void> {
  const { Parser } = require('tar') as typeof import('tar');
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const zip = createGunzip();
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  let work = Promise.resolve();
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      work = work.then(() => visit(entry));
      work.catch(fail);
    },
  });
  parser.on('error', fail);
  source.once('error', (error) => zip.destroy(error));
  const read = async (): Promise<void> => {
    for await (const chunk of source.pipe(zip)) if (!parser.write(chunk as Buffer)) await once(parser, 'drain');
    const end = once(parser, 'end');
    parser.end();
    await end;
    await work;
  };
  try {
    await Promise.race([read(), failed]);
  } catch (error) {
    if (error !== enough) throw told(error, file);
  } finally {
    source.destroy();
    zip.destroy();
  }
}

const spoiled = 'is cut short or damaged: copy it again';

function told(error: unknown, file: string): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Error(`no file ${file}`);
  if (code === 'EISDIR') return new Error(`${file} is a folder: name a bundle, which is a file`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return new Error(`${file} is empty: copy it again`);
  if (message === 'incorrect header check') return new Error(`${file} is no bundle of convlens: it is not a .tar.gz file`);
  if (/^TAR_ENTRY/.test(code)) return new Error(`${file} is damaged, or convlens did not make it (${message.replace(/^TAR_\w+: /, '')}): copy it again`);
  if (/^(Z_|TAR_)/.test(code)) return new Error(`${file} (${megabytes(size)}) ${spoiled}`);
  if (code || (error as Error).name === 'AbortError') return error as Error;
  return new Error(message.startsWith(file) ? message : `${file}: ${message}`);
}
