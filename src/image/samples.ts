import path from 'node:path';
import { photographs } from '../../scripts/setup/assets.json';
import { cacheFolder } from '../download/cacheFolder';
import type { PipFile } from '../download/pipFile';

/** A sample photograph, from scikit-image's `skimage/data`; the README has the credits. */
export type SampleName = 'cat' | 'coffee' | 'astronaut' | 'rocket' | 'motorcycle';

const files: Record<SampleName, keyof typeof photographs.files> = {
  cat: 'chelsea.png',
  coffee: 'coffee.png',
  astronaut: 'astronaut.png',
  rocket: 'rocket.jpg',
  motorcycle: 'motorcycle_left.png',
};

/** The names that `loadImage` takes for a sample photograph. */
export const sampleNames = Object.keys(files) as readonly SampleName[];

/** Where set-up puts the sample. */
export const samplePath = (name: SampleName): string => path.join(cacheFolder(), 'images', files[name]);

/** Where it comes from: a file in a Python package. */
export function samplePackage(name: SampleName): PipFile {
  const file = files[name];
  return { requirement: photographs.requirement, platform: photographs.platform, file, sha256: photographs.files[file] };
}

export const isSample = (name: unknown): name is SampleName => typeof name === 'string' && Object.hasOwn(files, name);
