import fs from 'node:fs';
import path from 'node:path';
import { fileHash, readStamp, writeStamp } from './files.mjs';
import { logFile, packageRoot } from './places.mjs';
import { findPython, oldest, venvPython } from './python.mjs';
import { run, must, SetupError } from './run.mjs';
import { aptInstall, canApt } from './systemPackages.mjs';

const venv = path.join(packageRoot, '.venv');
const stamp = path.join(venv, '.convlens-packages');
const requirements = path.join(packageRoot, 'requirements.txt');

/** `.venv` with the JupyterLab of requirements.txt. */
export async function jupyter(at) {
  const wanted = fileHash(requirements);
  const python = venvPython(venv);
  if (readStamp(stamp) === wanted && fs.existsSync(python)) return {};
  const log = logFile('venv');
  if (!readStamp(stamp) || !fs.existsSync(python)) await makeVenv(at, log);
  fs.rmSync(stamp, { force: true });
  at('installing JupyterLab');
  await must(python, ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--retries', '2', '--timeout', '30', '-r', requirements], {
    tried: 'pip install -r requirements.txt in .venv',
    log,
    todo: 'check the network (a proxy or mirror: pip config, HTTPS_PROXY), then run again',
  });
  writeStamp(stamp, wanted);
  return { did: `installed (${fs.readFileSync(requirements, 'utf8').trim().split(/\s+/).join(' ')})` };
}

async function makeVenv(at, log) {
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
