import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hint } from '../check';
import { packageRoot } from '../packageRoot';

const help = `npx convlens kernel install [--user | --sys-prefix | --prefix FOLDER]
  --user            for every Jupyter of this user (the default)
  --sys-prefix      for the Jupyter of the Python on the PATH (an active virtual environment)
  --prefix FOLDER   below FOLDER/share/jupyter`;

const options = { user: { type: 'boolean' }, 'sys-prefix': { type: 'boolean' }, prefix: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

/** Tells Jupyter of the TypeScript kernel: a kernelspec that starts convlens's launcher with this Node. */
export async function kernel(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  if (values.help || !positionals.length) {
    console.log(help);
    return 0;
  }
  const [action, ...more] = positionals;
  if (action !== 'install' || more.length) throw new Error(`no command ${JSON.stringify(`kernel ${positionals.join(' ')}`)}${hint(action, ['install'])}`);
  const places = [values.user, values['sys-prefix'], values.prefix !== undefined].filter(Boolean);
  if (places.length > 1) throw new Error('--user, --sys-prefix and --prefix are three places: give one');
  const folder = path.join(values.prefix !== undefined ? prefixed(path.resolve(values.prefix)) : values['sys-prefix'] ? prefixed(sysPrefix()) : userFolder(), 'kernels', 'tslab');
  install(folder);
  console.log(`the TypeScript kernel is installed in ${folder}`);
  return 0;
}

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
