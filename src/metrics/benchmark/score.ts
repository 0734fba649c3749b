import type { Attribution } from '../../attribution/attribution';
import type { Mask } from '../../image/region';
import { energyInside } from '../energyInside';
import { intersectionOverUnion } from '../intersectionOverUnion';
import { pointingGame } from '../pointingGame';
import type { BenchmarkMeasure } from './result';
import type { Thing } from './things';

/** What one map is worth. */
export interface Marks {
  hit?: boolean;
  energy?: number;
  iou?: number;
  deletion?: number;
  /** In a scene of several classes: whether it points at its own thing, and whether at another. */
  own?: boolean;
  other?: boolean;
  empty: boolean;
  seconds: number;
}

/** Judges a map by the thing that it explains, and by the other things of the scene. */
export function marksOf(map: Attribution, { mask, area }: Thing, others: readonly Mask[], measures: readonly BenchmarkMeasure[]): Marks {
  const at = (masks: Mask | readonly Mask[], tolerance?: number): boolean => pointingGame(map, masks, tolerance === undefined ? { scaled: true } : { tolerance }).hit;
  const { share } = energyInside(map, mask);
  const points = measures.includes('pointing');
  return {
    hit: points ? at(mask) : undefined,
    // No positive evidence is none on the thing.
    energy: measures.includes('energy') ? share || 0 : undefined,
    iou: measures.includes('iou') ? intersectionOverUnion(map, mask, { percentile: 100 * (1 - area) }).value : undefined,
    // Without a tolerance: no place lies on both.
    ...(points && others.length && { own: at(mask, 0), other: at(others, 0) }),
    empty: Number.isNaN(share),
    seconds: map.seconds,
  };
}
