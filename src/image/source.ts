import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest, shown } from '../check';
import { codeOf } from '../download/failure';
import { get } from '../download/http';
import { pipFile } from '../download/pipFile';
import { urlPath } from '../download/urlPath';
import { isSample, sampleNames, samplePackage, samplePath, type SampleName } from './samples';

const timeoutMs = 30_000;
const largest = 200e6;

interface Encoded {
  bytes: Buffer;
  name: string;
}

/** The bytes behind a path, URL, sample name or byte array, and what to call them. */
export async function readSource(source: unknown): Promise<Encoded> {
  if (source instanceof Uint8Array) return { bytes: Buffer.from(source.buffer, source.byteOffset, source.byteLength), name: 'image' };
  if (source instanceof URL) return readUrl(source);
  if (typeof source !== 'string' || !source) {
    throw new TypeError(`loadImage takes a path, URL, bytes, { data, width, height }, a sample (${sampleNames.join(', ')}) or a scene ('scene:cat+dog'), got ${shown(source)}`);
  }
  if (isSample(source)) return readSample(source);
  // Two letters at least: `C:` is a drive.
  if (/^(https?|file|data|blob):|^[a-z]{2,}:\/\//i.test(source)) {
    if (!URL.canParse(source)) throw new TypeError(`image URL ${shown(source)} is not a valid address`);
    return readUrl(new URL(source));
  }
  return readPath(source);
}

/** From the cache; the first time, where set-up was not run, from the package that holds it. */
async function readSample(name: SampleName): Promise<Encoded> {
  const file = samplePath(name);
  const cached = await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(`sample ${shown(name)} could not be read: ${reason(error)}`);
  });
  if (cached) return { bytes: cached, name };
  try {
    await pipFile(file, samplePackage(name));
    return { bytes: await readFile(file), name };
  } catch (error) {
    throw new Error(`sample ${shown(name)} is not in the cache and could not be fetched (${reason(error)}); run: npx convlens setup`);
  }
}

function readUrl(url: URL): Promise<Encoded> {
  if (url.protocol === 'file:') return readPath(fileURLToPath(url));
  if (url.protocol === 'http:' || url.protocol === 'https:') return fetchUrl(url);
  throw new TypeError(`image URL must be http:, https: or file:, got ${shown(url.href)}`);
}

async function fetchUrl(url: URL): Promise<Encoded> {
  const name = path.posix.basename(urlPath(url)) || url.hostname;
  try {
    const { body, total = 0 } = await get(url.href, { signal: AbortSignal.timeout(timeoutMs) });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (Math.max(size, total) > largest) throw new Error(`it is over ${largest / 1e6} MB`);
    }
    return { bytes: Buffer.concat(chunks), name };
  } catch (error) {
    throw new Error(`image ${shown(url.href)} could not be fetched: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return codeOf(error) ?? error.message;
}

async function readPath(file: string): Promise<Encoded> {
  try {
    return { bytes: await readFile(file), name: path.basename(file) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new Error(`image ${shown(file)} is a folder, not a file`);
    if (code === 'ENOENT') throw new Error(`no image at ${shown(file)}${await near(file)}`);
    throw new Error(`image ${shown(file)} could not be read: ${code ?? message}`);
  }
}

/** Names the sample or the neighbouring file that a mistyped path may have meant, else where it was looked for. */
async function near(file: string): Promise<string> {
  const folder = path.dirname(file);
  const sample = folder === '.' ? nearest(file, sampleNames) : undefined;
  if (sample) return `; did you mean the sample ${JSON.stringify(sample)}?`;
  const names = await readdir(folder).catch((): string[] => []);
  const found = nearest(path.basename(file), names);
  if (found) return `; did you mean ${JSON.stringify(path.join(folder, found))}?`;
  return ` (looked in ${path.resolve(folder)}); samples: ${sampleNames.join(', ')}`;
}
