import * as chromatic from 'd3-scale-chromatic';
import { hint, shown } from '../check';

/**
 * A colour scale. Sequential: viridis, magma, inferno, plasma, cividis, greys (black to white), turbo (rainbow-like, on request).
 * Diverging, with white in the middle: RdBu (blue to red), PuOr (purple to orange). Low values come first.
 */
export type Colormap = 'viridis' | 'magma' | 'inferno' | 'plasma' | 'cividis' | 'turbo' | 'greys' | 'RdBu' | 'PuOr';

// The names are spelt out above, so that the public types mention none of d3's.
const interpolators: Record<Colormap, (at: number) => string> = {
  viridis: chromatic.interpolateViridis,
  magma: chromatic.interpolateMagma,
  inferno: chromatic.interpolateInferno,
  plasma: chromatic.interpolatePlasma,
  cividis: chromatic.interpolateCividis,
  turbo: chromatic.interpolateTurbo,
  greys: (at: number) => chromatic.interpolateGreys(1 - at),
  RdBu: (at: number) => chromatic.interpolateRdBu(1 - at),
  PuOr: chromatic.interpolatePuOr,
};

/** The names of the colour scales. */
export const colormaps = Object.keys(interpolators) as readonly Colormap[];

const tables = new Map<Colormap, Uint8Array>();

/** 256 colours as red, green, blue bytes. */
export function colorTable(name: Colormap): Uint8Array {
  if (!colormaps.includes(name)) throw new RangeError(`unknown colormap ${shown(name)}${typeof name === 'string' ? hint(name, colormaps) : ''}`);
  let table = tables.get(name);
  if (!table) tables.set(name, (table = Uint8Array.from(Array.from({ length: 256 }, (_, at) => rgbBytes(interpolators[name](at / 255))).flat())));
  return table;
}

/** d3 gives some scales as `#rrggbb` and others as `rgb(r, g, b)`. */
function rgbBytes(colour: string): number[] {
  if (colour[0] === '#') return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return colour.match(/\d+/g)!.map(Number);
}
