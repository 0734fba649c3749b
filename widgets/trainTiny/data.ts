import type { Seen } from '../../src/figure/shown';
import type { Logs } from '../trainingView/data';

/** The net at one moment of its training. */
export interface TinyMoment {
  /** How many epochs it has been trained; 0 is before the first. */
  epoch: number;
  /** The kernels of the first layer, `[side, side, 3, count]`. */
  filters: Float32Array;
  scenes: readonly {
    /** Grad-CAM of the class that the scene shows, on the last convolution's grid. */
    map: Float32Array;
    /** The share of the map that lies on the thing; null where the map is zero. */
    inside: number | null;
    /** The likeliest class. */
    top: { label: string; score: number };
  }[];
}

/** What the widget shows. */
export interface TinyData {
  model: string;
  seed: number;
  /** Scenes in an epoch. */
  scenes: number;
  watched: readonly { image: Seen; label: string; area: number }[];
  filterSide: number;
  /** Rows and columns of the maps. */
  grid: readonly [number, number];
  layers: { first: string; last: string };
  logs: readonly Logs[];
  running: boolean;
  stopped: boolean;
  snapshots: readonly TinyMoment[];
}
