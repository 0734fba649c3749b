import { between, finite, knownOptions, shown } from '../../check';
import { seedBits, stir } from '../../model/stir';
import type { Move } from './warp';
import type { Param, Size } from './parametrization';

/** How the picture is moved about at each step, so that what excites the filter must bear it. */
export interface Transforms {
  /** Pixels each way. Default: a twelfth of the picture's side. */
  jitter?: number;
  /** The smallest and the largest factor of its size. Default `[0.9, 1.1]`; with `param: 'maco'` `[1, 2.5]`, which crops. */
  scale?: readonly [number, number];
  /** Degrees each way. Default 10. */
  rotate?: number;
}

export interface Moves {
  jitter: number;
  scale: readonly [number, number];
  rotate: number;
}

/** What is asked for, with its defaults; undefined for none. */
export function movesOf(given: boolean | Transforms | undefined, param: Param, size: Size): Moves | undefined {
  if (given === false || (given === undefined && param === 'pixel')) return undefined;
  if (given !== undefined && typeof given !== 'boolean' && (given === null || typeof given !== 'object')) throw new TypeError(`transforms must be true, false or { jitter, scale, rotate }, got ${shown(given)}`);
  const own = typeof given === 'object' ? given : {};
  knownOptions('transforms', own, ['jitter', 'scale', 'rotate']);
  const side = Math.min(...size);
  const jitter = between('jitter', own.jitter ?? Math.round(side / 12), 0, side);
  const rotate = between('rotate', own.rotate ?? 10, 0, 180);
  const scale = own.scale ?? (param === 'maco' ? [1, 2.5] : [0.9, 1.1]);
  if (!Array.isArray(scale) || scale.length !== 2) throw new TypeError(`scale must be [smallest, largest], got ${shown(scale)}`);
  const [low, high] = scale.map((each) => between('scale', finite('scale', each), 0.1, 10));
  if (low > high) throw new RangeError(`scale must be [smallest, largest], got ${shown(scale)}`);
  return { jitter, rotate, scale: [low, high] };
}

/** The move of a step: the same for the same seed and step. A larger picture may be moved so far that all its parts are seen. */
export function moveAt({ jitter, scale, rotate }: Moves, [height, width]: Size, seed: number, step: number): Move {
  const base = stir(stir(seedBits(seed) ^ 0x5bd1e995) + step);
  const draw = (which: number, low: number, high: number): number => low + (stir(base + which) / 2 ** 32) * (high - low);
  const factor = draw(0, ...scale);
  const reach = (side: number): number => jitter + Math.max(0, (side - side / factor) / 2);
  return {
    scale: factor,
    turn: (draw(1, -rotate, rotate) * Math.PI) / 180,
    down: draw(2, -reach(height), reach(height)),
    across: draw(3, -reach(width), reach(width)),
  };
}
