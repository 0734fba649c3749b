import { deflateRawSync } from 'node:zlib';
import { encode, type Pixels } from '../../image/canvas';
import { encodeFloats, toPlanes } from './codes';
import type { Packed } from './format';

/**
 * Data for a page, as compact text. `Float32Array` keeps 16 bits a value (between its own least and greatest; 0 stays 0, what is not finite
 * becomes NaN), `Uint8Array` all of it, pixels become a JPEG (small ones a PNG). What occurs twice is sent once. Functions are left out.
 */
export function pack(data: unknown): string {
  const pieces: Uint8Array[] = [];
  const known = new Map<object, Packed>();
  let end = 0;
  const add = (bytes: Uint8Array): { at: number; length: number } => {
    const at = end;
    pieces.push(bytes);
    end += bytes.length;
    return { at, length: bytes.length };
  };
  const once = (value: object, make: () => Packed): Packed => {
    const found = known.get(value) ?? make();
    known.set(value, found);
    return found;
  };
  const plain = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof Float32Array) return once(value, () => packedFloats(value, add));
    if (value instanceof Uint8Array) return once(value, () => ({ $: 'bytes', ...add(value) }));
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    if (isPixels(value)) return once(value.data, () => packedPixels(value, add));
    if (Array.isArray(value)) return value.map(plain);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  };
  const json = Buffer.from(JSON.stringify(plain(data)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return deflateRawSync(Buffer.concat([length, json, ...pieces]), { level: 9 }).toString('base64');
}

/** An image keeps its name; of many small pictures in one, a lower `quality` than that of a photograph is enough. */
type Named = Pixels & { name?: string; quality?: number };

type Add = (bytes: Uint8Array) => { at: number; length: number };

function packedFloats(values: Float32Array, add: Add): Packed {
  const { codes, coded } = encodeFloats(values);
  return { $: 'floats', ...add(toPlanes(codes)), ...coded };
}

// Of small pictures each pixel counts, and they cost little.
const small = 96;

function packedPixels(pixels: Named, add: Add): Packed {
  const { width, height, name, quality } = pixels;
  const type = Math.max(width, height) <= small ? 'png' : 'jpeg';
  return { $: 'pixels', ...add(encode(pixels, type, quality)), type: `image/${type}`, width, height, name };
}

const isPixels = (value: object): value is Named => 'data' in value && value.data instanceof Uint8ClampedArray && 'width' in value && 'height' in value;
