import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { shown } from '../../check';
import { cacheFolder } from '../../download/cacheFolder';
import { codeOf } from '../../download/failure';
import type { Sampling } from './collect';
import { fingerprint } from './fingerprint';
import { Records, type RecordShape } from './records';

/** `true` the package's cache, `false` nowhere, or a folder. */
export type CacheChoice = boolean | string;

// Changes when what is kept does.
const version = 1;

/** The samples that are kept under these settings, of whatever images; `close` gives the file back, and removes it where nothing is to be kept. */
export function openCache(choice: unknown, sampling: Sampling, shape: RecordShape): { records: Records; close(): void } {
  if (typeof choice !== 'boolean' && (typeof choice !== 'string' || !choice)) throw new TypeError(`cache must be true, false or a folder, got ${shown(choice)}`);
  const folder = choice === false ? mkdtempSync(path.join(os.tmpdir(), 'convlens-atlas-')) : path.join(choice === true ? cacheFolder() : path.resolve(choice as string), 'atlas');
  const remove = (): void => {
    if (choice === false) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const records = new Records(path.join(folder, `${keyOf(sampling, shape)}.samples`), shape);
    return {
      records,
      close() {
        records.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw new Error(`the atlas's cache ${shown(folder)} cannot be used (${codeOf(error) ?? (error as Error).message}); give cache: false, or another folder`);
  }
}

/** Changes with all that a sample depends on, but for the image. */
function keyOf({ model, layer, classes, side, seed }: Sampling, shape: RecordShape): string {
  const parts = [version, fingerprint(model), layer.name, classes, side, seed, shape];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
