import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cacheFolder';
import { download, type DownloadOptions } from './download';
import { versionOf } from './http';
import { urlPath } from './urlPath';

/** The local path of a file on the web, downloaded unless the cache holds the very version that the server has. */
export async function fetched(url: URL, options: DownloadOptions = {}): Promise<string> {
  const folder = path.join(cacheFolder(), 'downloads', short(url.href));
  const base = path.posix.basename(urlPath(url)).replace(/[^\w.-]/g, '_') || 'file';
  // A server that is out of reach fails in the download, which has the words for it.
  const version = await versionOf(url.href, options.signal).catch(() => undefined);
  const file = path.join(folder, version ? `${short(version)}-${base}` : base);
  if (version && existsSync(file)) return file;
  await download(url, file, { label: base, ...options });
  await removeOthers(folder, path.basename(file));
  return file;
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Older versions; what another download has not finished stays. */
async function removeOthers(folder: string, keep: string): Promise<void> {
  const old = (await readdir(folder)).filter((name) => name !== keep && !name.endsWith('.part'));
  // What another process is reading cannot be removed on Windows; the next download of the file removes it.
  await Promise.allSettled(old.map((name) => rm(path.join(folder, name), { force: true })));
}
