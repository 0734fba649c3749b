import type { Colormap } from '../../src/figure/colormap';
import type { Cursor } from '../shared/crossHair';
import type { CompareData } from './data';

export interface CompareState {
  as: 'overlay' | 'heatmap';
  scale: 'shared' | 'relative';
  colormap?: Colormap;
  opacity: number;
  /** The column that the random map is like; -1: there is none. */
  random: number;
  seed: number;
  cursor?: Cursor;
  /** The key of the cell that is pointed at or was stepped to. */
  chosen?: string;
  /** The key of the cell that is shown alone. */
  enlarged?: string;
  /** The class that was picked last, here or in another view. */
  target?: number;
  /** Two rows or columns whose agreement is pointed at. */
  pair?: { of: 'rows' | 'columns'; a: number; b: number };
}

export const start = ({ as, scale, colormap, opacity, random, seed }: CompareData): CompareState => ({ as, scale, colormap, opacity, random, seed });
