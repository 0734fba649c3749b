import type { Seen } from '../../src/figure/shown';
import { type Predictions } from '../../src/model/predictions';
import { rowsOf } from './collect';
import type { Measure, Row } from './rows';
import type { Scale } from './scale';

/** A set of predictions, but for its classes. */
export interface SetData {
  /** `before` and `after`, unless told; empty for one set. */
  name: string;
  model: string;
  image: Seen;
  /** How many classes it tells. */
  told: number;
  /** Whether the network overflowed: some of its numbers are not finite. */
  broken: boolean;
  /** The least probability and logit that it tells: no class that it does not tell has more. */
  least: { score: number; logit: number };
}

/** What the widget shows, and how it begins. */
export interface PredictionsData {
  /** One, or before and after. */
  sets: SetData[];
  /** The likeliest of the first set first. */
  rows: Row[];
  /** How many classes there are in all. */
  classes: number;
  measure: Measure;
  scale: Scale;
}

/** What a page is sent. */
export function dataOf(sets: readonly Predictions[], names: readonly string[], measure: Measure, scale: Scale): PredictionsData {
  return { sets: sets.map((set, at) => setData(set, sets.length > 1 ? names[at] : '')), rows: rowsOf(sets), classes: sets[0].classes, measure, scale };
}

function setData({ items, model, image: { width, height, data, name: title } }: Predictions, name: string): SetData {
  const broken = items.some(({ score, logit }) => !Number.isFinite(score) || !Number.isFinite(logit));
  const least = { score: Math.min(1, ...items.map(({ score }) => score)), logit: Math.min(...items.map(({ logit }) => logit)) };
  return { name, model, image: { width, height, data, name: title }, told: items.length, broken, least };
}

/** Whether both sets are of one picture. */
export function onePicture({ sets }: PredictionsData): boolean {
  const [first, last] = [sets[0].image, sets[sets.length - 1].image];
  return first.width === last.width && first.height === last.height && (first.data === last.data || first.data.every((value, at) => value === last.data[at]));
}
