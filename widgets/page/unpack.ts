import { decodeFloats, fromPlanes } from '../../src/figure/live/codes';
import { isPacked, type Packed } from '../../src/figure/live/format';
import type { Pixels } from '../../src/image/canvas';

/** What `pack` made, as it was: typed arrays, and pixels. */
export async function unpack(text: string): Promise<unknown> {
  const bytes = await inflated(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const jsonEnd = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(4, jsonEnd))) as unknown;
  const body = bytes.subarray(jsonEnd);
  const known = new Map<string, Promise<unknown>>();
  const restore = async (value: unknown): Promise<unknown> => {
    if (isPacked(value)) {
      // The same bytes become the same object again.
      const key = `${value.$} ${value.at} ${value.length}`;
      const found = known.get(key) ?? restored(value, body);
      known.set(key, found);
      return found;
    }
    if (Array.isArray(value)) return Promise.all(value.map(restore));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, each]) => [name, await restore(each)])));
  };
  return restore(json);
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function restored(packed: Packed, body: Uint8Array): Promise<unknown> {
  const bytes = body.slice(packed.at, packed.at + packed.length);
  if (packed.$ === 'bytes') return bytes;
  if (packed.$ === 'floats') return decodeFloats(fromPlanes(bytes), packed);
  return decoded(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: packed.type }), packed);
}

async function decoded(file: Blob, { width, height, name }: { width: number; height: number; name?: string }): Promise<Pixels & { name?: string }> {
  const bitmap = await createImageBitmap(file);
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this page gives no canvas');
  context.drawImage(bitmap, 0, 0);
  return { width, height, name, data: context.getImageData(0, 0, width, height).data };
}
