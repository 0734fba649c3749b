import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { linkOrCopy, readStamp, workFolder, writeStamp } from './files.mjs';
import { loads, machine, mustLoad, reachable } from './native.mjs';
import { cacheFolder, logFile, nodeGyp, nodeHeaders, packageFolder, readJson } from './places.mjs';
import { must, run, SetupError } from './run.mjs';
import { installCommand, needToCompile } from './systemPackages.mjs';

/** node-canvas: as it is, else from the cache of an earlier build, else its prebuilt binary, else compiled. */
export async function canvas(at) {
  const folder = packageFolder('canvas');
  if (!folder) throw new SetupError('the package is not installed', { tried: 'node_modules/canvas', todo: 'npm install --ignore-scripts canvas' });
  const { version } = readJson(path.join(folder, 'package.json'));
  const binary = path.join(folder, 'build', 'Release', 'canvas.node');
  const stamp = path.join(folder, 'build', '.convlens');
  const kept = path.join(cacheFolder(), 'native', `canvas-${version}-${machine}`, 'canvas.node');
  const key = `${version} ${machine}`;
  if (readStamp(stamp) === key && fs.existsSync(binary)) return {};
  const done = (result) => {
    writeStamp(stamp, key);
    return result;
  };
  const log = logFile('canvas');
  if (fs.existsSync(binary) && (await loads('canvas', log)).ok) return done({});
  if (fs.existsSync(kept)) {
    linkOrCopy(kept, binary);
    if ((await loads('canvas', log)).ok) return done({ did: 'from the cache' });
  }
  fs.rmSync(path.join(folder, 'build'), { recursive: true, force: true });
  at('looking for its prebuilt binary');
  if ((await prebuilt(folder, log)) && (await loads('canvas', log)).ok) return done({ did: 'prebuilt' });
  await compile(folder, at, log);
  await mustLoad('canvas', log);
  keep(binary, kept);
  return done({ did: 'compiled' });
}

async function prebuilt(folder, log) {
  if (!(await reachable('https://github.com/Automattic/node-canvas/releases'))) return false;
  const fetcher = createRequire(path.join(folder, 'package.json')).resolve('prebuild-install/bin.js');
  return (await run(process.execPath, [fetcher, '-r', 'napi'], { cwd: folder, log, limit: 180 })).ok;
}

async function compile(folder, at, log) {
  await needToCompile('canvas', at, log);
  const gyp = nodeGyp();
  const tried = 'its prebuilt binary (not to be had here), then compiling it with node-gyp';
  if (!gyp) throw new SetupError("npm's own node-gyp is not to be found", { tried, log, todo: 'install Node.js with npm: https://nodejs.org' });
  at('compiling');
  await must(process.execPath, [gyp, 'rebuild', ...nodeHeaders()], { cwd: folder, tried, log, todo: `${installCommand('canvas')}\nthen run again` });
}

function keep(binary, kept) {
  const work = workFolder(cacheFolder());
  fs.copyFileSync(binary, path.join(work, 'canvas.node'));
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  fs.renameSync(path.join(work, 'canvas.node'), kept);
  fs.rmSync(work, { recursive: true });
}
