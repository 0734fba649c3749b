import path from 'node:path';
import { cacheFolder } from '../download/cacheFolder';

/** A photograph that comes with the package: who made it, and under which terms. */
export interface Sample {
  file: string;
  about: string;
  credit: string;
  licence: string;
}

/** The sample photographs, from scikit-image's `skimage/data` (its `_fetchers.py` states the terms). */
export const samples = {
  cat: { file: 'chelsea.png', about: 'Chelsea the cat', credit: 'Stéfan van der Walt', licence: 'CC0' },
  coffee: { file: 'coffee.png', about: 'a cup of espresso, courtesy of Pikolo Espresso Bar', credit: 'Rachel Michetti', licence: 'CC0' },
  astronaut: { file: 'astronaut.png', about: 'the astronaut Eileen Collins', credit: 'NASA', licence: 'public domain' },
  rocket: { file: 'rocket.jpg', about: 'a Falcon 9 carrying DSCOVR', credit: 'SpaceX', licence: 'public domain' },
  motorcycle: {
    file: 'motorcycle_left.png',
    about: 'a motorcycle, left view of a stereo pair',
    credit: 'Middlebury 2014 stereo benchmark: D. Scharstein, H. Hirschmüller, Y. Kitajima, G. Krathwohl, N. Nešić, X. Wang, P. Westling',
    licence: 'may be used and published; the authors ask to be cited (GCPR 2014)',
  },
} as const satisfies Record<string, Sample>;

export type SampleName = keyof typeof samples;

/** The Python package whose wheel holds them. */
export const samplePackage = 'scikit-image==0.26.0';

/** The names that `loadImage` takes for a sample photograph. */
export const sampleNames = Object.keys(samples) as readonly SampleName[];

/** Where set-up puts the sample. */
export const samplePath = (name: SampleName): string => path.join(cacheFolder(), 'images', samples[name].file);

export const isSample = (name: unknown): name is SampleName => typeof name === 'string' && Object.hasOwn(samples, name);
