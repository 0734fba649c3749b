import { remembered } from '../../src/figure/memo';
import { resizeMap } from '../../src/image/resizeMap';
import type { Shown } from '../../src/figure/shown';
import type { ClassContrastData, Difference } from './data';
import { contrastOf, minus, ownMap } from './difference';

/** A class's map as it is shown, at the input's size where maps are brought to it. */
export function classField(data: ClassContrastData, at: number): Shown {
  const { about, maps, classes } = data;
  const { index, label, logit, probability } = classes[at];
  const values = remembered(maps[at], 'own', () => full(data, ownMap(data, at)));
  return { ...about, note: undefined, values, shape: sizeOf(data), target: { index, label }, score: { logit, probability } };
}

/** The third map, and what it is. */
export interface DifferenceField {
  map: Shown;
  way: Difference;
  /** Whether its sign tells for which class a place speaks. */
  directed: boolean;
}

/** Of the scores where that was computed, else of the maps. */
export function differenceField(data: ClassContrastData, a: number, b: number, wanted: Difference): DifferenceField {
  const known = wanted === 'scores' && (data.linear || data.pairs.some((pair) => [pair.a, pair.b].includes(a) && [pair.a, pair.b].includes(b)));
  const way: Difference = known ? 'scores' : 'maps';
  const { values, directed } = remembered(data.maps[a], `${way} minus ${b}`, () => {
    const contrast = known ? contrastOf(data, a, b) : undefined;
    if (contrast) return { values: full(data, contrast.values), directed: contrast.signed };
    return { values: minus(classField(data, a).values, classField(data, b).values), directed: true };
  });
  const { about, classes } = data;
  const target = { index: -1, label: `${classes[a].label}, not ${classes[b].label}` };
  const score = { logit: classes[a].logit - classes[b].logit, probability: null };
  return { map: { ...about, note: undefined, values, shape: sizeOf(data), target, score, signed: directed }, way, directed };
}

const sizeOf = ({ resize, shape, about: { image } }: ClassContrastData): [number, number] => (resize ? [image.height, image.width] : shape);

const full = (data: ClassContrastData, values: Float32Array): Float32Array => (data.resize ? resizeMap(values, data.shape, sizeOf(data), data.resize) : values);
