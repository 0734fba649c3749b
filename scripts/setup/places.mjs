import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of convlens itself: a clone, or node_modules/convlens of a user's project. */
export const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The user's cache folder for convlens; src/download has the same rule for run time. */
export function cacheFolder() {
  const { CONVLENS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (CONVLENS_CACHE) return path.resolve(CONVLENS_CACHE);
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'convlens');
  if (process.platform === 'win32') return path.join(LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'convlens');
  return path.join(XDG_CACHE_HOME || path.join(home, '.cache'), 'convlens');
}

/** Where a step writes the output of the programs that it runs; emptied at the step's start. */
export function logFile(name) {
  const file = path.join(cacheFolder(), 'logs', `${name}.log`);
  fs.rmSync(file, { force: true });
  return file;
}

/** The folder of an installed package, as convlens sees it, or undefined. */
export function packageFolder(name) {
  for (const folder of createRequire(path.join(packageRoot, 'package.json')).resolve.paths(name)) {
    if (fs.existsSync(path.join(folder, name, 'package.json'))) return fs.realpathSync(path.join(folder, name));
  }
  return undefined;
}

export const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** npm's own script, so that it runs as `node npm-cli.js` on every system; undefined when npm is not to be found. */
export function npmScript() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'npm')),
  ];
  const found = candidates.find((file) => file && fs.existsSync(file) && path.basename(fs.realpathSync(file)) === 'npm-cli.js');
  return found && fs.realpathSync(found);
}

/** The node-gyp that npm brings, or undefined. */
export function nodeGyp() {
  const npm = npmScript();
  if (!npm) return undefined;
  try {
    return createRequire(npm).resolve('node-gyp/bin/node-gyp.js');
  } catch {
    return undefined;
  }
}

/** `--nodedir=...` when Node's headers lie beside it (node-gyp would download them otherwise). */
export function nodeHeaders() {
  const prefix = path.resolve(path.dirname(process.execPath), '..');
  return fs.existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/** Whether a program is on the PATH and answers. */
export function answers(command, args = ['--version']) {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** Whether the file with this `import.meta.filename` is the one that node was started with. */
export const isMain = (file) => Boolean(process.argv[1]) && fs.realpathSync(process.argv[1]) === fs.realpathSync(file);
