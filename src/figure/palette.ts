import type { Pixels } from '../image/canvas';

/** The distinct colours of a picture, and which of them each pixel has; undefined when there are more than 256. */
export function toPalette({ data }: Pixels): { colours: Uint8ClampedArray; indices: Uint8ClampedArray } | undefined {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const found = new Map<number, number>();
  const indices = new Uint8ClampedArray(words.length);
  for (let at = 0; at < words.length; at++) {
    let index = found.get(words[at]);
    if (index === undefined) found.set(words[at], (index = found.size));
    if (index > 255) return undefined;
    indices[at] = index;
  }
  const colours = new Uint8ClampedArray(Uint32Array.from(found.keys()).buffer);
  return { colours, indices };
}
