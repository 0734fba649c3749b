import { spawn } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../setup/places.mjs';
import { environment, notebooks, notebooksFolder, python } from './environment.mjs';

const script = path.join(import.meta.dirname, 'execute.py');
const out = path.join(packageRoot, 'out');

/** Runs notebooks headless, all of them when none is named; gives the exit code. `save` also keeps the outputs in notebooks/. */
export async function execute(wanted, { save = false } = {}) {
  const names = chosen(wanted);
  if (typeof names === 'string') {
    console.error(names);
    return 1;
  }
  const args = [script, notebooksFolder, out, ...(save ? ['--save'] : []), ...names];
  const runner = spawn(python, args, { cwd: packageRoot, stdio: 'inherit', env: environment() });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal));
  return new Promise((resolve) => runner.once('close', (code) => resolve(code ?? 1)));
}

/** The notebooks behind names or their beginnings (`07` is `07-grad-cam`), or a line that says what is wrong. */
export function chosen(wanted) {
  const all = notebooks();
  if (!all.length) return `no notebooks in ${notebooksFolder}`;
  const names = [];
  for (const given of wanted) {
    const name = path.basename(given, '.ipynb');
    const found = all.includes(name) ? [name] : all.filter((known) => known.startsWith(name));
    if (found.length !== 1) return `no notebook ${JSON.stringify(given)}; notebooks: ${all.join(', ')}`;
    names.push(found[0]);
  }
  return names.length ? names : all;
}
