import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './run.mjs';

export const oldest = [3, 10];

/** The Python inside a virtual environment. */
export const venvPython = (folder) =>
  process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');

/**
 * The first Python >= 3.10 that answers: of `.venv` in the folder (or folders) `root`, of an active environment, then of the PATH; with `module`,
 * the first that has it. Null when there is none.
 */
export function findPython(root, { module } = {}) {
  const own = [root ?? []].flat().map((folder) => path.join(folder, '.venv'));
  const environments = [...new Set([...own, process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX])].filter(Boolean);
  const candidates = [
    ...environments.map((folder) => [venvPython(folder)]).filter(([file]) => fs.existsSync(file)),
    ['python3'],
    ['python'],
    ...(process.platform === 'win32' ? [['py', '-3']] : []),
  ];
  for (const [command, ...args] of candidates) {
    const found = ask(command, args, module);
    if (found) return found;
  }
  return null;
}

/** The same, with pip, or a SetupError. */
export function needPython(root, what) {
  const found = findPython(root, { module: 'pip' });
  if (found) return found;
  throw new SetupError(`no Python >= ${oldest.join('.')} with pip on this machine`, {
    tried: 'python3, python' + (process.platform === 'win32' ? ', py -3' : ''),
    todo: `install Python 3 with pip (Debian: apt install python3-pip python3-venv), then again; ${what} comes through pip`,
  });
}

function ask(command, args, module = 'sys') {
  const code = `import sys,importlib.util as u; print(sys.version_info[0], sys.version_info[1], int(u.find_spec("${module}") is not None), sys.executable, sep="|")`;
  try {
    const [major, minor, has, executable] = execFileSync(command, [...args, '-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 })
      .trim()
      .split('|');
    if (Number(major) !== oldest[0] || Number(minor) < oldest[1] || has !== '1') return null;
    return { command: executable || command, version: `${major}.${minor}` };
  } catch {
    return null;
  }
}
