import type { AttributionTarget } from '../../attribution/attribution';
import type { Image } from '../../image/image';
import type { Mask } from '../../image/region';
import type { Classifier } from '../../model/classifier';
import { classIndex } from '../../model/target';

/** A thing in a scene: the class that a method is asked to explain, and the pixels on which its map should lie. */
export interface Thing {
  target: AttributionTarget;
  mask: Mask;
  /** Its share of the picture. */
  area: number;
}

/** Why a scene was left out. */
export type LeftOut = 'unmasked' | 'wrong';

/** The things of a scene, or why there are none to judge by. `seen`: the scene as the network sees it. Several masks of one class are one thing. */
export async function thingsIn(model: Classifier, seen: Image, onlyRight: boolean): Promise<Thing[] | LeftOut> {
  const byClass = new Map<number, Uint8Array>();
  for (const { label, data } of seen.masks) {
    const index = label === undefined ? undefined : classOf(model, label);
    if (index === undefined || !data.includes(1)) continue;
    const known = byClass.get(index);
    byClass.set(index, known ? known.map((inside, at) => inside | data[at]) : data);
  }
  if (!byClass.size) return 'unmasked';
  if (onlyRight) {
    const top = [...(await model.predict(seen, { top: byClass.size }))];
    if (top.some(({ index }) => !byClass.has(index))) return 'wrong';
  }
  return [...byClass].map(([index, data]) => ({
    target: { index, label: model.label(index) },
    mask: { width: seen.width, height: seen.height, data },
    area: data.reduce((sum, inside) => sum + inside, 0) / data.length,
  }));
}

/** The class of a mask's label; undefined for what is no class, as a planted mark. */
function classOf({ head, labels }: Classifier, label: string): number | undefined {
  try {
    return classIndex(label, head.classes, labels);
  } catch {
    return undefined;
  }
}
