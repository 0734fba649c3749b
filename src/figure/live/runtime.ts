import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../packageRoot';

const known = new Map<string, string>();

/** The script of a widget, which the build bundles for the page: it makes a variable `convlens` with a function `wake`. */
export function runtimeOf(widget: string): string {
  let code = known.get(widget);
  if (code === undefined) {
    const file = path.join(packageRoot, 'dist', 'widgets', `${widget}.js`);
    if (!existsSync(file)) throw new Error(`the script of the widget ${JSON.stringify(widget)} is missing: ${file}; npm run build makes it`);
    code = readFileSync(file, 'utf8').trim();
    known.set(widget, code);
  }
  return code;
}
