import { remembered } from '../../src/figure/memo';
import type { StepperData } from './data';

/** A map of at most 256 different values, as a colour of an image is: exact, and smaller than in any other way. */
interface Levels {
  levels: readonly number[];
  codes: Uint8Array;
}

/** A map with all its bits. */
interface Exact {
  bits: Uint8Array;
}

type SentMap = Float32Array | Levels | Exact;
type Sent<T> = T extends Float32Array ? SentMap : T extends object ? { [Key in keyof T]: Sent<T[Key]> } : T;

/** The data as a page is sent them: as exact as there is room for, so that the sums there agree to the last digit shown. */
export type SentData = Sent<StepperData>;

/** Up to so many numbers go with all their bits; of more, each with 16. */
const exactly = 40_000;

export function toSend(data: StepperData): SentData {
  let numbers = 0;
  replaced(data, isFloats, (map) => {
    numbers += levelsOf(map) ? 0 : map.length;
    return map;
  });
  return replaced(data, isFloats, (map) => levelsOf(map) ?? (numbers <= exactly ? { bits: new Uint8Array(map.slice().buffer) } : map)) as SentData;
}

/** The data as they were. */
export const received = (sent: SentData): StepperData => remembered(sent, 'received', () => replaced(sent, isSent, mapOf) as StepperData);

const isFloats = (value: object): value is Float32Array => value instanceof Float32Array;
const isSent = (value: object): value is Levels | Exact => 'codes' in value || 'bits' in value;

/** The same record with some of its values replaced. */
function replaced<T extends object>(value: unknown, wanted: (value: object) => value is T, by: (value: T) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (wanted(value)) return by(value);
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((each) => replaced(each, wanted, by));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, wanted, by)]));
}

/** The map in levels; undefined where there are too many for bytes, or too few numbers to gain by it. */
function levelsOf(map: Float32Array): Levels | undefined {
  const places = new Map<number, number>();
  const codes = new Uint8Array(map.length);
  for (let at = 0; at < map.length; at++) {
    const place = places.get(map[at]) ?? places.size;
    if (place > 255) return undefined;
    places.set(map[at], place);
    codes[at] = place;
  }
  return places.size * 4 < map.length ? { levels: [...places.keys()], codes } : undefined;
}

const mapOf = (map: Levels | Exact): Float32Array => ('bits' in map ? new Float32Array(map.bits.slice().buffer) : Float32Array.from(map.codes, (code) => map.levels[code]));
