import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glyphs } from '../../assets/scenes/glyphs.json';
import { type Drawable, drawable } from '../image/canvas';
import { packageRoot } from '../packageRoot';

/** A small drawing, and where it lies in the picture of all drawings. */
export interface Glyph {
  name: string;
  /** Of what class it is; one without is there to distract. */
  label?: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The ten classes that scenes show, in order of the alphabet: the outputs of `vgg-tiny`. */
export const sceneClasses = ['airplane', 'bird', 'boat', 'butterfly', 'car', 'cat', 'dog', 'fish', 'flower', 'horse'] as const;
/** What a scene can show. */
export type SceneClass = (typeof sceneClasses)[number];

const drawings: readonly Glyph[] = glyphs;

/** The drawings of a class. */
export const drawingsOf = (label: SceneClass): Glyph[] => drawings.filter((glyph) => glyph.label === label);

/** Things of no class. */
export const distractions: readonly Glyph[] = drawings.filter(({ label }) => label === undefined);

let sheet: Drawable | undefined;

/** The picture of all drawings. */
export const glyphSheet = (): Drawable => (sheet ??= drawable(readFileSync(path.join(packageRoot, 'assets', 'scenes', 'glyphs.png'))));
