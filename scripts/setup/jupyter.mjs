import fs from 'node:fs';
import path from 'node:path';
import { findJupyter } from '../jupyter/find.mjs';
import { fileHash, readStamp, writeStamp } from './files.mjs';
import { logFile, packageRoot } from './places.mjs';
import { findPython, oldest, venvPython } from './python.mjs';
import { run, must, SetupError } from './run.mjs';
import { aptInstall, canApt } from './systemPackages.mjs';

const requirements = path.join(packageRoot, 'requirements.txt');

/** `.venv` with the JupyterLab of requirements.txt: the clone's own, which is made anew where it is broken. */
export const jupyter = (at) => install(path.join(packageRoot, '.venv'), at);

/** JupyterLab for a project of the user's: any that is there will do; else it is put into the project's `.venv`, which is made when it is not there. `wheels`: a folder to take it from, without a network. */
export const jupyterOf = (root, wheels) => async (at) => {
  if (findJupyter(root)) return {};
  const venv = path.join(root, '.venv');
  if (fs.existsSync(venv) && !fs.existsSync(venvPython(venv))) throw new SetupError(`${venv} has no Python`, { tried: venvPython(venv), todo: 'remove the folder, or mend it, then run again' });
  if (fs.existsSync(venv)) writeStamp(path.join(venv, stampName), 'other packages');
  return install(venv, at, wheels);
};

const stampName = '.convlens-packages';

async function install(venv, at, wheels) {
  const stamp = path.join(venv, stampName);
  const wanted = fileHash(requirements);
  const python = venvPython(venv);
  if (readStamp(stamp) === wanted && fs.existsSync(python)) return {};
  const log = logFile('venv');
  if (!readStamp(stamp) || !fs.existsSync(python)) await makeVenv(venv, at, log);
  fs.rmSync(stamp, { force: true });
  at('installing JupyterLab');
  const from = wheels ? ['--no-index', '--find-links', wheels] : [];
  await must(python, ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--retries', '2', '--timeout', '30', ...from, '-r', requirements], {
    tried: `pip install ${wheels ? `--no-index --find-links ${wheels} ` : ''}-r requirements.txt in .venv`,
    log,
    todo: wheels ? `fill ${wheels} on a machine like this one, with the same Python: pip download -r ${requirements} -d ${path.basename(wheels)}` : 'check the network (a proxy or mirror: pip config, HTTPS_PROXY), then run again',
  });
  writeStamp(stamp, wanted);
  return { did: `installed (${fs.readFileSync(requirements, 'utf8').trim().split(/\s+/).join(' ')})` };
}

async function makeVenv(venv, at, log) {
  const base = findPython();
  if (!base) throw new SetupError(`no Python >= ${oldest.join('.')} on this machine`, { tried: 'python3, python', todo: 'install Python 3 with venv and pip, then run again' });
  const make = () => run(base.command, ['-m', 'venv', '--clear', venv], { log });
  at('making .venv');
  let made = await make();
  // Debian's own Python comes without ensurepip until python3-venv is installed.
  if (!made.ok && /ensurepip/.test(made.text) && canApt()) {
    await aptInstall(['python3-venv'], at, log);
    made = await make();
  }
  if (!made.ok) throw new SetupError(made.why, { tried: `${base.command} -m venv .venv`, log, todo: 'Debian and Ubuntu: sudo apt-get install python3-venv; then run again' });
}
