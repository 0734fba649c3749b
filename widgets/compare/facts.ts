import type { Attribution } from '../../src/attribution/attribution';
import { capital, detailParts, nameOf } from '../../src/figure/caption';
import type { Pixels } from '../../src/image/canvas';
import type { Image } from '../../src/image/image';

/** What maps may differ in; of two, the earlier one makes the rows. */
export const kinds = ['image', 'model', 'class', 'layer', 'method', 'options', 'seed', 'score'] as const;
export type Kind = (typeof kinds)[number];

/** A map's facts as text; empty where there is nothing to tell. */
export type Facts = Readonly<Record<Kind, string>>;

export function factsOf(maps: readonly Attribution[]): Facts[] {
  const images = imageNames(maps);
  return maps.map((map, at) => {
    // How far an integral misses is what came of it, not how it was made: each class has its own. The caption tells it, and a note where it is much.
    const { completeness: _, ...made } = map.options;
    const [score, , options, seed] = detailParts({ ...map, options: made });
    return { image: images[at], model: map.model, class: nameOf(map.target), layer: map.layer ?? '', method: capital(map.method), options, seed, score };
  });
}

/** The names of the maps' images; where different pictures of one size share a name, all but the first are numbered. */
export function imageNames(maps: readonly Pick<Attribution, 'image'>[]): string[] {
  const seen: Image[] = [];
  return maps.map(({ image }) => {
    const namesakes = seen.filter((other) => other.name === image.name);
    // One photograph may have been brought to the sizes of several networks.
    const known = namesakes.findIndex((other) => !ofOneSize(image, other) || isSame(image, other));
    if (known < 0) seen.push(image);
    const place = known < 0 ? namesakes.length : known;
    return place ? `${image.name} (${place + 1})` : image.name;
  });
}

const ofOneSize = (a: Pixels, b: Pixels): boolean => a.width === b.width && a.height === b.height;

export const isSame = (a: Pixels, b: Pixels): boolean => ofOneSize(a, b) && a.data.every((value, at) => value === b.data[at]);

/** The facts with the options that not all share, and the options that all do. */
export function partOptions(facts: readonly Facts[]): { facts: Facts[]; shared: string } {
  const phrases = facts.map(({ options }) => options.split(', '));
  const isShared = (phrase: string): boolean => phrases.every((each) => each.includes(phrase));
  return {
    facts: facts.map((each, at) => ({ ...each, options: phrases[at].filter((phrase) => !isShared(phrase)).join(', ') })),
    shared: phrases[0].filter(isShared).join(', '),
  };
}
