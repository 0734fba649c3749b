import { spawn } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../packageRoot';

/** Sets up what a project of the user's own needs, with the same steps as the clone's `npm run setup`. */
export function setup(words: string[]): Promise<number> {
  const script = path.join(packageRoot, 'scripts', 'setup.mjs');
  const child = spawn(process.execPath, [script, '--project', process.cwd(), ...words], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
