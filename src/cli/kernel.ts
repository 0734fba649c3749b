import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { hint } from '../check';
import { installed } from '../doctor/ask';
import { packageRoot } from '../packageRoot';
import { writeFailure } from './notebooks/placeFiles';
import { type Command, typed, UsageError } from './words';

const options = { user: { type: 'boolean' }, 'sys-prefix': { type: 'boolean' }, prefix: { type: 'string' } } as const;

/** Tells Jupyter of the TypeScript kernel: a kernelspec that starts convlens's launcher with this Node. */
export const kernel: Command = {
  summary: 'kernel install: gives the TypeScript kernel to a Jupyter of your own, or to VS Code',
  help: `npx convlens kernel install [--user | --sys-prefix | --prefix FOLDER]
  --user            for every Jupyter of this user (the default)
  --sys-prefix      for the Jupyter of the Python on the PATH (an active virtual environment)
  --prefix FOLDER   below FOLDER/share/jupyter: /usr/local gives it to every user of the machine
  The kernel starts the convlens of this folder with this Node: install it again when one of them moves.
  npx convlens lab needs none of it.`,
  async run(words) {
    const { values, words: [action] } = typed('kernel', words, options, 1);
    if (action === undefined) {
      console.log(this.help);
      return 0;
    }
    if (action !== 'install') throw new UsageError(`no command ${JSON.stringify(`kernel ${action}`)}${hint(action, ['install'])}`);
    const places = [values.user, values['sys-prefix'], values.prefix !== undefined].filter(Boolean);
    if (places.length > 1) throw new UsageError('--user, --sys-prefix and --prefix are three places: give one');
    if (packageRoot.split(path.sep).includes('_npx')) throw new Error('this convlens lies in the cache of npx, which npm empties: npm install --ignore-scripts convlens tslab in a folder of your own, then again there');
    const folder = path.join(values.prefix !== undefined ? prefixed(path.resolve(values.prefix)) : values['sys-prefix'] ? prefixed(sysPrefix()) : userFolder(), 'kernels', 'tslab');
    try {
      install(folder);
    } catch (error) {
      throw writeFailure(error, folder);
    }
    console.log(`the TypeScript kernel is installed in ${folder}`);
    if (!installed('tslab', [packageRoot])) console.error(`it needs tslab, which is not installed beside convlens: npm install --ignore-scripts tslab, in ${path.resolve(packageRoot, '..', '..')}`);
    return 0;
  },
};

function install(folder: string): void {
  const launcher = path.join(packageRoot, 'dist', 'kernel.js');
  if (!existsSync(launcher)) throw new Error(`the kernel is not built: no file ${launcher}; npm run build makes it`);
  const own = path.join(packageRoot, '.jupyter', 'kernels', 'tslab');
  const spec = JSON.parse(readFileSync(path.join(own, 'kernel.json'), 'utf8')) as { argv: string[]; interrupt_mode: string };
  spec.argv = spec.argv.map((word) => (word === 'node' ? process.execPath : word.endsWith('kernel.js') ? launcher : word));
  // Windows has no signals to send; the launcher answers messages too.
  if (process.platform === 'win32') spec.interrupt_mode = 'message';
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
  for (const name of ['logo-32x32.png', 'logo-64x64.png']) cpSync(path.join(own, name), path.join(folder, name));
}

const prefixed = (prefix: string): string => path.join(prefix, 'share', 'jupyter');

/** Jupyter's data folder of this user, by Jupyter's own rule. */
function userFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return path.join(APPDATA || path.join(os.homedir(), 'AppData', 'Roaming'), 'jupyter');
  return path.join(XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'jupyter');
}

function sysPrefix(): string {
  for (const python of ['python', 'python3']) {
    try {
      return execFileSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      continue; // the other name may be there
    }
  }
  throw new Error('--sys-prefix asks the Python on the PATH, and there is none: activate an environment, or give --prefix FOLDER');
}
