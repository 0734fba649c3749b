import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../packageRoot';

/** A file of `scripts/`: plain Node, because a clone runs it before anything is built. */
export const script = <T>(name: string): Promise<T> => {
  // A variable, so that the bundler leaves the import as it is.
  const file = pathToFileURL(path.join(packageRoot, 'scripts', `${name}.mjs`)).href;
  return import(file) as Promise<T>;
};
