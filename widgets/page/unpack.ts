import { decodeFloats, fromPlanes } from '../../src/figure/live/codes';
import { isPacked, type Packed } from '../../src/figure/live/format';
import type { Pixels } from '../../src/image/canvas';

/** What `pack` made, as it was: typed arrays, and pixels. */
export async function unpack(text: string): Promise<unknown> {
  const bytes = await inflated(fromBase64(text));
  const jsonEnd = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(4, jsonEnd))) as unknown;
  const body = bytes.subarray(jsonEnd);
  const known = new Map<string, unknown>();
  await Promise.all(pixelsIn(json).map(async (packed) => known.set(keyOf(packed), await decoded(body, packed))));
  const restore = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(restore);
    if (!isPacked(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, restore(each)]));
    // The same bytes become the same object again.
    const found = known.get(keyOf(value)) ?? restored(value, body);
    known.set(keyOf(value), found);
    return found;
  };
  return restore(json);
}

const keyOf = ({ $, at, length }: Packed): string => `${$} ${at} ${length}`;

/** Each picture of the data once: they are decoded beside each other, before all else. */
function pixelsIn(json: unknown): PackedPixels[] {
  const found = new Map<string, PackedPixels>();
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if (!isPacked(value)) Object.values(value).forEach(look);
    else if (value.$ === 'pixels') found.set(keyOf(value), value);
  };
  look(json);
  return [...found.values()];
}

type PackedPixels = Extract<Packed, { $: 'pixels' }>;

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const piece = (body: Uint8Array, { at, length }: Packed): Uint8Array<ArrayBuffer> => body.slice(at, at + length) as Uint8Array<ArrayBuffer>;

const restored = (packed: Packed, body: Uint8Array): unknown => (packed.$ === 'floats' ? decodeFloats(fromPlanes(piece(body, packed)), packed) : piece(body, packed));

async function decoded(body: Uint8Array, packed: PackedPixels): Promise<Pixels & { name?: string }> {
  const { type, width, height, name } = packed;
  const bitmap = await createImageBitmap(new Blob([piece(body, packed)], { type }));
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this page gives no canvas');
  context.drawImage(bitmap, 0, 0);
  return { width, height, name, data: context.getImageData(0, 0, width, height).data };
}
