import { type Classifier, Image, loadImage, type LayerTable, sceneClasses } from '../index';

/** Pictures and layers that suit a network, so that the same notebook runs on any. */
export interface Examples {
  /** A picture of one thing that the network knows. */
  photo: Image;
  /** What it calls it: the likeliest class. */
  label: string | number;
  /** The class that it finds likeliest after that. */
  rival: string | number;
  /** A second picture, of something else. */
  second: Image;
  secondLabel: string | number;
  /** Two things in one picture. */
  pair: Image;
  pairLabels: [string | number, string | number];
  /** The last layer of each resolution, from the finest to the coarsest: the end of each of its stages. */
  layers: string[];
}

/**
 * Pictures that a network knows, what it calls them, and the last layer of each of its stages. Networks that know painted scenes, as `vgg-tiny`, get scenes; others get photographs.
 * @example
 * const { photo, label, layers } = await examplesFor(model);
 */
export async function examplesFor(model: Classifier): Promise<Examples> {
  const painted = sceneClasses.every((name) => model.labels?.includes(name));
  const [photo, second, pair] = painted
    ? await Promise.all([loadImage('scene:bird'), loadImage('scene:cat'), loadImage('scene:cat+dog')])
    : await Promise.all([loadImage('coffee'), loadImage('cat'), sideBySide('cat', 'motorcycle')]);
  const [label, rival] = await likeliest(model, photo);
  const [secondLabel] = await likeliest(model, second);
  return { photo, label, rival, second, secondLabel, pair, pairLabels: await pairLabels(model, pair), layers: stages(model.layers()) };
}

async function likeliest(model: Classifier, image: Image): Promise<(string | number)[]> {
  return [...(await model.predict(image, { top: 2 }))].map(({ index, label }) => (model.labels ? label : index));
}

/** What the two masks of the pair are called, where the network has those names; else its two likeliest classes. */
async function pairLabels(model: Classifier, pair: Image): Promise<[string | number, string | number]> {
  const names = pair.masks.map(({ label }) => label);
  if (names.every((name) => name !== undefined && model.labels?.some((known) => known.split(', ').includes(name)))) return names as [string, string];
  return (await likeliest(model, pair)) as [string | number, string | number];
}

const side = 224;
const called = { cat: 'Egyptian cat', motorcycle: 'moped' } as const;

/** Two photographs in one, each squeezed to half of it; the masks say which half is which. */
async function sideBySide(...names: (keyof typeof called)[]): Promise<Image> {
  const data = new Uint8ClampedArray(side * side * 4);
  const half = side / 2;
  for (const [at, name] of names.entries()) {
    const square = (await loadImage(name)).fitTo(side, side);
    const squeezed = new Image(side, side, square.data, name, 'stretch').fitTo(side, half);
    for (let y = 0; y < side; y++) data.set(squeezed.data.subarray(y * half * 4, (y + 1) * half * 4), (y * side + at * half) * 4);
  }
  const masks = names.map((name, at) => ({ label: called[name], width: side, height: side, data: Uint8Array.from({ length: side * side }, (_, i) => Number(Math.floor((i % side) / half) === at)) }));
  return new Image(side, side, data, names.join(' and '), 'stretch', masks);
}

/** The last layer with a grid of each size that is no pooling: pooling belongs to what follows. */
function stages(layers: LayerTable): string[] {
  const last = new Map<number, string>();
  for (const { name, kind, outputShape } of layers) {
    const [, height, width] = outputShape;
    if (outputShape.length === 4 && height && width && height * width > 1 && !/pool|padding|input/i.test(kind)) last.set(height * width, name);
  }
  return [...last.values()];
}
