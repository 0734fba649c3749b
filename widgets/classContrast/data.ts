import { coarsened } from '../../src/figure/live/codes';
import { shrink } from '../../src/image/shrink';
import { type Shown, shownOf } from '../../src/figure/shown';
import type { Colormap } from '../../src/figure/colormap';
import type { ContrastMaps } from './contrastMaps';
import type { PairMap } from './difference';

/** Maps over the photograph, or beside it. */
export type ContrastView = 'overlay' | 'map';
export const views: readonly ContrastView[] = ['overlay', 'map'];

/** The map of the difference of the two scores, or the difference of the two maps. */
export type Difference = 'scores' | 'maps';
export const differences: readonly Difference[] = ['scores', 'maps'];

/** How the picture looks. */
export interface ContrastLook {
  /** The maps over the photograph, or beside it. Default: over it; beside it for maps in which neighbouring pixels differ, as gradients do. */
  view?: 'overlay' | 'map';
  /**
   * What the third map is: `'scores'`, the map of score a minus score b, in which what speaks for both cancels; or `'maps'`, the difference of the two maps that are shown.
   * Default `'scores'`.
   */
  difference?: 'scores' | 'maps';
  /** How much of the colour covers the photo, 0 to 1. Default 0.6. */
  opacity?: number;
  /** The colours of the two maps. Default `'viridis'`. */
  colormap?: Colormap;
  /** Length of a map's longer side in CSS pixels, where there is room. Default 224. */
  size?: number;
}

export const lookNames = ['view', 'difference', 'opacity', 'colormap', 'size'] as const;

/** What the widget shows, and how it begins. */
export interface ClassContrastData extends ContrastMaps, ContrastLook {
  /** Whether the classes share one probability, as under a softmax. */
  exclusive: boolean;
}

/** What a page is sent. */
export function dataOf(given: ContrastMaps, look: ContrastLook, exclusive: boolean): ClassContrastData {
  // Maps whose neighbouring values have nothing in common hardly pack: of those three digits must do.
  const kept = given.about.grain === 'fine' ? coarsened : (values: Float32Array): Float32Array => values;
  const maps = given.maps.map(kept);
  const pairs = given.pairs.map((pair): PairMap => ({ ...pair, values: kept(pair.values) }));
  return { ...given, ...look, maps, pairs, about: { ...shownOf(given.about), values: maps[0] }, exclusive };
}

/** The same with about that share of each map's values. */
export function reduceContrast(data: ClassContrastData, detail: number): ClassContrastData {
  const { maps, pairs, shape, about } = data;
  const [height, width] = shape.map((side) => Math.max(1, Math.round(side * Math.sqrt(detail))));
  const less = (values: Float32Array): Float32Array => shrink(values, shape[1], shape[0], width, height);
  const fewer = maps.map(less);
  return { ...data, shape: [height, width], maps: fewer, pairs: pairs.map((pair): PairMap => ({ ...pair, values: less(pair.values) })), about: { ...about, values: fewer[0] } satisfies Shown };
}
