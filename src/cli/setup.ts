import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../packageRoot';
import { quoted } from './quoted';
import { type Command, typed, UsageError } from './words';

/** Sets up what a project of the user's own needs, with the same steps as the clone's `npm run setup`. */
export const setup: Command = {
  summary: 'builds what is native, fetches the default model and the photographs',
  help: `npx convlens setup [--jupyter [--wheels FOLDER]] [--again]
  Builds canvas and the native backend, fetches the default model and the photographs.
  Quick when nothing is to be done.
  --jupyter        also sees to JupyterLab: where there is none, in .venv of this folder
  --wheels FOLDER  takes JupyterLab from the wheels in that folder, without a network
  --again          tries the native backend once more, where it failed before`,
  async run(words) {
    const { values } = typed('setup', words, { jupyter: { type: 'boolean' }, wheels: { type: 'string' }, again: { type: 'boolean' } }, 0);
    if (values.wheels !== undefined && !values.jupyter) throw new UsageError('--wheels says where --jupyter takes JupyterLab from: give both');
    if (values.wheels !== undefined && !existsSync(values.wheels)) throw new Error(`no folder ${values.wheels}: pip download -r node_modules/convlens/requirements.txt -d ${quoted(values.wheels)}, on a machine like this one, fills it`);
    const script = path.join(packageRoot, 'scripts', 'setup.mjs');
    const child = spawn(process.execPath, [script, '--project', process.cwd(), ...words], { stdio: 'inherit' });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  },
};
