import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { linkOrCopy, readStamp, workFolder, writeStamp } from './files.mjs';
import { loads, machine, mustLoad, reachable } from './native.mjs';
import { logFile, nodeGyp, nodeHeaders, packageFolder, packageRoot, readJson } from './places.mjs';
import { must, run, SetupError } from './run.mjs';
import { needToCompile } from './systemPackages.mjs';
import { hasLibrary, libraries, tensorflowFolder } from './tensorflow.mjs';

const cost = 'not built: the wasm backend serves (VGG16 takes about five times as long)';

/** The native backend: as it is, else by its own install script, else over the TensorFlow library from PyPI. Never fatal. */
export const tfjsNode = (root, { again = false } = {}) => async (at) => {
  const folder = packageFolder('@tensorflow/tfjs-node');
  if (!folder) return { warning: cost, detail: new SetupError('the package is not installed', { todo: 'npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0, then again' }) };
  const stamp = path.join(folder, '.convlens');
  const key = `${readJson(path.join(folder, 'package.json')).version} ${machine}`;
  const failedKey = `failed ${key}`;
  if (readStamp(stamp) === key && fs.existsSync(binding(folder))) return {};
  const retry = `${root === packageRoot ? 'npm run setup --' : 'npx convlens setup'} --again`;
  if (readStamp(stamp) === failedKey && !again) return { warning: `${cost}; to try once more: ${retry}` };
  const log = logFile('tfjs-node');
  try {
    const did = await build(folder, root, at, log);
    writeStamp(stamp, key);
    return { did };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    writeStamp(stamp, failedKey);
    error.todo = `${error.todo}\nto try once more: ${retry}`;
    return { warning: cost, detail: error };
  }
};

const binding = (folder) => path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');

async function build(folder, root, at, log) {
  if (fs.existsSync(binding(folder)) && (await loads('tfjs-node', log)).ok) return 'already built';
  at('asking for its own library');
  const own = await ownScript(folder, log);
  if (own.ok && (await loads('tfjs-node', log)).ok) return 'its own library';
  if (!hasLibrary()) throw new SetupError(own.why || 'it does not load', { tried: 'its own install script; PyPI has the library for Linux x64 and arm64 only', log, todo: 'nothing, or run again where its host can be reached' });
  const library = await tensorflowFolder(root, at);
  for (const name of libraries) {
    linkOrCopy(path.join(library, name), path.join(folder, 'deps', 'lib', name));
  }
  const built = path.join(library, `tfjs_binding-4.22-${machine}.node`);
  if (fs.existsSync(built)) {
    linkOrCopy(built, binding(folder));
    if ((await loads('tfjs-node', log)).ok) return 'from the cache';
  }
  await compile(folder, library, at, log);
  await mustLoad('tfjs-node', log);
  keep(binding(folder), built);
  return 'compiled over TensorFlow 2.21 from PyPI';
}

/** tfjs-node's install script, where its host (or the mirror it is told of) answers. */
async function ownScript(folder, log) {
  const { TFJS_NODE_CDN_STORAGE, npm_config_TFJS_NODE_CDN_STORAGE, CDN_STORAGE } = process.env;
  const host = TFJS_NODE_CDN_STORAGE || npm_config_TFJS_NODE_CDN_STORAGE || CDN_STORAGE || new URL(readJson(path.join(folder, 'package.json')).binary.host).origin;
  if (!(await reachable(host))) return { ok: false, why: `${host} does not answer` };
  return run(process.execPath, [path.join('scripts', 'install.js')], { cwd: folder, log, limit: 900, env: gypFor() });
}

async function compile(folder, library, at, log) {
  await needToCompile('tfjs-node', at, log);
  at('compiling');
  const include = path.join(folder, 'deps', 'include');
  fs.rmSync(include, { recursive: true, force: true });
  fs.cpSync(path.join(library, 'include'), include, { recursive: true });
  for (const name of libraries) {
    // The linker looks for these two names.
    const plain = name === libraries[0] ? 'libtensorflow.so' : 'libtensorflow_framework.so';
    linkOrCopy(path.join(library, name), path.join(folder, 'deps', 'lib', plain));
  }
  const builder = createRequire(path.join(folder, 'package.json')).resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');
  await must(process.execPath, [builder, 'install', '--build-from-source', ...nodeHeaders()], { cwd: folder, env: gypFor(), tried: 'its own install script, then compiling it over TensorFlow from PyPI', log, todo: 'see the log; everything works without it, slower' });
}

const gypFor = () => {
  const gyp = nodeGyp();
  return gyp ? { npm_config_node_gyp: gyp } : {};
};

/** Keeps the compiled binding (90 kB) beside the library, so that the next clone compiles nothing. */
function keep(from, to) {
  const work = workFolder(path.dirname(to));
  fs.copyFileSync(from, path.join(work, 'binding'));
  fs.renameSync(path.join(work, 'binding'), to);
  fs.rmSync(work, { recursive: true });
}
