import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { answers } from './places.mjs';
import { must, SetupError } from './run.mjs';

const packages = {
  'apt-get': {
    canvas: ['libcairo2-dev', 'libpango1.0-dev', 'libjpeg-dev', 'libgif-dev', 'librsvg2-dev', 'libpixman-1-dev', 'pkg-config'],
    compiler: ['build-essential', 'python3'],
    install: 'sudo apt-get install -y',
  },
  dnf: {
    canvas: ['cairo-devel', 'pango-devel', 'libjpeg-turbo-devel', 'giflib-devel', 'librsvg2-devel', 'pixman-devel'],
    compiler: ['gcc-c++', 'make', 'python3'],
    install: 'sudo dnf install -y',
  },
  brew: {
    canvas: ['pkg-config', 'cairo', 'pango', 'libpng', 'jpeg', 'giflib', 'librsvg', 'pixman', 'python-setuptools'],
    compiler: [],
    install: 'brew install',
  },
};

/** Whether this run may install Debian packages itself. */
export const canApt = () => process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && answers('apt-get');

/** The command that installs what compiling `canvas` (or only a compiler) needs here, in words a person can paste. */
export function installCommand(what) {
  const manager = Object.keys(packages).find((name) => answers(name));
  if (process.platform === 'win32') return 'install Visual Studio Build Tools (C++) and Python; canvas: github.com/Automattic/node-canvas/wiki/Installation:-Windows';
  if (!manager) return `install a C++ compiler, make, python3${what === 'canvas' ? ' and the development files of cairo, pango, jpeg, gif, rsvg, pixman' : ''}`;
  const { compiler, canvas, install } = packages[manager];
  return `${install} ${[...compiler, ...(what === 'canvas' ? canvas : [])].join(' ')}`;
}

/** Sees to a compiler, and to canvas's libraries: installs them on Debian as root, or throws with the command to paste. */
export async function needToCompile(what, at, log) {
  const compiler = ['make', process.platform === 'darwin' ? 'c++' : 'g++', 'python3'].filter((name) => !answers(name));
  const libraries = what === 'canvas' && !answers('pkg-config', ['--exists', 'cairo', 'pangocairo', 'pixman-1', 'libpng', 'libjpeg', 'librsvg-2.0']);
  if (process.platform === 'win32' || (!compiler.length && !libraries)) return;
  const debian = packages['apt-get'];
  if (canApt()) return aptInstall([...(compiler.length ? debian.compiler : []), ...(libraries ? debian.canvas : [])], at, log);
  const lacking = [...compiler, ...(libraries ? ['the development files of cairo, pango, jpeg, gif, rsvg and pixman'] : [])];
  throw new SetupError(`this machine lacks ${lacking.join(', ')}`, { tried: `compiling ${what}`, log, todo: `${installCommand(what)}\nthen run again` });
}

export async function aptInstall(names, at, log) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const todo = `run it by hand to see more: apt-get update && apt-get install -y ${names.join(' ')}`;
  at(`apt-get install ${names[0]} ...`);
  if (!listed(names[0])) await must('apt-get', ['update'], { env, log, todo });
  await must('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env, log, todo });
}

/** Whether apt's lists are there. */
function listed(name) {
  try {
    return /Candidate: (?!\(none\))/.test(execFileSync('apt-cache', ['policy', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }));
  } catch {
    return false;
  }
}
