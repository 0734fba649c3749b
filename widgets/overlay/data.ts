import type { Attribution } from '../../src/attribution/attribution';
import type { Colormap } from '../../src/figure/colormap';
import type { Range, Sign } from '../../src/figure/normalize';
import type { MaskOptions } from '../../src/figure/maskPanel';
import { mustBeMap, reduced, type Shown, shownOf } from '../../src/figure/shown';

/** How a map is shown: over the photograph, beside it, under a divider that is moved, only what mattered, or alone. */
export type OverlayView = 'overlay' | 'side' | 'swipe' | 'mask' | 'map';

/** What the widget shows, and how it begins. */
export interface OverlayData {
  maps: Shown[];
  view: OverlayView;
  /** What the options told; undefined: the default. */
  opacity?: number;
  fade?: boolean;
  threshold?: number;
  keep?: number;
  cut?: number;
  rest?: MaskOptions['rest'];
  sign?: Sign;
  colormap?: Colormap;
  clip?: number;
  range?: Range;
  size?: number;
  colorbar?: boolean;
}

/** One map, or several of which one is shown at a time. */
export type Maps = Attribution | Iterable<Attribution>;

export function mapsOf(method: string, given: Maps): Attribution[] {
  const maps = given && typeof given === 'object' && Symbol.iterator in given && !('values' in given && 'shape' in given) ? [...given] : [given as Attribution];
  if (!maps.length) throw new RangeError(`${method} got an empty list; give at least one attribution`);
  for (const map of maps) mustBeMap(method, map);
  return maps;
}

export const shownMaps = (maps: readonly Attribution[]): Shown[] => maps.map(shownOf);

export const reduceOverlay = (data: OverlayData, detail: number): OverlayData => ({ ...data, maps: data.maps.map((map) => reduced(map, detail)) });
