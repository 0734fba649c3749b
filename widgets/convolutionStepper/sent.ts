import type { Convolution, Part } from '../../src/features/arithmetic/convolution';
import type { Arithmetic, LayerArithmetic } from '../../src/features/arithmetic/layerArithmetic';
import { remembered } from '../../src/figure/memo';
import type { StepperData } from './data';

/** A map of at most 256 different values, as a colour of an image is: half as large as otherwise, and exact. */
interface Levels {
  levels: readonly number[];
  codes: Uint8Array;
}

type SentPart = Omit<Part, 'map'> & { map: Float32Array | Levels };
type SentArithmetic = Exclude<Arithmetic, Convolution> | (Omit<Convolution, 'parts'> & { parts: readonly SentPart[] });

/** The data as a page is sent them. */
export interface SentData extends Omit<StepperData, 'layer'> {
  layer: Omit<LayerArithmetic, 'arithmetic'> & { arithmetic: SentArithmetic };
}

export function toSend(data: StepperData): SentData {
  const { arithmetic } = data.layer;
  if (arithmetic.kind !== 'convolution') return data;
  return { ...data, layer: { ...data.layer, arithmetic: { ...arithmetic, parts: arithmetic.parts.map((part) => ({ ...part, map: levelsOf(part.map) })) } } };
}

/** The data as they were. */
export function received(sent: SentData): StepperData {
  const { arithmetic } = sent.layer;
  if (arithmetic.kind !== 'convolution') return sent as StepperData;
  const restored = (part: SentPart): Part => ({ ...part, map: part.map instanceof Float32Array ? part.map : mapOf(part.map) });
  return remembered(sent, 'received', () => ({ ...sent, layer: { ...sent.layer, arithmetic: { ...arithmetic, parts: arithmetic.parts.map(restored) } } }));
}

/** The map in levels, or as it is where there are too many. */
function levelsOf(map: Float32Array): Float32Array | Levels {
  const places = new Map<number, number>();
  const codes = new Uint8Array(map.length);
  for (let at = 0; at < map.length; at++) {
    const place = places.get(map[at]) ?? places.size;
    if (place > 255) return map;
    places.set(map[at], place);
    codes[at] = place;
  }
  return { levels: [...places.keys()], codes };
}

const mapOf = ({ levels, codes }: Levels): Float32Array => Float32Array.from(codes, (code) => levels[code]);
