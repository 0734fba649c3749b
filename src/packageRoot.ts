import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** convlens's own folder: above `dist` when bundled, above `src` when run from source. */
export const packageRoot = nearestPackage(__dirname);

/** The version of convlens. */
export const version: string = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')).version;

function nearestPackage(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'convlens') return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`no package.json of convlens above ${__dirname}`);
  return nearestPackage(parent);
}
