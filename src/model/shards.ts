import { readFile } from 'node:fs/promises';
import type * as tf from '@tensorflow/tfjs';

/** A group of `weightsManifest`: the files, and what lies in them one after the other. */
export interface WeightGroup {
  paths: string[];
  weights: tf.io.WeightsManifestEntry[];
}

const bytesOf: Record<string, number> = { float32: 4, int32: 4, bool: 1, complex64: 8, uint8: 1, uint16: 2, float16: 2 };

/** The contents of a group's files, their sizes checked. */
export async function readShards({ paths, weights }: WeightGroup, source: string, find: (name: string) => Promise<string>): Promise<ArrayBuffer[]> {
  const shards: ArrayBuffer[] = [];
  for (const name of paths) {
    const bytes = await find(name).then((file) => readFile(file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error(`${source} names the weight file ${JSON.stringify(name)}, which is not beside it`);
    });
    shards.push(ownBuffer(bytes));
  }
  mustAddUp(paths, shards.map(({ byteLength }) => byteLength), expectedBytes(weights), source);
  return shards;
}

/** Undefined where the size cannot be told beforehand (text). */
function expectedBytes(weights: tf.io.WeightsManifestEntry[]): number | undefined {
  let sum = 0;
  for (const { shape, dtype, quantization } of weights) {
    const each = bytesOf[quantization?.dtype ?? dtype];
    if (each === undefined) return undefined;
    sum += shape.reduce((product, length) => product * length, each);
  }
  return sum;
}

/** A small Buffer is a window on a larger pool; a large one has its memory to itself. */
const ownBuffer = ({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer =>
  (buffer.byteLength === byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;

// What the converter and tf.io write unless told otherwise.
const usualShard = 4 * 2 ** 20;

/** Shards are all of one size but the last, which is shorter; so the odd one out can be named. */
function mustAddUp(paths: string[], sizes: number[], expected: number | undefined, source: string): void {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (expected === undefined || total === expected) return;
  const last = paths.length - 1;
  const full = [usualShard, ...sizes].find((size) => last === 0 || (size * last < expected && expected <= size * paths.length));
  const wanted = paths.map((_, i) => (full === undefined ? undefined : i < last ? full : expected - full * last));
  const odd = sizes.findIndex((size, i) => wanted[i] !== undefined && size !== wanted[i]);
  const fault = total < expected ? 'cut short' : 'too long';
  if (odd < 0) throw new Error(`${source}: its ${paths.length} weight files are ${fault}: ${total} bytes in all, ${expected} expected`);
  throw new Error(`${source}: the weight file ${JSON.stringify(paths[odd])} is ${fault}: ${sizes[odd]} bytes, ${wanted[odd]} expected`);
}
