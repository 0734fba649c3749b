import type { NetworkData, OutputData } from '../modelView/data';
import type { Seen } from '../../src/figure/shown';

/** What `model.fit` told after an epoch: loss, accuracy, ... */
export type Logs = Readonly<Record<string, number>>;

/** The network at one moment of its training. */
export interface Snapshot {
  /** How many epochs it has been trained; 0 is before the first. */
  epoch: number;
  /** The norm of the kernels of each layer; null for one without. */
  norms: readonly (number | null)[];
  /** What layers make of the image, as far as they are watched. */
  outputs?: readonly (OutputData | null)[];
  /** The likeliest classes of the image. */
  predictions?: readonly { label: string; score: number }[];
}

/** What the widget shows. */
export interface TrainingData extends NetworkData {
  model: string;
  /** The folds that are open at first. */
  open: readonly number[];
  image?: Seen;
  /** After each epoch. */
  logs: readonly Logs[];
  /** Whether more epochs are to come. */
  running: boolean;
  /** Evenly spread over the training, the newest last. */
  snapshots: readonly Snapshot[];
}
