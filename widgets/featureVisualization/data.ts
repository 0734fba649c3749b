import type { Seen } from '../../src/figure/shown';
import type { Pixels } from '../../src/image/canvas';

/** What the widget shows. */
export interface FeatureData {
  method: string;
  model: string;
  /** What the values are. */
  unit: string;
  /** Whether a larger value is better. */
  rising: boolean;
  /** How it was made, in words. */
  details: string;
  original?: Seen;
  tiles: readonly Tile[];
  notes: readonly string[];
}

/** One optimised picture, and how it came to be. */
export interface Tile {
  /** What tells it from the others. */
  title: string;
  /** In full. */
  label: string;
  best: Pixels;
  step: number;
  value: number;
  start: number;
  grey: number;
  note?: string;
  /** How many steps there were. */
  steps: number;
  /** What each step saw of the picture, where it was moved about. */
  seen: Float32Array;
  /** What the picture reached as it stood, at some steps. */
  checked: readonly { step: number; value: number }[];
  moments: readonly { step: number; value: number }[];
  /** The pictures of the moments side by side: one is smaller than many. */
  strip: Pixels;
}

export interface FeatureState {
  /** Which moment is shown, by its place; as many as there are stand for the best. */
  at: number;
  /** The picture that the strip and the curve are of, by its place. */
  picked: number;
}

/** How many moments there are before the best: of pictures with different numbers of them, the most. */
export const momentCount = ({ tiles }: FeatureData): number => Math.max(...tiles.map(({ moments }) => moments.length));

export const start = (data: FeatureData): FeatureState => ({ at: momentCount(data), picked: 0 });

/** The moment of a picture that is shown, by its place; undefined for the best. */
export const momentAt = ({ moments }: Tile, { at }: FeatureState): number | undefined => (at < moments.length ? at : undefined);

/** The step and the value of what is shown. */
export function shownOf(tile: Tile, state: FeatureState): { step: number; value: number } {
  const at = momentAt(tile, state);
  return at === undefined ? { step: tile.step, value: tile.value } : tile.moments[at];
}
