import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Published hashes, in hexadecimal; a beginning of eight digits or more will do. */
export interface Hashes {
  sha256?: string;
  md5?: string;
}

/** What is wrong with the file in one phrase, or an empty string when it is the published one (or no hash is known). */
export async function hashFault(file: string, hashes: Hashes): Promise<string> {
  for (const kind of ['sha256', 'md5'] as const) {
    const expected = hashes[kind]?.toLowerCase();
    if (!expected) continue;
    const hash = createHash(kind);
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
    const found = hash.digest('hex');
    if (!found.startsWith(expected)) return `it is not the file that was published (${kind} ${found.slice(0, 12)}..., expected ${expected.slice(0, 12)}...)`;
  }
  return '';
}
