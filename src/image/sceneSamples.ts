import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nearest, shown } from '../check';
import { packageRoot } from '../packageRoot';
import { decode } from './canvas';
import type { Mask } from './region';

/** The painted scenes that ship with the package, named by what they show, the labelled class first; `mark` is the planted mark of `vgg-tiny-shortcut`. */
export const sceneNames = [
  'scene:airplane', 'scene:bird', 'scene:boat', 'scene:butterfly', 'scene:car', 'scene:cat', 'scene:dog', 'scene:fish', 'scene:flower', 'scene:horse',
  'scene:cat+dog', 'scene:bird+airplane', 'scene:butterfly+flower', 'scene:car+horse', 'scene:dog+car', 'scene:fish+boat', 'scene:cat+mark', 'scene:horse+mark',
] as const;
/** A painted scene that ships with the package. */
export type SceneName = (typeof sceneNames)[number];

const prefix = 'scene:';

/** Whether a scene is meant, even one that is not there. */
export const meansScene = (source: unknown): source is string => typeof source === 'string' && source.startsWith(prefix);

/** Where a scene's picture and masks lie. */
export function sceneFiles(name: SceneName): { picture: string; masks: string } {
  const base = path.join(packageRoot, 'assets', 'scenes', 'samples', name.slice(prefix.length));
  return { picture: `${base}.png`, masks: `${base}.masks.png` };
}

/** The file of a scene's picture. Throws with the nearest name when there is no such scene. */
export async function readScene(name: string): Promise<{ bytes: Buffer; masks: Mask[] }> {
  const found = sceneNames.find((each) => thingsIn(each).sort().join() === thingsIn(name).sort().join());
  if (!found) throw new Error(`no scene ${shown(name)}${suggestion(name.slice(prefix.length))}; cl.scenes() paints others`);
  const files = sceneFiles(found);
  return { bytes: await readFile(files.picture), masks: await readMasks(await readFile(files.masks), thingsIn(found)) };
}

function suggestion(shows: string): string {
  const near = shows && nearest(shows, sceneNames.map((each) => each.slice(prefix.length)));
  return near ? `; did you mean "${prefix}${near}"?` : `; scenes: ${sceneNames.join(', ')}`;
}

/** What a scene's name says that it shows, in any order. */
const thingsIn = (name: string): string[] => name.slice(prefix.length).split('+');

/** One picture holds all masks: a grey of 32 for the first, 64 for the second, 128 for the third, added up. */
async function readMasks(bytes: Buffer, labels: readonly string[]): Promise<Mask[]> {
  const { width, height, data } = await decode(bytes);
  return labels.map((label, bit) => ({ width, height, label, data: Uint8Array.from({ length: width * height }, (_, at) => ((data[at * 4] >> 5) >> bit) & 1) }));
}
