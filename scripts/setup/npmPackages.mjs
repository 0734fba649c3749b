import fs from 'node:fs';
import path from 'node:path';
import { fileHash, readStamp, writeStamp } from './files.mjs';
import { logFile, npmScript, packageRoot } from './places.mjs';
import { must, SetupError } from './run.mjs';

const modules = path.join(packageRoot, 'node_modules');
const stamp = path.join(modules, '.convlens', 'packages');
const quick = ['--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** The npm packages of package-lock.json, none of whose install scripts is run: the next steps build what has to be built. */
export async function npmPackages(at) {
  const wanted = fileHash(path.join(packageRoot, 'package-lock.json'));
  const found = readStamp(stamp);
  if (found === wanted) return {};
  const npm = npmScript();
  if (!npm) throw new SetupError('npm is not on the PATH', { tried: 'npm', todo: 'install Node.js with npm: https://nodejs.org' });
  // After a finished run an update keeps what was compiled; after a broken one only a fresh start is sure.
  const update = found !== '';
  fs.rmSync(stamp, { force: true });
  at(update ? 'updating' : 'installing');
  const args = update ? ['install', '--no-save'] : ['ci'];
  await must(process.execPath, [npm, ...args, ...quick], {
    cwd: packageRoot,
    tried: ['npm', ...args, '--ignore-scripts'].join(' '),
    log: logFile('npm'),
    todo: 'check the network (npm ping; a proxy or mirror: npm config), then run again',
  });
  writeStamp(stamp, wanted);
  return { did: update ? 'updated' : 'installed' };
}
