import type { Classifier, ImageInput } from '../model/classifier';
import type { Score } from '../model/target';
import type { Aim } from './aim';
import type { AttributionRecord } from './attribution';
import { rowsThatPass } from './budget';
import type { Counter, Found, MethodSpec, TargetOptions } from './method';
import { joined } from './notes';

/** The records of a few images, or of one image's targets. */
export async function recordsOf<Options extends TargetOptions>(spec: MethodSpec<Options>, model: Classifier, inputs: readonly ImageInput[], aims: readonly Aim[][], options: Options, job: Counter): Promise<Omit<AttributionRecord, 'backend'>[]> {
  const start = performance.now();
  const prepared = model.prepareAll(inputs);
  try {
    const flat = aims.flat();
    const found = new Map<Aim, Found[]>();
    for (const [of, alike] of groups(flat, spec.count ? Infinity : (options.batchSize ?? rowsThatPass(model.graph)), inputs.length)) {
      const some = await spec.find({ model, x: prepared.x, input: inputs[0], image: prepared.images[0], aims: alike, of, job }, options);
      const each = some.length / alike.length;
      alike.forEach((aim, i) => found.set(aim, some.slice(i * each, (i + 1) * each)));
    }
    const count = [...found.values()].flat().length;
    const seconds = (performance.now() - start) / 1000 / count;
    return flat.flatMap((aim, i) => {
      const image = prepared.images[Math.floor((i * inputs.length) / flat.length)];
      return (found.get(aim) as Found[]).map((one): Omit<AttributionRecord, 'backend'> => ({
        method: spec.method,
        grain: 'coarse',
        ...withNote(one),
        unit: unitOf(one.unit, aim.of === model.head.logits ? options.score : undefined),
        options: { score: options.score, ...one.options },
        model: model.name,
        ...aim.reached,
        image,
        seconds,
      }));
    });
  } finally {
    prepared.x.dispose();
  }
}

/** Aims that read the same value go through the network together, as many targets of one image as fit. */
function groups(aims: readonly Aim[], most: number, images: number): [number, Aim[]][] {
  const size = images > 1 ? images : Math.min(most, aims.length);
  return [...byValue(aims)].flatMap(([of, alike]) => Array.from({ length: Math.ceil(alike.length / size) }, (_, i): [number, Aim[]] => [of, alike.slice(i * size, (i + 1) * size)]));
}

/** Aims by the value of the network that they read. */
export function byValue(aims: readonly Aim[]): Map<number, Aim[]> {
  const sorted = new Map<number, Aim[]>();
  for (const aim of aims) sorted.set(aim.of, [...(sorted.get(aim.of) ?? []), aim]);
  return sorted;
}

/** Methods tell their unit in logits; a probability and a layer's output are something else. */
const unitOf = (unit: string, score: Score | undefined): string => (score === 'logit' ? unit : unit.replace(/\blogits?\b/, score ?? 'score'));

/** Without this an overflow would end as a blank picture. */
const withNote = (found: Found): Found =>
  found.values.every(Number.isFinite) ? found : { ...found, note: joined(found.note, 'some values are not finite: the network overflows on this input') };
