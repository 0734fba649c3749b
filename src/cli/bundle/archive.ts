import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A file on its way into the archive. */
export interface Packed {
  /** Its place in the archive. */
  path: string;
  bytes: number;
  /** Where it lies, or what is in it. */
  from: string | Buffer;
}

const block = 512;

/** Writes a .tar.gz that does not tell when or by whom it was made: the same files give the same bytes. `advance` hears how many bytes went in. */
export async function writeArchive(to: string, files: readonly Packed[], { signal, advance }: { signal: AbortSignal; advance(bytes: number): Promise<void> }): Promise<void> {
  // Loaded here, because only this command needs it.
  const { Header, Pax } = require('tar') as typeof import('tar');
  const mtime = new Date(0);

  function head(path: string, size: number): Buffer {
    const header = new Header({ path, size, mode: 0o644, mtime, type: 'File' });
    // A long name does not fit into the header itself.
    const extended = header.encode() ? new Pax({ path }).encode() : Buffer.alloc(0);
    return Buffer.concat([extended, header.block!]);
  }

  async function* blocks(): AsyncGenerator<Buffer> {
    let done = 0;
    for (const { path, bytes, from } of files) {
      yield head(path, bytes);
      let own = 0;
      for await (const chunk of typeof from === 'string' ? (createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) : [from]) {
        own += chunk.length;
        yield chunk;
        await advance((done += chunk.length));
      }
      if (own !== bytes) throw new Error(`${typeof from === 'string' ? from : path} changed while it was packed: try again`);
      yield Buffer.alloc((block - (bytes % block)) % block);
    }
    yield Buffer.alloc(2 * block);
  }

  // Weights and pictures hardly get smaller: the quickest level is as good as the best.
  await pipeline(blocks, createGzip({ level: 1 }), createWriteStream(to, { flush: true }), { signal });
}
